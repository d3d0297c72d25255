package sim_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/proof/sim"
)

func crowd(t *testing.T) *sim.Crowd {
	t.Helper()
	c, err := sim.NewCrowd()
	require.NoError(t, err)
	return c
}

// TestTheLaw simulates five million steps over ten thousand seeds, and wants the law unbroken in all of them.
func TestTheLaw(t *testing.T) {
	if testing.Short() {
		t.Skip("simulates millions of steps")
	}
	report := crowd(t).Soak(sim.Plan{First: 1, Steps: 5_000_000, Seeds: 10_000, Workers: 2})
	for _, h := range report.Broken {
		assert.Fail(t, h.String(), "replay: go run ./internal/proof/sim/soak -replay %d", h.Seed)
	}
	require.NoError(t, report.Table(t.Output()))
	for _, name := range report.Unseen() {
		assert.Fail(t, "what never happened proves nothing", name)
	}
}

// TestSeedsThatBrokeTheLaw replays histories that break it where what was mended is taken out again: TestPlantedBugsAreCaught
// does that, and prints these seeds.
func TestSeedsThatBrokeTheLaw(t *testing.T) {
	for _, was := range []struct {
		shape string
		seeds []uint64
		wrong string
	}{
		{"everything", []uint64{326}, "a client took its own late join, on a clock that was ahead, for another device"},
		{"the same words", []uint64{179}, "a text was acknowledged at another agent's place"},
		{"silence", []uint64{271, 637, 756}, "a customer counted as gone since a false 410, and not since they dropped"},
	} {
		worlds, found := crowd(t).In(was.shape)
		require.True(t, found, was.shape)
		for _, seed := range was.seeds {
			h := worlds.Run(seed, &sim.Tally{})
			assert.Empty(t, h.Broken, "%s: %s", was.wrong, h)
		}
	}
}

// TestTheSameSeedIsTheSameHistory holds that a seed decides everything: in another world, another process's map order,
// beside other worlds.
func TestTheSameSeedIsTheSameHistory(t *testing.T) {
	one, other := crowd(t), crowd(t) // each with an issuer's key of its own
	plan := sim.Plan{First: 1, Seeds: 96, Workers: 1}
	alone := one.Soak(plan)
	plan.Workers = 2
	assert.Equal(t, alone.Hash, other.Soak(plan).Hash)
	same, found := one.In("everything")
	require.True(t, found)
	assert.NotEqual(t, same.Run(1, &sim.Tally{}).Hash, same.Run(2, &sim.Tally{}).Hash, "two seeds of one shape")
}
