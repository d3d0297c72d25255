package chat_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func (w *world) online() (ids []chat.PersonID) {
	w.t.Helper()
	agents, err := w.Store.ConnectedAgents(w.t.Context(), chat.StatusOnline)
	require.NoError(w.t, err)
	for _, a := range agents {
		ids = append(ids, a.ID)
	}
	return ids
}

// TestSweepReplacesALostDisconnect: an agent whose $disconnect never came is no longer online, and their rooms are
// checked soon. A late $disconnect then changes nothing.
func TestSweepReplacesALostDisconnect(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	colleague := w.onlineAgent()
	w.passYoungAge()
	w.Pusher.Fail(agent.Conn, chat.ErrGone)
	w.Pusher.Forget()
	w.sweep()
	assert.Equal(t, []chat.PersonID{colleague.Who}, w.online())
	left := w.room(r.ID)
	assert.Empty(t, left.Agent.Seat.Conn)
	assert.Equal(t, w.Clock.Now().After(chat.DefaultRules().Away), left.SweepAt)
	assert.Equal(t, []string{"presence agent false"}, w.pushesTo(customer))

	w.unchanged(customer, r.ID, func() { w.disconnect(agent) })
	w.Clock.Advance(chat.DefaultRules().Away)
	w.sweep()
	assert.Equal(t, chat.StatusWaiting, w.room(r.ID).Status)
}

func TestSweepLeavesAgentsOnline(t *testing.T) {
	for name, given := range map[string]func(*world, chat.Caller){
		"who are there":                 func(*world, chat.Caller) {},
		"whose connection is young":     func(w *world, c chat.Caller) { w.Pusher.Fail(w.rejoin(c).Conn, chat.ErrGone) },
		"who are on a newer connection": func(w *world, c chat.Caller) { w.rejoin(c); w.Pusher.Fail(c.Conn, chat.ErrGone) },
		"who are silent":                func(w *world, c chat.Caller) { w.Pusher.SetLastActive(c.Conn, w.Clock.Now().After(-time.Hour)) },
		"of unknown presence":           func(w *world, c chat.Caller) { w.Pusher.Fail(c.Conn, errDown) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			agent := w.onlineAgent()
			w.passYoungAge()
			given(w, agent)
			w.sweep()
			assert.Equal(t, []chat.PersonID{agent.Who}, w.online())
		})
	}
	t.Run("when there is no time", func(t *testing.T) {
		w := newWorld(t)
		agent := w.onlineAgent()
		w.passYoungAge()
		w.Pusher.Fail(agent.Conn, chat.ErrGone)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := w.Service.Sweep(ctx)
		require.NoError(t, err)
		assert.Equal(t, []chat.PersonID{agent.Who}, w.online())
	})
}

// rejoin is the agent on a new connection.
func (w *world) rejoin(c chat.Caller) chat.Caller {
	w.t.Helper()
	newer := w.Reconnect(c)
	w.joinAgent(newer)
	return newer
}
