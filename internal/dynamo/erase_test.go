package dynamo_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
	"rejoin/internal/memory"
	"rejoin/internal/proof/contract"
	"rejoin/internal/proof/dynamotest"
	"rejoin/internal/stats"
)

func TestErase(t *testing.T) {
	dynamotest.OnEach(t, testErase)
}

// testErase: of two customers of the same agent one is erased, and no statistics change.
func testErase(t *testing.T, store *dynamo.Store) {
	w := contract.NewWorld(t, store)
	ctx := t.Context()
	counts := &stats.Service{Store: store, Clock: w.Clock, Each: memory.Each, Zone: time.UTC}
	agent := w.Agent()
	_, err := w.Service.JoinAgent(ctx, agent, chat.AgentJoin{})
	require.NoError(t, err)
	talk := func() (chat.Caller, chat.RoomID) {
		customer, r := w.WaitingRoom(t)
		require.NoError(t, w.Service.Connect(ctx, customer))
		_, err := w.Service.Take(ctx, agent, r.ID)
		require.NoError(t, err)
		_, err = w.Service.Message(ctx, customer, r.ID, 1, "my secret")
		require.NoError(t, err)
		return customer, r.ID
	}
	gone, room := talk()
	other, kept := talk()
	_, err = store.Erase(ctx, gone.Who)
	require.ErrorIs(t, err, dynamo.ErrOpen)
	for who, id := range map[chat.PersonID]chat.RoomID{gone.Who: room, other.Who: kept} {
		_, err := w.Service.End(ctx, chat.Caller{Who: agent.Who, Conn: agent.Conn, At: agent.At, Side: chat.Agent}, id)
		require.NoError(t, err, who)
	}
	_, err = store.Erase(ctx, gone.Who)
	require.ErrorIs(t, err, dynamo.ErrUncounted)
	assert.Len(t, w.StoredMessages(t, gone.Who), 4, "nothing was deleted")
	_, err = counts.Count(ctx)
	require.NoError(t, err)
	figures := func() []chat.StatsRow {
		rows, err := store.Stats(ctx, "hours/"+string(agent.Who), " ", "~")
		require.NoError(t, err)
		require.Len(t, rows, 1)
		return rows
	}
	before, past := figures(), w.StoredMessages(t, other.Who)

	done, err := store.Erase(ctx, gone.Who)
	require.NoError(t, err)
	assert.Equal(t, dynamo.Erased{Messages: 4, Lists: 1, Rooms: 1, Connections: 1, Customers: 1}, done)
	assert.Empty(t, w.StoredMessages(t, gone.Who))
	r, err := store.Room(ctx, room)
	require.NoError(t, err)
	assert.Zero(t, r)
	p, err := store.Person(ctx, gone.Who)
	require.NoError(t, err)
	assert.Zero(t, p)
	ends, err := store.EndedRooms(ctx, chat.Span{Agent: agent.Who, To: w.Clock.Now()}, chat.Ending{}, 10)
	require.NoError(t, err)
	assert.Equal(t, []chat.Ending{{At: w.Clock.Now(), Room: kept}}, ends)
	assert.Equal(t, past, w.StoredMessages(t, other.Who), "another's")
	_, err = counts.Recount(ctx, w.Clock.Now(), w.Clock.Now())
	require.NoError(t, err)
	after := figures()
	assert.Equal(t, before[0].Data, after[0].Data, "statistics stay")

	done, err = store.Erase(ctx, gone.Who)
	require.NoError(t, err)
	assert.Zero(t, done, "again")
}

// testEraseWhileOpening: a customer who opens a chat while they are erased keeps it, and can open no second one.
func testEraseWhileOpening(t *testing.T, store *dynamo.Store) {
	for name, before := range map[string]func(*testing.T, *contract.World, chat.Caller) chat.RoomID{
		"their first": func(*testing.T, *contract.World, chat.Caller) chat.RoomID { return "" },
		"another":     countedRoom,
	} {
		t.Run(name, func(t *testing.T) {
			w := contract.NewWorld(t, store)
			customer := w.Customer()
			last := before(t, w, customer)
			var opened chat.Room
			overtaken := store.Overtaken("DeleteItem", sync.OnceFunc(func() { opened = openRoom(t, w, customer, last) }))
			done, err := overtaken.Erase(t.Context(), customer.Who)
			require.ErrorIs(t, err, dynamo.ErrOpen)
			assert.Zero(t, done, "nothing was deleted")
			p, err := store.Person(t.Context(), customer.Who)
			require.NoError(t, err)
			assert.Equal(t, opened.ID, p.Room)
			assert.NotEmpty(t, w.StoredMessages(t, customer.Who))
		})
	}
}

// TestEraseReadsTheLastRoom: the index may not list it yet.
func TestEraseReadsTheLastRoom(t *testing.T) {
	dynamotest.OnEach(t, func(t *testing.T, store *dynamo.Store) {
		w := contract.NewWorld(t, store)
		customer, r := w.WaitingRoom(t)
		store.SetRaw(t, r.ID, "customerId", "c_nobody") // as the index still has it
		done, err := store.Erase(t.Context(), customer.Who)
		require.ErrorIs(t, err, dynamo.ErrOpen)
		assert.Zero(t, done)
	})
}

// TestEraseContinuesWhenRepeated: a repeat completes an erasure that failed half-way, even if the customer has come
// back.
func TestEraseContinuesWhenRepeated(t *testing.T) {
	dynamotest.OnEach(t, func(t *testing.T, store *dynamo.Store) {
		w := contract.NewWorld(t, store)
		customer := w.Customer()
		room := countedRoom(t, w, customer)
		require.NoError(t, w.Service.Connect(t.Context(), customer))
		ctx, stop := context.WithCancel(t.Context())
		deletes := 0
		dies := store.Overtaken("DeleteItem", func() {
			if deletes++; deletes == 4 { // after the customer, their connection and a text
				stop()
			}
		})
		done, err := dies.Erase(ctx, customer.Who)
		require.ErrorIs(t, err, context.Canceled)
		assert.Equal(t, dynamo.Erased{Messages: 1, Connections: 1, Customers: 1}, done)

		back := w.Reconnect(customer)
		require.NoError(t, w.Service.Connect(t.Context(), back))
		_, err = w.Service.JoinCustomer(t.Context(), back, chat.CustomerJoin{Room: room})
		require.NoError(t, err)
		done, err = store.Erase(t.Context(), customer.Who)
		require.NoError(t, err)
		assert.Equal(t, dynamo.Erased{Messages: 1, Rooms: 1, Connections: 1, Customers: 1}, done)
		assert.Empty(t, w.StoredMessages(t, customer.Who))
	})
}

func openRoom(t *testing.T, w *contract.World, c chat.Caller, last chat.RoomID) chat.Room {
	t.Helper()
	part, err := w.Service.JoinCustomer(t.Context(), c, chat.CustomerJoin{Start: true, Room: last})
	require.NoError(t, err)
	return part.View.Room
}

// countedRoom is an ended and counted chat of the customer that nobody took.
func countedRoom(t *testing.T, w *contract.World, c chat.Caller) chat.RoomID {
	t.Helper()
	r := openRoom(t, w, c, "")
	_, err := w.Service.End(t.Context(), c, r.ID)
	require.NoError(t, err)
	r, err = w.Store.Room(t.Context(), r.ID)
	require.NoError(t, err)
	_, ok, err := w.Store.SetCounted(t.Context(), r.ID, r.Rev)
	require.NoError(t, err)
	require.True(t, ok)
	return r.ID
}
