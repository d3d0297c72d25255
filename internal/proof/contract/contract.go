package contract

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// check is an independent part of the contract.
type check struct {
	name string
	test func(*testing.T, *World)
}

// TestStore is the contract: what every chat.Store must do. Each check opens a store. It may be the same for all, in
// use by others and full, but its indexes must not lag (DynamoDB Local's and the emulator's do not). It fails when
// any single part of any condition is left out.
func TestStore(t *testing.T, open func(t *testing.T) chat.Store) {
	for _, page := range append([]check{
		{"connections", testConnections},
		{"expired connections", testExpiredConnections},
		{"connections of one address", testCountConnection},
		{"seat person", testSeatPerson},
		{"unseat person", testUnseatPerson},
		{"status", testStatus},
		{"blocked", testBlocked},
		{"connected agents", testConnectedAgents},
		{"load", testLoad},
		{"free agents", testFreeAgents},
		{"open room", testOpenRoom},
		{"open room refused", testOpenRoomRefused},
		{"open room collides", testOpenRoomCollides},
		{"open rooms in bursts", testOpenRoomBursts},
		{"profile", testProfile},
		{"change room", testChangeRoom},
		{"change room refused", testChangeRoomRefused},
		{"every field is kept", testEveryField},
		{"rooms", testRooms},
		{"indexes follow", testIndexesFollow},
		{"queue", testQueue},
		{"part of the queue", testPartOfQueue},
		{"left rooms", testLeft},
		{"relist", testRelist},
		{"part of the left rooms", testPartOfLeft},
		{"rooms held by", testRoomsHeldBy},
		{"due rooms", testDueRooms},
		{"ended rooms", testEndedRooms},
		{"put message", testPutMessage},
		{"messages", testMessages},
		{"messages without text", testMessagesWithoutText},
		{"messages beyond one database page", testManyMessages},
		{"messages before", testMessagesBefore},
		{"canned messages", testCanned},
		{"canned messages beyond one database page", testManyCanned},
		{"shops", testShops},
		{"versions of a shop", testShopVersions},
		{"the default shop", testDefaultShop},
		{"uncounted rooms", testUncountedRooms},
		{"counted", testSetCounted},
		{"statistics", testStats},
		{"statistics beyond one database page", testManyStats},
		{"races", testStoreRaces},
	}, roomWriteChecks()...) {
		t.Run(page.name, func(t *testing.T) {
			t.Parallel()
			page.test(t, NewWorld(t, open(t)))
		})
	}
}

// openRoom stores a room of a new customer and then changes it, if change is not nil.
func (w *World) openRoom(t *testing.T, c chat.Caller, change func(*chat.Room)) chat.Room {
	t.Helper()
	p, err := w.Store.Person(t.Context(), c.Who)
	require.NoError(t, err)
	r := w.newRoom(c, p.Room)
	ok, err := w.Store.OpenRoom(t.Context(), r, w.message(r, r.Seq, chat.EventOpened), chat.Start{Last: p.Room})
	require.NoError(t, err)
	require.True(t, ok, "a customer's next room opens")
	if change == nil {
		return r
	}
	changed := clone(r)
	change(&changed)
	ok, err = w.Store.ChangeRoom(t.Context(), r, changed, nil)
	require.NoError(t, err)
	require.True(t, ok, "a room that has not moved changes")
	changed.Rev = r.Rev + 1
	return changed
}

// clone is a deep copy of a room.
func clone(r chat.Room) chat.Room {
	r.Held = slices.Clone(r.Held)
	return r
}

// newRoom is a room as a start opens it.
func (w *World) newRoom(c chat.Caller, after chat.RoomID) chat.Room {
	now := w.Clock.Now()
	return chat.Room{
		ID: w.IDs.NewRoomID(now, after), Rev: 1, Status: chat.StatusWaiting, Seq: 1, Settled: 1, Created: now,
		Customer: chat.Member{Who: c.Who, Name: c.Name, Seat: chat.Seat{Conn: c.Conn, At: c.At}, Next: 1},
		Agent:    chat.Member{Next: 1},
		SweepAt:  now.After(chat.DefaultRules().Recheck),
	}
}

// message is a system message of a room.
func (w *World) message(r chat.Room, seq int64, e chat.Event) chat.Message {
	return chat.Message{Customer: r.Customer.Who, Room: r.ID, Seq: seq, From: chat.System, Event: e, At: w.Clock.Now()}
}

// assign makes the agent the room's holder.
func assign(r *chat.Room, a chat.Caller) {
	r.Status = chat.StatusActive
	r.Agent.Who, r.Agent.Name, r.Agent.Seat = a.Who, a.Name, chat.Seat{Conn: a.Conn, At: a.At}
	r.Held = []chat.PersonID{a.Who}
}

// end ends the room.
func end(r *chat.Room) {
	r.Status, r.Reason, r.EndedAt, r.SweepAt = chat.StatusEnded, chat.CustomerEnded, r.Created+1, 0
}

// sameRoom compares rooms; an empty Held equals nil.
func sameRoom(t *testing.T, want, got chat.Room, msg ...any) {
	t.Helper()
	for _, r := range []*chat.Room{&want, &got} {
		if len(r.Held) == 0 {
			r.Held = nil
		}
	}
	assert.Equal(t, want, got, msg...)
}

// assertStored checks how a room is stored.
func (w *World) assertStored(t *testing.T, want chat.Room, msg ...any) {
	t.Helper()
	got, err := w.Store.Room(t.Context(), want.ID)
	require.NoError(t, err)
	sameRoom(t, want, got, msg...)
}
