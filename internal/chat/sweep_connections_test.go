package chat_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// connects records an agent's connection whose token runs out after d, as $connect does; 0 = never.
func (w *world) connects(c chat.Caller, d time.Duration) chat.Caller {
	w.t.Helper()
	if d != 0 {
		c.Until = w.Clock.Now().After(d)
	}
	require.NoError(w.t, w.Service.Connect(w.t.Context(), c))
	return c
}

// TestSweepEndsLinesWithTheirTokens: whoever's token has run out is told nothing more, online, away or replaced; what
// they hold goes back to its place in the queue by the same rule as if their line had broken.
func TestSweepEndsLinesWithTheirTokens(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.Talking(t)
	agent = w.connects(agent, 8*time.Minute)
	require.NoError(t, w.Service.SetStatus(t.Context(), agent, chat.StatusAway))
	online := w.connects(w.onDuty(), 8*time.Minute)
	lasting := w.connects(w.onDuty(), 0)

	w.Clock.Advance(8 * time.Minute)
	w.sweep()
	for _, c := range []chat.Caller{agent, online, lasting} {
		assert.False(t, w.Pusher.Closed(c.Conn), "a token holds to its last moment")
	}
	w.Clock.Advance(time.Millisecond)
	w.Pusher.Forget()
	w.sweep()
	assert.True(t, w.Pusher.Closed(agent.Conn))
	assert.True(t, w.Pusher.Closed(online.Conn))
	assert.False(t, w.Pusher.Closed(lasting.Conn))
	assert.Equal(t, []chat.PersonID{lasting.Who}, w.online())
	assert.Equal(t, []string{"presence agent false"}, w.told(customer))

	w.Pusher.Forget()
	w.say(customer, r.ID, 1, "still there?")
	_, _ = w.WaitingRoom(t)
	assert.Empty(t, w.told(agent), "not even an attempt")
	assert.Empty(t, w.told(online))

	w.Clock.Advance(chat.DefaultRules().Away)
	w.sweep()
	assert.Equal(t, chat.StatusWaiting, w.room(r.ID).Status)
}

// TestSweepLeavesTheRenewedLine: who came back on a fresh token in time keeps room and seat, though the $disconnect of
// the line before never came.
func TestSweepLeavesTheRenewedLine(t *testing.T) {
	w := newWorld(t)
	_, agent, r := w.Talking(t)
	w.connects(agent, time.Minute)
	newer := w.connects(w.rejoin(agent), time.Hour)
	w.Clock.Advance(2 * time.Minute)
	w.sweep()
	assert.Equal(t, newer.Conn, w.room(r.ID).Agent.Seat.Conn)
	assert.Zero(t, w.room(r.ID).Agent.Seat.Gone)
	assert.Equal(t, []chat.PersonID{agent.Who}, w.online())
	recorded, err := w.Store.DeleteConnection(t.Context(), agent.Conn)
	require.NoError(t, err)
	assert.Zero(t, recorded, "the row went with the line")
}

// stuck is a gateway that closes nothing.
type stuck struct{ chat.Pusher }

func (stuck) Close(context.Context, chat.ConnectionID) error { return errDown }

func TestSweepOfLinesThatFails(t *testing.T) {
	w := newWorld(t)
	agent := w.connects(w.onDuty(), time.Minute)
	w.Clock.Advance(2 * time.Minute)
	deaf := *w.Service
	deaf.Pusher = stuck{w.Pusher}
	_, err := deaf.Sweep(t.Context())
	require.ErrorIs(t, err, errDown)
	_, err = w.failing("ExpiredConnections").Sweep(t.Context())
	require.ErrorIs(t, err, errDown)
	_, err = w.failing("DeleteConnection").Sweep(t.Context())
	require.ErrorIs(t, err, errDown)
	late, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	_, err = w.Service.Sweep(late)
	require.NoError(t, err)
	assert.Equal(t, []chat.PersonID{agent.Who}, w.online(), "nothing is done by halves")
	w.sweep()
	assert.Empty(t, w.online(), "the next run makes it good")
}
