package dynamo_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
	"rejoin/internal/proof/contract"
	"rejoin/internal/proof/dynamotest"
)

// envMutant is `write: part` of the condition to leave out; the mutation test sets it.
const envMutant = "REJOIN_WEAKENED"

func TestContract(t *testing.T) {
	dynamotest.OnEach(t, func(t *testing.T, store *dynamo.Store) {
		if write, part, ok := strings.Cut(os.Getenv(envMutant), " / "); ok {
			store.Weaken(write, part)
		}
		testContract(t, store)
	})
}

// testContract is what every store must hold, and what only this one must.
func testContract(t *testing.T, store *dynamo.Store) {
	contract.TestStore(t, func(*testing.T) chat.Store { return store })
	t.Run("room id is used", func(t *testing.T) { testUsedRoomID(t, store) })
	t.Run("first place is used", func(t *testing.T) { testUsedPlace(t, store) })
	t.Run("status of nobody", func(t *testing.T) { testStatusOfNobody(t, store) })
	t.Run("a newer version's attributes", func(t *testing.T) { testNewerVersion(t, store) })
	t.Run("erased while they open a room", func(t *testing.T) { testEraseWhileOpening(t, store) })
}

// newRoom is a room of the caller, and its first message.
func newRoom(id chat.RoomID, c chat.Caller) (chat.Room, chat.Message) {
	r := chat.Room{
		ID: id, Rev: 1, Status: chat.StatusWaiting, Seq: 1, Settled: 1, Created: 1,
		Customer: chat.Member{Who: c.Who, Seat: chat.Seat{Conn: c.Conn, At: c.At}, Next: 1}, Agent: chat.Member{Next: 1}, SweepAt: 2,
	}
	return r, chat.Message{Customer: c.Who, Room: id, Seq: 1, From: chat.System, Event: chat.EventOpened, At: 1}
}

func testUsedRoomID(t *testing.T, store chat.Store) {
	w := contract.NewWorld(t, store)
	id := w.IDs.NewRoomID(w.Clock.Now(), "")
	first, opened := newRoom(id, w.Customer())
	ok, err := store.OpenRoom(t.Context(), first, opened, "", chat.Profile{})
	require.NoError(t, err)
	require.True(t, ok)

	second, opened := newRoom(id, w.Customer())
	ok, err = store.OpenRoom(t.Context(), second, opened, "", chat.Profile{})
	require.NoError(t, err)
	assert.False(t, ok, "no room takes another one's id")
}

func testUsedPlace(t *testing.T, store chat.Store) {
	w := contract.NewWorld(t, store)
	r, opened := newRoom(w.IDs.NewRoomID(w.Clock.Now(), ""), w.Customer())
	_, ok, err := store.PutMessage(t.Context(), opened)
	require.NoError(t, err)
	require.True(t, ok)
	ok, err = store.OpenRoom(t.Context(), r, opened, "", chat.Profile{})
	require.NoError(t, err)
	assert.False(t, ok, "a place is decided once")
}

func testStatusOfNobody(t *testing.T, store chat.Store) {
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
	ok, err := store.OpenRoom(t.Context(), r, opened, "", chat.Profile{})
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
