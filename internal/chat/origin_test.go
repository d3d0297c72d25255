package chat_test

// Failures of the service that this one replaces.

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func TestCustomerWhoDroppedRejoinsTheirRoom(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.send(customer, r.ID, 1, "hello")
	w.disconnect(customer)
	w.send(agent, r.ID, 1, "are you there?")
	back := w.Reconnect(customer)
	page := w.join(back, chat.CustomerJoin{Room: r.ID, Since: 3})
	assert.Equal(t, r.ID, page.View.Room.ID)
	require.Len(t, page.Messages, 1)
	assert.Equal(t, "are you there?", page.Messages[0].Text)
	assert.Equal(t, int64(5), w.send(back, r.ID, page.View.Room.Customer.Next, "yes").Seq)
}

func TestLateCloseDoesNotThrowTheCustomerOut(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	back := w.Reconnect(customer)
	w.join(back, chat.CustomerJoin{Room: r.ID, Since: 2})
	w.unchanged(customer, r.ID, func() { w.disconnect(customer) })
	assert.True(t, w.room(r.ID).Customer.Seat.Online())
	w.send(agent, r.ID, 1, "hello")
	assert.Equal(t, []string{"message 3 agent hello"}, w.pushesTo(back))
}

func TestRoomOutlivesItsCustomersDropBeforeAnyAgentEntered(t *testing.T) {
	w := newWorld(t)
	customer, r := w.WaitingRoom(t)
	w.send(customer, r.ID, 1, "hello")
	w.WaitingRoom(t)
	w.disconnect(customer)
	agent := w.onlineAgent()
	list, err := w.Service.Queue(t.Context(), agent)
	require.NoError(t, err)
	require.Len(t, list.Rooms, 2)
	assert.Equal(t, r.ID, list.Rooms[0].Room.ID)

	page := w.join(w.Reconnect(customer), chat.CustomerJoin{Room: r.ID})
	assert.Equal(t, 1, page.View.Position, "with its place in the queue")
	assert.Len(t, page.Messages, 2)
	assert.Len(t, w.take(agent, r.ID).Messages, 3)
}

func TestGoneForTenSecondsHasNotLeft(t *testing.T) {
	for _, gone := range []time.Duration{10 * time.Second, time.Minute, 10*time.Minute - time.Millisecond} {
		w := newWorld(t)
		customer, r := w.WaitingRoom(t)
		w.disconnect(customer)
		w.Clock.Advance(gone)
		w.sweep()
		page := w.join(w.Reconnect(customer), chat.CustomerJoin{Room: r.ID, Since: 1})
		assert.Equal(t, r.ID, page.View.Room.ID)
		assert.Equal(t, chat.StatusWaiting, page.View.Room.Status, "gone for %s", gone)
	}
}

func TestAgentLearnsThatTheCustomerHasGone(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.Pusher.Forget()
	w.disconnect(customer)
	assert.Equal(t, []string{"presence customer false"}, w.pushesTo(agent))
	w.join(w.Reconnect(customer), chat.CustomerJoin{Room: r.ID, Since: 2})
	assert.Equal(t, []string{"presence customer false", "presence customer true"}, w.pushesTo(agent))
}

func TestDeadRoomDoesNotStayOpenForEver(t *testing.T) {
	w := newWorld(t)
	customer, r := w.WaitingRoom(t)
	w.Pusher.SetLastActive(customer.Conn, w.Clock.Now()) // and no $disconnect ever comes
	for range 30 {
		w.Clock.Advance(time.Minute)
		w.sweep()
	}
	assert.Equal(t, chat.Abandoned, w.room(r.ID).Reason)
}
