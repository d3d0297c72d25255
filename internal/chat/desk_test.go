package chat_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func TestDesk(t *testing.T) {
	w := newWorld(t)
	customer, agent, mine := w.ActiveRoom(t)
	w.send(customer, mine.ID, 1, "hello")
	ended := w.anotherRoom(agent)
	given := w.anotherRoom(agent)
	_, waiting := w.WaitingRoom(t)
	_, _, never := w.ActiveRoom(t)
	receiver := w.onlineAgent()
	w.end(agent, ended.ID)
	w.transfer(agent, given.ID, receiver)
	w.send(receiver, given.ID, w.room(given.ID).Agent.Next, "not for your eyes")
	w.disconnect(agent)
	agent = w.Reconnect(agent)
	w.Pusher.Forget()

	desk := w.joinAgent(agent,
		chat.KnownRoom{Room: mine.ID, Since: 2}, chat.KnownRoom{Room: ended.ID, Since: 2}, chat.KnownRoom{Room: given.ID, Since: 2},
		chat.KnownRoom{Room: never.ID}, chat.KnownRoom{Room: waiting.ID}, chat.KnownRoom{Room: "no such room"})
	assert.Equal(t, agent.Who, desk.Agent.ID)
	parts := map[chat.RoomID]chat.RoomPage{}
	for _, p := range desk.Rooms {
		parts[p.View.Room.ID] = p
		assert.Equal(t, chat.Agent, p.View.Side)
	}
	require.Len(t, parts, 3, "rooms that were never theirs are left out")
	require.Len(t, parts[mine.ID].Messages, 1)
	assert.Equal(t, "hello", parts[mine.ID].Messages[0].Text)
	assert.Equal(t, agent.Conn, parts[mine.ID].View.Room.Agent.Seat.Conn)
	require.Len(t, parts[ended.ID].Messages, 1)
	assert.Equal(t, chat.EventEnded, parts[ended.ID].Messages[0].Event)
	assert.Equal(t, receiver.Who, parts[given.ID].View.Room.Agent.Who)
	assert.Empty(t, parts[given.ID].Messages, "its messages are for another agent")
	assert.False(t, parts[given.ID].More)

	require.Len(t, desk.Queue, 1)
	assert.Equal(t, waiting.ID, desk.Queue[0].Room.ID)
	assert.Len(t, desk.Agents, 3)
	assert.Equal(t, []string{"presence agent true"}, w.pushesTo(customer))
	assert.Len(t, w.Pusher.Sent(), 1, "the rooms that are not theirs hear nothing")
}

// TestNamedRoomsComeFirst: a room that did not fit comes when it is asked for by name. Once, other rooms filled the
// frame again each time.
func TestNamedRoomsComeFirst(t *testing.T) {
	w := newWorld(t)
	customer, agent, first := w.ActiveRoom(t)
	rooms := []chat.RoomID{first.ID}
	fill := func(c chat.Caller, id chat.RoomID) {
		for no := range 22 {
			w.send(c, id, no+1, strings.Repeat("x", 300))
			w.Clock.Advance(w.Service.Rules.BurstWindow)
		}
	}
	fill(customer, first.ID)
	for range 19 {
		c, r := w.WaitingRoom(t)
		rooms = append(rooms, w.take(agent, r.ID).View.Room.ID)
		fill(c, r.ID)
	}
	last := rooms[len(rooms)-1]
	page := w.joinAgent(agent, chat.KnownRoom{Room: last}).Rooms[0]
	require.Equal(t, last, page.View.Room.ID)
	require.NotEmpty(t, page.Messages)
	for _, id := range rooms {
		for since, more := int64(0), true; more; {
			desk := w.joinAgent(agent, chat.KnownRoom{Room: id, Since: since})
			require.Equal(t, id, desk.Rooms[0].View.Room.ID)
			require.Greater(t, desk.Rooms[0].Through, since, "it gets on")
			require.Len(t, desk.Rooms, len(rooms))
			since, more = desk.Rooms[0].Through, desk.Rooms[0].More
		}
	}
}

