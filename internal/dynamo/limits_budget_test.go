package dynamo_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/proof/dynamotest"
)

// TestLimitsBudget: what it costs to limit the starts of a customer, the connections of an address and the ratings of a room.
func TestLimitsBudget(t *testing.T) {
	t.Parallel()
	if !dynamotest.OnLocal(t) {
		return
	}
	w, m, _, _ := metered(t)
	cost := func(do func()) (write, read float64) {
		m.Reset()
		do()
		reading := m.Reading()
		t.Logf("%v write units, %v read units: %s", reading.Write, reading.Read, reading)
		return reading.Write, reading.Read
	}
	open := func(c chat.Caller, last chat.RoomID, previous chat.Millis) (id chat.RoomID, write float64) {
		r, opened := newRoom(w.IDs.NewRoomID(w.Clock.Now(), last), c)
		write, read := cost(func() {
			ok, err := w.Store.OpenRoom(t.Context(), r, opened, chat.Start{Last: last, PreviousBurstBy: previous})
			require.NoError(t, err)
			require.True(t, ok)
		})
		assert.Zero(t, read)
		return r.ID, write
	}
	t.Run("a start costs the same with its limit", func(t *testing.T) {
		c := w.Customer()
		first, within := open(c, "", 0)
		_, begins := open(c, first, w.Clock.Now())
		assert.Positive(t, within)
		assert.Equal(t, within, begins)
	})
	t.Run("a connection is counted, or refused, by one write unit", func(t *testing.T) {
		for _, most := range []int{2, 2, 2, 2} {
			write, read := cost(func() {
				_, err := w.Store.CountConnection(t.Context(), "203.0.113.7/32", w.Clock.Now(), most)
				require.NoError(t, err)
			})
			assert.Equal(t, 1.0, write)
			assert.Zero(t, read)
		}
	})
	t.Run("a rating costs no more with its limits", func(t *testing.T) {
		c := w.Customer()
		id, _ := open(c, "", 0)
		before, err := w.Store.Room(t.Context(), id)
		require.NoError(t, err)
		after := before
		after.Status, after.Reason, after.EndedAt, after.SweepAt = chat.StatusEnded, chat.CustomerEnded, w.Clock.Now(), 0
		ok, err := w.Store.ChangeRoom(t.Context(), before, after, nil)
		require.NoError(t, err)
		require.True(t, ok)
		rate := func(score int) float64 {
			write, read := cost(func() {
				_, _, err := w.Store.Rate(t.Context(), id, c, chat.Rating{Score: score})
				require.NoError(t, err)
			})
			assert.Zero(t, read)
			return write
		}
		first := rate(4)
		assert.LessOrEqual(t, rate(4), first)
		for n := range 2 * chat.MaxRatings {
			assert.LessOrEqual(t, rate(1+n%2), first, "refused or not")
		}
	})
}
