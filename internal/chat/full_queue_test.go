package chat_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// TestFullQueue: nobody starts a chat while too many wait. Who has one keeps it, whatever they do, and what an agent
// returns finds its place.
func TestFullQueue(t *testing.T) {
	w := newWorld(t)
	w.Service.Rules.Waiting = 3
	agent := w.onlineAgent()
	past, old := w.WaitingRoom(t)
	w.end(past, old.ID)
	first, room := w.WaitingRoom(t)
	w.WaitingRoom(t)
	w.WaitingRoom(t)
	started := func(c chat.Caller, last chat.RoomID) bool {
		before, err := w.Store.Person(t.Context(), c.Who)
		require.NoError(t, err)
		w.Pusher.Forget()
		_, err = w.Service.JoinCustomer(t.Context(), c, chat.CustomerJoin{Start: true, Room: last})
		if err == nil {
			return true
		}
		assert.False(t, refused(t, chat.Full, err).Retry())
		after, err := w.Store.Person(t.Context(), c.Who)
		require.NoError(t, err)
		assert.Equal(t, c.Conn, after.Seat.Conn, "the join has counted")
		assert.Equal(t, before.Room, after.Room)
		assert.Equal(t, before.Chats, after.Chats)
		w.assertNoPushes()
		return false
	}
	newcomer := w.Customer()
	assert.False(t, started(newcomer, ""))
	assert.Empty(t, w.join(newcomer, chat.CustomerJoin{}).View.Room.ID, "a join without a start is served")
	assert.False(t, started(past, old.ID))
	assert.Equal(t, old.ID, w.join(past, chat.CustomerJoin{}).View.Room.ID)
	assert.True(t, started(first, ""), "a repeat")
	assert.Equal(t, room.ID, w.join(w.Reconnect(first), chat.CustomerJoin{Start: true}).View.Room.ID)

	w.take(agent, room.ID)
	assert.True(t, started(newcomer, ""), "there is a place again")
	assert.Equal(t, 3, w.join(newcomer, chat.CustomerJoin{}).View.Position)
	assert.Equal(t, chat.StatusWaiting, w.release(agent, room.ID).Room.Status)
	list, err := w.Service.Queue(t.Context(), agent)
	require.NoError(t, err)
	assert.Equal(t, 4, list.Waiting, "a chat that an agent returns waits all the same")
	assert.Equal(t, room.ID, list.Rooms[0].Room.ID)
	assert.False(t, started(past, old.ID))
}