// anotherRoom is another room that the agent holds.
func (w *world) anotherRoom(agent chat.Caller) chat.Room {
	w.t.Helper()
	_, r := w.WaitingRoom(w.t)
	return w.take(agent, r.ID).View.Room
}

func TestDeskWithALaggingIndex(t *testing.T) {
	w := newWorld(t)
	_, agent, mine := w.ActiveRoom(t)
	gone := w.anotherRoom(agent)
	w.release(agent, gone.ID)
	agent = w.Reconnect(agent)
	w.Service.Store = &laggingIndexes{Store: w.Store, held: []chat.RoomID{gone.ID}}
	desk := w.joinAgent(agent, chat.KnownRoom{Room: mine.ID})
	require.Len(t, desk.Rooms, 2)
	assert.Equal(t, chat.StatusWaiting, desk.Rooms[1].View.Room.Status)
	assert.Empty(t, desk.Rooms[1].Messages)
	assert.Equal(t, agent.Conn, w.room(mine.ID).Agent.Seat.Conn, "named rooms are read too")
	assert.Len(t, desk.Rooms[0].Messages, 2)
}

// TestDeskLargerThanAFrame reads it with as many joins as it needs.
func TestDeskLargerThanAFrame(t *testing.T) {
	w := newWorld(t)
	agent := w.onlineAgent()
	want := map[chat.RoomID]int{}
	for i := range 5 {
		customer, r := w.WaitingRoom(t)
		w.take(agent, r.ID)
		for no := range i + 3 {
			w.send(customer, r.ID, no+1, fmt.Sprint(no)+strings.Repeat("x", 3000))
		}
		want[r.ID] = i + 5
	}
	since, got := map[chat.RoomID]int64{}, map[chat.RoomID]int{}
	for more, joins := true, 0; more; joins++ {
		require.Less(t, joins, 25, "each join gets on")
		holds := []chat.KnownRoom{}
		for id, seq := range since {
			holds = append(holds, chat.KnownRoom{Room: id, Since: seq})
		}
		desk := w.joinAgent(agent, holds...)
		require.Len(t, desk.Rooms, 5)
		var all []chat.Message
		more = false
		for _, p := range desk.Rooms {
			id := p.View.Room.ID
			all = append(all, p.Messages...)
			got[id] += len(p.Messages)
			since[id] = p.Through
			more = more || p.More
		}
		assert.LessOrEqual(t, jsonSize(t, all), chat.MaxPageBytes)
	}
	assert.Equal(t, want, got)
}

func TestDeskOfAnOlderConnection(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.joinAgent(w.Reconnect(agent))
	w.unchanged(customer, r.ID, func() {
		_, err := w.Service.JoinAgent(t.Context(), agent, chat.AgentJoin{})
		refused(t, chat.NotCurrent, err)
	})
}

func TestDeskWhileANewerConnectionJoins(t *testing.T) {
	w := newWorld(t)
	_, agent, r := w.ActiveRoom(t)
	second := w.Reconnect(agent)
	third := w.Reconnect(agent)
	slow := w.meanwhile("SeatInRoom", func() { w.joinAgent(third) })
	_, err := slow.JoinAgent(t.Context(), second, chat.AgentJoin{})
	refused(t, chat.NotCurrent, err)
	assert.Equal(t, third.Conn, w.room(r.ID).Agent.Seat.Conn)
}

func TestDeskWhileTheStoreFails(t *testing.T) {
	for _, call := range []string{"SeatPerson", "RoomsHeldBy", "SeatInRoom", "Messages", "Queue", "Rooms", "FreeAgents"} {
		w := newWorld(t)
		_, agent, _ := w.ActiveRoom(t)
		_, err := w.failing(call).JoinAgent(t.Context(), w.Reconnect(agent), chat.AgentJoin{})
		assert.ErrorIs(t, err, errDown, call)
	}
}
