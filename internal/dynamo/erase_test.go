package dynamo_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/chat/chattest"
	"rejoin/internal/dynamo"
	"rejoin/internal/dynamo/dynamotest"
	"rejoin/internal/stats"
)

func TestErase(t *testing.T) {
	for _, engine := range dynamotest.Engines(t) {
		t.Run(engine, func(t *testing.T) { testErase(t, dynamotest.OpenStore(t, engine)) })
	}
}

// testErase: of two customers who talked to the same agent, one is erased, and no figure changes.
func testErase(t *testing.T, store *dynamo.Store) {
	w := chattest.NewWorld(t, store)
	ctx := t.Context()
	counts := &stats.Service{Store: store, Clock: w.Clock, Zone: time.UTC}
	agent := w.Agent()
	_, err := w.Service.JoinAgent(ctx, agent, chat.AgentJoin{})
	require.NoError(t, err)
	talk := func() (chat.Caller, chat.RoomID) {
		customer, r := w.Opened(t)
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
	assert.Len(t, w.Past(t, gone.Who), 4, "nothing was deleted")
	_, err = counts.Count(ctx)
	require.NoError(t, err)
	figures := func() []chat.StatsRow {
		rows, err := store.Stats(ctx, "hours/"+string(agent.Who), " ", "~")
		require.NoError(t, err)
		require.Len(t, rows, 1)
		return rows
	}
	before, past := figures(), w.Past(t, other.Who)

	done, err := store.Erase(ctx, gone.Who)
	require.NoError(t, err)
	assert.Equal(t, dynamo.Erased{Messages: 4, Lists: 1, Rooms: 1, Connections: 1, Customers: 1}, done)
	assert.Empty(t, w.Past(t, gone.Who))
	r, err := store.Room(ctx, room)
	require.NoError(t, err)
	assert.Zero(t, r)
	p, err := store.Person(ctx, gone.Who)
	require.NoError(t, err)
	assert.Zero(t, p)
	ends, err := store.Ended(ctx, chat.Span{Agent: agent.Who, To: w.Clock.Now()}, chat.Ending{}, 10)
	require.NoError(t, err)
	assert.Equal(t, []chat.Ending{{At: w.Clock.Now(), Room: kept}}, ends)
	assert.Equal(t, past, w.Past(t, other.Who), "another's")
	_, err = counts.Recount(ctx, w.Clock.Now(), w.Clock.Now())
	require.NoError(t, err)
	after := figures()
	assert.Equal(t, before[0].Data, after[0].Data, "statistics stay")

	done, err = store.Erase(ctx, gone.Who)
	require.NoError(t, err)
	assert.Zero(t, done, "again")
}
