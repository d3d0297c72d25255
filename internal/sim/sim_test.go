package sim_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/sim"
)

func crowd(t *testing.T) *sim.Crowd {
	t.Helper()
	c, err := sim.NewCrowd()
	require.NoError(t, err)
	return c
}

// TestTheLaw simulates a million steps over two thousand seeds, and wants the law unbroken in all of them.
func TestTheLaw(t *testing.T) {
	if testing.Short() {
		t.Skip("simulates a million steps")
	}
	report := crowd(t).Soak(sim.Plan{First: 1, Steps: 1_000_000, Seeds: 2000, Workers: 2})
	for _, h := range report.Broken {
		assert.Fail(t, h.String(), "replay: go run ./internal/sim/soak -replay %d", h.Seed)
	}
	require.NoError(t, report.Table(t.Output()))
	for _, name := range report.Unseen() {
		assert.Fail(t, "what never happened proves nothing", name)
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
	assert.NotEqual(t, one.Run(1, &sim.Tally{}).Hash, one.Run(13, &sim.Tally{}).Hash, "two seeds of one shape")
}
