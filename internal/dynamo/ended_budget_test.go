package dynamo_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/proof/dynamotest"
)

// TestEndBudget: an end writes the chat into the list of each agent who had it, and each of these writes is billed.
func TestEndBudget(t *testing.T) {
	t.Parallel()
	if !dynamotest.OnLocal(t) {
		return
	}
	const listed = 2.0 // write units for each agent's list
	w, m, _, _ := metered(t)
	end := func(holders int) float64 {
		customer, r := w.WaitingRoom(t)
		for i := range holders {
			agent := w.Agent()
			_, err := w.Service.Take(t.Context(), agent, r.ID)
			require.NoError(t, err)
			if i < holders-1 {
				_, err := w.Service.Release(t.Context(), agent, r.ID)
				require.NoError(t, err)
			}
		}
		m.Reset()
		_, err := w.Service.End(t.Context(), customer, r.ID)
		require.NoError(t, err)
		cost := m.Reading()
		assert.Empty(t, cost.Failures)
		t.Logf("an end of a chat that %d agents had: %v write units: %s", holders, cost.Write, cost)
		return cost.Write
	}
	assert.InDelta(t, end(1)+4*listed, end(5), 0)
}
