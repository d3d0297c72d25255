package chat_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// connectUntil records an agent's connection whose token expires after d, as $connect does; 0 = never.
func (w *world) connectUntil(c chat.Caller, d time.Duration) chat.Caller {
	w.t.Helper()
	if d != 0 {
		c.Until = w.Clock.Now().After(d)
	}
	require.NoError(w.t, w.Service.Connect(w.t.Context(), c))
	return c
}

// TestSweepClosesExpiredConnections: an agent whose token has expired is told nothing more, whether online, away or
// replaced. Their rooms return to the queue by the same rule as after a lost connection.
func TestSweepClosesExpiredConnections(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	agent = w.connectUntil(agent, 8*time.Minute)
	require.NoError(t, w.Service.SetStatus(t.Context(), agent, chat.StatusAway))
	online := w.connectUntil(w.onlineAgent(), 8*time.Minute)
	lasting := w.connectUntil(w.onlineAgent(), 0)

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
	assert.Equal(t, []string{"presence agent false"}, w.pushesTo(customer))

	w.Pusher.Forget()
	w.send(customer, r.ID, 1, "still there?")
	_, _ = w.WaitingRoom(t)
	assert.Empty(t, w.pushesTo(agent), "not even an attempt")
	assert.Empty(t, w.pushesTo(online))

	w.Clock.Advance(chat.DefaultRules().Away)
	w.sweep()
	assert.Equal(t, chat.StatusWaiting, w.room(r.ID).Status)
}

// TestSweepLeavesARenewedConnection: an agent who came back with a new token in time keeps room and seat, even if the
// older connection's $disconnect never came.
func TestSweepLeavesARenewedConnection(t *testing.T) {
	w := newWorld(t)
	_, agent, r := w.ActiveRoom(t)
	w.connectUntil(agent, time.Minute)
	newer := w.connectUntil(w.rejoin(agent), time.Hour)
	w.Clock.Advance(2 * time.Minute)
	w.sweep()
	assert.Equal(t, newer.Conn, w.room(r.ID).Agent.Seat.Conn)
	assert.Zero(t, w.room(r.ID).Agent.Seat.Gone)
	assert.Equal(t, []chat.PersonID{agent.Who}, w.online())
	recorded, err := w.Store.DeleteConnection(t.Context(), agent.Conn)
	require.NoError(t, err)
	assert.Zero(t, recorded, "the record went with the connection")
}

// failingCloser is a gateway that closes no connection.
type failingCloser struct{ chat.Pusher }

func (failingCloser) Close(context.Context, chat.ConnectionID) error { return errDown }

func TestSweepRetriesAFailedClose(t *testing.T) {
	w := newWorld(t)
	agent := w.connectUntil(w.onlineAgent(), time.Minute)
	w.Clock.Advance(2 * time.Minute)
	deaf := *w.Service
	deaf.Pusher = failingCloser{w.Pusher}
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
	assert.Empty(t, w.online(), "the next run does it")
}
