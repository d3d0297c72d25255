package dynamo_test

import (
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
	"rejoin/internal/proof/contract"
	"rejoin/internal/proof/dynamotest"
)

// TestContract: every engine's store fulfils the contract of all stores and the checks of this one. On the official
// engine, leaving out any part of a condition must make a check fail.
func TestContract(t *testing.T) {
	t.Parallel()
	for _, engine := range dynamotest.Engines(t) {
		t.Run(engine, func(t *testing.T) {
			store, used := dynamotest.OpenStore(t, engine), usage{}
			t.Run(completeContract, func(t *testing.T) {
				testContract(t, func(t *testing.T) *dynamo.Store { return used.watch(t, store.Without(os.Getenv(envWithout))) })
			})
			if engine == dynamotest.Local && !t.Failed() {
				t.Run("without", func(t *testing.T) { testEveryConditionIsNeeded(t, &used) })
			}
		})
	}
}

// testContract runs the contract of all stores and the checks of this one.
func testContract(t *testing.T, open func(t *testing.T) *dynamo.Store) {
	contract.TestStore(t, func(t *testing.T) chat.Store { return open(t) })
	for name, test := range map[string]func(*testing.T, *dynamo.Store){
		"room id is used":               testUsedRoomID,
		"first place is used":           testUsedPlace,
		"status of nobody":              testStatusOfNobody,
		"a newer version's attributes":  testNewerVersion,
		"an older version's queue":      testOlderQueue,
		"erased while they open a room": testEraseWhileOpening,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

// newRoom is a room of the caller, and its first message.
func newRoom(id chat.RoomID, c chat.Caller) (chat.Room, chat.Message) {
	r := chat.Room{
		ID: id, Rev: 1, Status: chat.StatusWaiting, Seq: 1, Settled: 1, Created: 1,
		Customer: chat.Member{Who: c.Who, Seat: chat.Seat{Conn: c.Conn, At: c.At}, Next: 1}, Agent: chat.Member{Next: 1}, SweepAt: 2,
	}
	return r, chat.Message{Customer: c.Who, Room: id, Seq: 1, From: chat.System, Event: chat.EventOpened, At: 1}
}

func testUsedRoomID(t *testing.T, store *dynamo.Store) {
	w := contract.NewWorld(t, store)
	id := w.IDs.NewRoomID(w.Clock.Now(), "")
	first, opened := newRoom(id, w.Customer())
	ok, err := store.OpenRoom(t.Context(), first, opened, chat.Start{})
	require.NoError(t, err)
	require.True(t, ok)

	second, opened := newRoom(id, w.Customer())
	ok, err = store.OpenRoom(t.Context(), second, opened, chat.Start{})
	require.NoError(t, err)
	assert.False(t, ok, "no room takes another one's id")
}

func testUsedPlace(t *testing.T, store *dynamo.Store) {
	w := contract.NewWorld(t, store)
	r, opened := newRoom(w.IDs.NewRoomID(w.Clock.Now(), ""), w.Customer())
	_, ok, err := store.PutMessage(t.Context(), opened)
	require.NoError(t, err)
	require.True(t, ok)
	ok, err = store.OpenRoom(t.Context(), r, opened, chat.Start{})
	require.NoError(t, err)
	assert.False(t, ok, "a place is decided once")
}

func testStatusOfNobody(t *testing.T, store *dynamo.Store) {
	c := contract.NewWorld(t, store).Agent()
	_, ok, err := store.SetStatus(t.Context(), c, chat.StatusAway)
	require.NoError(t, err)
	assert.False(t, ok)
	p, err := store.Person(t.Context(), c.Who)
	require.NoError(t, err)
	assert.Zero(t, p, "a status makes no person")
}

func testNewerVersion(t *testing.T, store *dynamo.Store) {
	w := contract.NewWorld(t, store)
	r, opened := newRoom(w.IDs.NewRoomID(w.Clock.Now(), ""), w.Customer())
	ok, err := store.OpenRoom(t.Context(), r, opened, chat.Start{})
	require.NoError(t, err)
	require.True(t, ok)
	store.SetRaw(t, r.ID, "mood", "happy")
	after := r
	after.Topic = "changed"
	ok, err = store.ChangeRoom(t.Context(), r, after, nil)
	require.NoError(t, err)
	require.True(t, ok)
	assert.Equal(t, "happy", store.Raw(t, r.ID, "mood"), "what this version does not know stays")
}

// testOlderQueue: rooms that have waited since the queue had one key are listed with the others, and leave it like them.
func testOlderQueue(t *testing.T, store *dynamo.Store) {
	w := contract.NewWorld(t, store)
	var rooms []chat.Room
	for range 8 {
		_, r := w.WaitingRoom(t)
		rooms = append(rooms, r)
	}
	for i := 0; i < len(rooms); i += 2 {
		store.SetRaw(t, rooms[i].ID, "queue", "waiting")
	}
	before := rooms[7].ID + "~"
	after := rooms[0].ID[:len(rooms[0].ID)-1]
	queue := func() (ours []chat.RoomID) {
		all, err := store.Queue(t.Context(), chat.ListWaiting, after, before, 0)
		require.NoError(t, err)
		for _, r := range rooms {
			if slices.Contains(all, r.ID) {
				ours = append(ours, r.ID)
			}
		}
		return ours
	}
	assert.Len(t, queue(), 8)
	agent := w.Agent()
	_, err := w.Service.JoinAgent(t.Context(), agent, chat.AgentJoin{})
	require.NoError(t, err)
	_, err = w.Service.Take(t.Context(), agent, rooms[2].ID)
	require.NoError(t, err)
	assert.NotContains(t, queue(), rooms[2].ID)
	_, err = w.Service.Release(t.Context(), agent, rooms[2].ID)
	require.NoError(t, err)
	assert.Len(t, queue(), 8)
}
