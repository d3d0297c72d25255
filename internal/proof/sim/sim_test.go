package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/proof/sim/report"
	"rejoin/internal/proof/sim/world"
)

func fixture(t *testing.T) *world.Fixture {
	t.Helper()
	f, err := world.NewFixture()
	require.NoError(t, err)
	return f
}

// TestTheLaw simulates at least five million steps and eight thousand seeds. None may break the law.
func TestTheLaw(t *testing.T) {
	if testing.Short() {
		t.Skip("simulates millions of steps")
	}
	r := report.Soak(fixture(t), report.Plan{First: 1, Steps: 5_000_000, Seeds: 8_000, Workers: 2})
	for _, h := range r.Broken {
		assert.Fail(t, h.String(), "replay: go run ./internal/proof/sim -replay %d", h.Seed)
	}
	require.NoError(t, r.Table(t.Output()))
	for _, name := range r.Unseen() {
		assert.Fail(t, "what never happened proves nothing", name)
	}
}

// TestSeedsThatBrokeTheLaw replays histories that break the law when a fix is undone. TestPlantedBugsAreCaught undoes them,
// and prints these seeds.
func TestSeedsThatBrokeTheLaw(t *testing.T) {
	for _, was := range []struct {
		scenario string
		seeds    []uint64
		wrong    string
	}{
		{"everything", []uint64{326}, "a client took its own late join, on a clock that was ahead, for another device"},
		{"the same words", []uint64{179}, "a text was acknowledged at another agent's place"},
		{"silence", []uint64{271, 637, 756}, "a customer counted as gone since a false 410, and not since they dropped"},
	} {
		worlds, found := fixture(t).In(was.scenario)
		require.True(t, found, was.scenario)
		for _, seed := range was.seeds {
			h := worlds.Run(seed, &world.Counts{})
			assert.Empty(t, h.Broken, "%s: %s", was.wrong, h)
		}
	}
}

// TestTheSameSeedIsTheSameHistory: a seed decides everything: another fixture, another order of maps and other worlds at the
// same time change nothing.
func TestTheSameSeedIsTheSameHistory(t *testing.T) {
	one, other := fixture(t), fixture(t) // with different keys of the issuer
	plan := report.Plan{First: 1, Seeds: 96, Workers: 1}
	alone := report.Soak(one, plan)
	plan.Workers = 2
	assert.Equal(t, alone.Hash, report.Soak(other, plan).Hash)
	same, found := one.In("everything")
	require.True(t, found)
	assert.NotEqual(t, same.Run(1, &world.Counts{}).Hash, same.Run(2, &world.Counts{}).Hash, "two seeds of one scenario")
}
