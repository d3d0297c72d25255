package chat_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/stats"
)

func TestQueue(t *testing.T) {
	w := newWorld(t)
	agent, colleague := w.onlineAgent(), w.onlineAgent()
	w.awayAgent()
	_, first := w.WaitingRoom(t)
	_, mine := w.WaitingRoom(t)
	_, third := w.WaitingRoom(t)
	_, theirs := w.WaitingRoom(t)
	w.take(agent, mine.ID)
	w.take(colleague, theirs.ID)

	list, err := w.Service.Queue(t.Context(), agent)
	require.NoError(t, err)
	assert.Equal(t, 2, list.Waiting)
	require.Len(t, list.Rooms, 2)
	for i, want := range []chat.RoomID{first.ID, third.ID} {
		assert.Equal(t, want, list.Rooms[i].Room.ID, "oldest first")
		assert.Equal(t, i+1, list.Rooms[i].Position)
		assert.Equal(t, chat.Agent, list.Rooms[i].Side)
	}
	assert.Equal(t, []chat.RoomID{mine.ID}, list.Mine)
	var online []chat.PersonID
	for _, p := range list.Agents {
		online = append(online, p.ID)
	}
	assert.ElementsMatch(t, []chat.PersonID{agent.Who, colleague.Who}, online)
}

// TestPositionsCountOnlyPresentCustomers: a customer who closed the page keeps their position for a while, but does
// not count for the others.
func TestPositionsCountOnlyPresentCustomers(t *testing.T) {
	w := newWorld(t)
	agent := w.onlineAgent()
	gone, first := w.WaitingRoom(t)
	_, second := w.WaitingRoom(t)
	last, third := w.WaitingRoom(t)
	place := func(c chat.Caller, r chat.Room) int { return w.join(c, chat.CustomerJoin{Room: r.ID}).View.Position }
	told := func() []int {
		list, err := w.Service.Queue(t.Context(), agent)
		require.NoError(t, err)
		require.Len(t, list.Rooms, 3, "the agent sees them all")
		return []int{list.Rooms[0].Position, list.Rooms[1].Position, list.Rooms[2].Position}
	}
	assert.Equal(t, 3, place(last, third))
	assert.Equal(t, []int{1, 2, 3}, told())

	w.disconnect(gone)
	assert.Equal(t, 2, place(last, third))
	assert.Equal(t, []int{1, 1, 2}, told())

	back := w.Reconnect(gone)
	assert.Equal(t, 1, place(back, first), "back at the old position")
	assert.Equal(t, 3, place(last, third))

	w.take(agent, second.ID)
	lagging := &laggingIndexes{Store: w.Store, queue: []chat.RoomID{first.ID, second.ID}}
	w.Service.Store, w.Service.Snapshot = lagging, &stats.Service{Store: lagging, Clock: w.Clock}
	assert.Equal(t, 2, place(last, third), "in an index that lags")
}

func TestLongQueueShowsTheOldest(t *testing.T) {
	w := newWorld(t)
	agent := w.onlineAgent()
	var ids []chat.RoomID
	for range chat.MaxQueue + 5 {
		_, r := w.WaitingRoom(t)
		ids = append(ids, r.ID)
	}
	list, err := w.Service.Queue(t.Context(), agent)
	require.NoError(t, err)
	assert.Equal(t, chat.MaxQueue+5, list.Waiting)
	require.Len(t, list.Rooms, chat.MaxQueue)
	for i, v := range list.Rooms {
		assert.Equal(t, ids[i], v.Room.ID)
	}
	customer := w.Customer()
	id := w.startChat(customer, "", chat.Profile{})
	assert.Equal(t, chat.MaxQueue+6, w.join(customer, chat.CustomerJoin{Room: id}).View.Position, "those further back are counted without reading them")
}

func TestQueueOfLongWords(t *testing.T) {
	w := newWorld(t)
	agent := w.onlineAgent()
	var ids []chat.RoomID
	for range chat.MaxQueue {
		customer := w.Customer()
		customer.Name = strings.Repeat("<", 60) // each is six bytes as JSON
		ids = append(ids, w.startChat(customer, "", chat.Profile{Topic: strings.Repeat("&", 90)}))
	}
	list, err := w.Service.Queue(t.Context(), agent)
	require.NoError(t, err)
	assert.Equal(t, chat.MaxQueue, list.Waiting)
	require.Greater(t, len(list.Rooms), chat.MaxQueue/2)
	require.Less(t, len(list.Rooms), chat.MaxQueue, "no more than fit")
	for i, v := range list.Rooms {
		assert.Equal(t, ids[i], v.Room.ID, "the oldest")
	}
	desk := w.joinAgent(agent)
	assert.Equal(t, list.Rooms, desk.Queue)
	assert.Equal(t, list.Waiting, desk.Waiting)
}

// laggingIndexes is a store whose indexes show an earlier state.
type laggingIndexes struct {
	chat.Store
	queue, left, held []chat.RoomID
	due               []chat.Due
}

func (l *laggingIndexes) Queue(_ context.Context, list chat.List, after, before chat.RoomID, _ int) ([]chat.RoomID, error) {
	ids := l.queue
	if list == chat.ListLeft {
		ids = l.left
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id chat.RoomID) bool {
		return id <= after || before != "" && id >= before
	}), nil
}

func (l *laggingIndexes) RoomsHeldBy(context.Context, chat.PersonID) ([]chat.RoomID, error) {
	return l.held, nil
}

func (l *laggingIndexes) DueRooms(_ context.Context, shard int, _ chat.Due, _ chat.Millis, _ int) ([]chat.Due, error) {
	if shard != 0 {
		return nil, nil
	}
	return l.due, nil
}

func TestQueueWithALaggingIndex(t *testing.T) {
	w := newWorld(t)
	_, agent, taken := w.ActiveRoom(t)
	_, waiting := w.WaitingRoom(t)
	w.Service.Store = &laggingIndexes{Store: w.Store, queue: []chat.RoomID{taken.ID, waiting.ID}}
	list, err := w.Service.Queue(t.Context(), agent)
	require.NoError(t, err)
	require.Len(t, list.Rooms, 1, "a room that waits no longer is left out")
	assert.Equal(t, waiting.ID, list.Rooms[0].Room.ID)
	assert.Equal(t, 1, list.Rooms[0].Position)
}

func TestQueueFromAnOlderConnection(t *testing.T) {
	w := newWorld(t)
	agent := w.onlineAgent()
	w.joinAgent(w.Reconnect(agent))
	_, err := w.Service.Queue(t.Context(), agent)
	refused(t, chat.NotCurrent, err)
}

func TestQueueWhileTheStoreFails(t *testing.T) {
	for _, call := range []string{"Person", "Queue", "Rooms", "FreeAgents", "RoomsHeldBy"} {
		w := newWorld(t)
		_, err := w.failing(call).Queue(t.Context(), w.onlineAgent())
		assert.ErrorIs(t, err, errDown, call)
	}
}
