package chat_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func TestConnect(t *testing.T) {
	w := newWorld(t)
	c := w.Customer()
	require.NoError(t, w.Service.Connect(t.Context(), c))
	w.assertNoPushes() // the gateway answers 410 until $connect has returned
	recorded, err := w.Store.DeleteConnection(t.Context(), c.Conn)
	require.NoError(t, err)
	assert.Equal(t, c, recorded)
	assert.ErrorIs(t, w.failing("PutConnection").Connect(t.Context(), c), errDown)
}

func TestDisconnectOfACustomer(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.Pusher.Forget()
	assert.True(t, w.disconnect(customer))
	got := w.room(r.ID)
	assert.Equal(t, chat.StatusActive, got.Status)
	assert.Equal(t, chat.Seat{At: customer.At, Gone: w.Clock.Now()}, got.Customer.Seat)
	assert.Equal(t, r.SweepAt, got.SweepAt)
	assert.Equal(t, r.Agent, got.Agent)
	assert.Equal(t, []string{"presence customer false"}, w.pushesTo(agent))
	assert.Len(t, w.Pusher.Sent(), 1)
	p, err := w.Store.Person(t.Context(), customer.Who)
	require.NoError(t, err)
	assert.Empty(t, p.Seat.Conn)
	assert.Equal(t, r.ID, p.Room)
}

func TestDisconnectOfAnAgent(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	second := w.anotherRoom(agent)
	w.Pusher.Forget()
	assert.True(t, w.disconnect(agent))
	for _, id := range []chat.RoomID{r.ID, second.ID} {
		got := w.room(id)
		assert.Equal(t, chat.StatusActive, got.Status)
		assert.Equal(t, agent.Who, got.Agent.Who, "they still hold it")
		assert.Equal(t, w.Clock.Now(), got.Agent.Seat.Gone)
		assert.Equal(t, w.Clock.Now().After(w.Service.Rules.Away), got.SweepAt, "the sweep checks soon")
	}
	assert.Equal(t, []string{"presence agent false"}, w.pushesTo(customer))
	online, err := w.Store.ConnectedAgents(t.Context(), chat.StatusOnline)
	require.NoError(t, err)
	assert.Empty(t, online)
}

func TestDisconnectNeverDelaysTheSweep(t *testing.T) {
	w := newWorld(t)
	_, agent, r := w.ActiveRoom(t)
	w.Clock.Set(r.SweepAt - 1)
	w.disconnect(agent)
	assert.Equal(t, r.SweepAt, w.room(r.ID).SweepAt)
}

// TestDisconnectById: without the authorizer's context.
func TestDisconnectById(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	for _, c := range []chat.Caller{customer, agent} {
		require.NoError(t, w.Service.Connect(t.Context(), c))
		assert.True(t, w.disconnect(chat.Caller{Conn: c.Conn}))
		seat := w.room(r.ID)
		assert.False(t, seat.Member(c.Side).Seat.Online())
	}
	for _, conn := range []chat.ConnectionID{customer.Conn, "never connected"} {
		w.unchanged(customer, r.ID, func() { assert.False(t, w.disconnect(chat.Caller{Conn: conn})) })
	}
}

// TestDisconnectAffectsOnlyItsConnection: a $disconnect of a connection that is not, or no longer, the current one.
func TestDisconnectAffectsOnlyItsConnection(t *testing.T) {
	for name, given := range map[string]func(w *world, customer, agent chat.Caller) chat.Caller{
		"late, of a customer": func(w *world, customer, _ chat.Caller) chat.Caller {
			w.join(w.Reconnect(customer), chat.CustomerJoin{})
			w.Clock.Advance(3 * time.Hour)
			return customer
		},
		"late, of an agent": func(w *world, _, agent chat.Caller) chat.Caller {
			w.joinAgent(w.Reconnect(agent))
			w.Clock.Advance(3 * time.Hour)
			return agent
		},
		"twice, of a customer": func(w *world, customer, _ chat.Caller) chat.Caller {
			w.disconnect(customer)
			w.Clock.Advance(time.Second)
			return customer
		},
		"twice, of an agent": func(w *world, _, agent chat.Caller) chat.Caller {
			w.disconnect(agent)
			w.Clock.Advance(time.Second)
			return agent
		},
		"late, of one that a text replaced": func(w *world, customer, _ chat.Caller) chat.Caller {
			w.send(w.Reconnect(customer), w.roomOf(customer), 1, "hello")
			return customer
		},
		"of one that never joined": func(w *world, customer, _ chat.Caller) chat.Caller {
			return w.Reconnect(customer)
		},
		"after the end": func(w *world, customer, _ chat.Caller) chat.Caller {
			w.end(customer, w.roomOf(customer))
			return customer
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer, agent, r := w.ActiveRoom(t)
			who := given(w, customer, agent)
			w.unchanged(customer, r.ID, func() { w.disconnect(who) })
		})
	}
}

// TestStaleDisconnect: current is true if the connection had a seat, of the person or only of a room.
func TestStaleDisconnect(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	laptop := w.Reconnect(customer)
	w.send(laptop, r.ID, 1, "hello") // is seated in the room only
	assert.True(t, w.disconnect(laptop))
	assert.False(t, w.disconnect(laptop))
	w.join(w.Reconnect(customer), chat.CustomerJoin{})
	assert.False(t, w.disconnect(customer), "late")
	w.joinAgent(w.Reconnect(agent))
	assert.False(t, w.disconnect(agent), "late")
}

// roomOf is the customer's room.
func (w *world) roomOf(c chat.Caller) chat.RoomID { return w.StoredMessages(w.t, c.Who)[0].Room }

func TestDisconnectBeforeItsOwnJoin(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	newer := w.Reconnect(customer)
	w.disconnect(newer)
	w.join(newer, chat.CustomerJoin{Room: r.ID})
	w.Pusher.Forget()
	w.send(agent, r.ID, 1, "hello")
	assert.Equal(t, []string{"message 3 agent hello"}, w.pushesTo(newer))
}

func TestDisconnectContinuesAfterAFailure(t *testing.T) {
	w := newWorld(t)
	_, agent, first := w.ActiveRoom(t)
	second := w.anotherRoom(agent)
	failed := false
	broken := w.withStore(func(call string, _ bool) error {
		if call == "UnseatInRoom" && !failed {
			failed = true
			return errDown
		}
		return nil
	})
	_, err := broken.Disconnect(t.Context(), agent)
	require.ErrorIs(t, err, errDown)
	assert.True(t, w.room(first.ID).Agent.Seat.Online())
	assert.False(t, w.room(second.ID).Agent.Seat.Online())
	for _, call := range []string{"DeleteConnection", "UnseatPerson", "RoomsHeldBy", "UnseatInRoom"} {
		_, err := w.failing(call).Disconnect(t.Context(), agent)
		assert.ErrorIs(t, err, errDown, call)
	}
	_, agent, _ = w.ActiveRoom(t)
	_, err = w.failing("SweepSooner").Disconnect(t.Context(), agent)
	assert.ErrorIs(t, err, errDown)
}
