package chat_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// holdMany gives the agent so many rooms, without what a take does beside it.
func (w *world) holdMany(agent chat.Caller, n int) []chat.RoomID {
	w.t.Helper()
	ids := w.openMany(n, func(int) chat.Millis { return w.Clock.Now() })
	for _, id := range ids {
		before := w.room(id)
		after := before
		after.Status, after.TakenAt, after.Held = chat.StatusActive, w.Clock.Now(), []chat.PersonID{agent.Who}
		after.Agent = chat.Member{Who: agent.Who, Name: agent.Name, Seat: chat.Seat{Conn: agent.Conn, At: agent.At}, Next: 1}
		ok, err := w.Store.ChangeRoom(w.t.Context(), before, after, nil)
		require.NoError(w.t, err)
		require.True(w.t, ok)
	}
	return ids
}

// TestJoinOfAnAgentWithManyRooms: a join names at most 100 rooms. Once, an agent with more was locked out. It seats them
// in all of their rooms, and a client that names first what no desk has shown yet sees all with a few joins.
func TestJoinOfAnAgentWithManyRooms(t *testing.T) {
	const rooms = 300
	w := newWorld(t)
	agent := w.onlineAgent()
	held := w.holdMany(agent, rooms)
	w.disconnect(agent)
	for _, id := range held {
		assert.Empty(t, w.room(id).Agent.Seat.Conn)
	}

	agent = w.Reconnect(agent)
	w.Pusher.Forget()
	left := slices.Clone(held)
	for joins := 0; len(left) > 0; joins++ {
		require.Less(t, joins, 3, "each join gets on")
		var names []chat.KnownRoom
		for _, id := range left[:min(chat.MaxJoinRooms, len(left))] {
			names = append(names, chat.KnownRoom{Room: id, Since: 1})
		}
		desk := w.joinAgent(agent, names...)
		for i, name := range names {
			assert.Equal(t, name.Room, desk.Rooms[i].View.Room.ID, "named rooms come first")
		}
		for _, page := range desk.Rooms {
			assert.Equal(t, agent.Conn, page.View.Room.Agent.Seat.Conn)
			left = slices.DeleteFunc(left, func(id chat.RoomID) bool { return id == page.View.Room.ID })
		}
		if joins == 0 {
			for _, id := range held {
				r := w.room(id)
				assert.Equal(t, agent.Conn, r.Agent.Seat.Conn, "also those that were not named")
				if r.Customer.Seat.Conn != "" {
					assert.NotEmpty(t, w.Pusher.Frames(r.Customer.Seat.Conn))
				}
			}
			list, err := w.Service.Queue(t.Context(), agent)
			require.NoError(t, err)
			assert.Equal(t, held, list.Mine, "the client learns of those that did not fit")
		}
	}
	p, err := w.Store.Person(t.Context(), agent.Who)
	require.NoError(t, err)
	assert.Equal(t, rooms, p.Load)
}

// TestManyRoomsAreSeatedSideBySide: with 10 ms a call, neither a join nor a $disconnect of 300 rooms takes a fifth of a
// function's time.
func TestManyRoomsAreSeatedSideBySide(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		agent := w.onlineAgent()
		w.holdMany(agent, 300)
		agent = w.Reconnect(agent)
		s := w.slowly(10 * time.Millisecond)
		began := time.Now()
		_, err := s.JoinAgent(t.Context(), agent, chat.AgentJoin{})
		require.NoError(t, err)
		joined := time.Since(began)
		assert.Less(t, joined, 2*time.Second)
		began = time.Now()
		current, err := s.Disconnect(t.Context(), agent)
		require.NoError(t, err)
		assert.True(t, current)
		assert.Less(t, time.Since(began), 2*time.Second)
		t.Logf("300 rooms, 10 ms a call: a join takes %v, a $disconnect %v", joined, time.Since(began))
	})
}
