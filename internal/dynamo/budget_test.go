package dynamo_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
	"rejoin/internal/proof/contract"
	"rejoin/internal/proof/dynamotest"
)

// fullSize is the number of messages and rooms that must not make a message dearer: a room has no more.
const fullSize = chat.MaxPlaces

// TestBudget: what one message costs in each direction with both sides present. Only DynamoDB's own engine counts
// units as AWS bills them.
func TestBudget(t *testing.T) {
	t.Parallel()
	if !dynamotest.OnLocal(t) {
		return
	}
	w, m, client, tables := metered(t)
	w.Pusher.Watch(func(conn chat.ConnectionID, _ chat.Push) { m.Note("post " + string(conn)) })

	w.Service.Rules.Burst = 1 // each text begins a run, which writes more
	t.Run("a young room", func(t *testing.T) { checkMessageCost(t, w, m, newActiveRoom(t, w, 10)) })
	late := newActiveRoom(t, w, fullSize-2)
	load(t, client, tables.Messages, fullSize-2, func(i int) map[string]types.AttributeValue {
		return dynamo.MessageItem(chat.Message{
			Customer: late.room.Customer.Who, Room: late.room.ID, Seq: int64(i + 1), From: chat.Customer, No: i + 1, Text: "text", At: 1,
		})
	})
	t.Run("the last messages of a full room", func(t *testing.T) { checkMessageCost(t, w, m, late) })
	load(t, client, tables.Rooms, fullSize, func(i int) map[string]types.AttributeValue {
		r, _ := newRoom(w.IDs.NewRoomID(w.Clock.Now(), ""), chat.Caller{Who: chat.PersonID(fmt.Sprint("c_", i)), At: 1})
		if i%2 == 0 {
			r.Status, r.Agent.Who = chat.StatusActive, late.agent.Who
		}
		return dynamo.RoomItem(r)
	})
	t.Run("10,000 other rooms", func(t *testing.T) { checkMessageCost(t, w, m, newActiveRoom(t, w, 10)) })
}

// metered returns a world on the official engine with a meter of its requests and their cost, its tables, and a
// client that is not metered.
func metered(t *testing.T) (*contract.World, *dynamotest.Meter, *dynamodb.Client, dynamo.Tables) {
	t.Helper()
	m := &dynamotest.Meter{}
	client := dynamotest.Connect(t, dynamotest.Local)
	tables := dynamotest.CreateTables(t, client)
	store := dynamo.New(dynamotest.Connect(t, dynamotest.Local, m.Attach), tables)
	return contract.NewWorld(t, store), m, client, tables
}

// activeRoom is an active room with both sides present.
type activeRoom struct {
	room            chat.Room
	customer, agent chat.Caller
}

// newActiveRoom makes an active room that has come to seq. Its fields are long, so that its size is near one unit.
func newActiveRoom(t *testing.T, w *contract.World, seq int64) activeRoom {
	t.Helper()
	c := activeRoom{customer: w.Customer(), agent: w.Agent()}
	r, opened := newRoom(w.IDs.NewRoomID(w.Clock.Now(), ""), c.customer)
	ok, err := w.Store.OpenRoom(t.Context(), r, opened, chat.Start{})
	require.NoError(t, err)
	require.True(t, ok)
	after := r
	after.Status, after.Seq, after.Settled, after.Created, after.TakenAt = chat.StatusActive, seq, seq, w.Clock.Now(), w.Clock.Now()
	after.Bound = seq + chat.MaxUnsettled
	after.Topic, after.Preview = "배송 문의", strings.Repeat("한", 60)+"…"
	after.Held = []chat.PersonID{c.agent.Who}
	after.Customer.Name, after.Customer.Next, after.Customer.No = strings.Repeat("김", 20), int(seq), int(seq-1)
	after.Customer.Digest, after.Agent.Digest = "n4bQgYhMfWWaL-qg", "ungWv48Bz-pBQUDe"
	after.Agent = chat.Member{
		Who: c.agent.Who, Name: strings.Repeat("이", 20), Seat: chat.Seat{Conn: c.agent.Conn, At: c.agent.At, Prev: "Lr3AXdQ0FiACFjw="},
		No: int(seq - 1), Next: int(seq),
	}
	ok, err = w.Store.ChangeRoom(t.Context(), r, after, nil)
	require.NoError(t, err)
	require.True(t, ok)
	c.room = after
	return c
}

// checkMessageCost checks the budget of one message in each direction.
func checkMessageCost(t *testing.T, w *contract.World, m *dynamotest.Meter, c activeRoom) {
	t.Helper()
	text := strings.Repeat("안녕하세요 ", 40)
	for _, way := range []struct {
		from, to chat.Caller
		no       int
	}{{c.customer, c.agent, c.room.Customer.Next}, {c.agent, c.customer, c.room.Agent.Next}} {
		m.Reset()
		_, err := w.Service.Message(t.Context(), way.from, c.room.ID, way.no, text)
		m.Note("answer")
		require.NoError(t, err)
		cost := m.Reading()
		want := []string{"UpdateItem", "PutItem", "post " + string(way.to.Conn), "answer"}
		assert.Equal(t, want, cost.Journal, "from %s: two round trips, one post, the answer", way.from.Side)
		assert.False(t, cost.Overlapped, "one after the other")
		assert.Positive(t, cost.Write, "the meter measures")
		assert.LessOrEqual(t, cost.Write, 2.0, "write units")
		assert.Zero(t, cost.Read, "read units")
		t.Logf("from %s: %v write units, %v read units: %s", way.from.Side, cost.Write, cost.Read, cost)
	}
}

// load writes many items, 25 in a request (DynamoDB's limit).
func load(t *testing.T, client *dynamodb.Client, table string, n int, make func(i int) map[string]types.AttributeValue) {
	t.Helper()
	requests := [][]types.WriteRequest{nil}
	for i := range n {
		last := len(requests) - 1
		requests[last] = append(requests[last], types.WriteRequest{PutRequest: &types.PutRequest{Item: make(i)}})
		if len(requests[last]) == 25 {
			requests = append(requests, nil)
		}
	}
	requests = slices.DeleteFunc(requests, func(batch []types.WriteRequest) bool { return len(batch) == 0 })
	var workers sync.WaitGroup
	for part := range slices.Chunk(requests, (len(requests)+3)/4) {
		workers.Go(func() {
			for _, batch := range part {
				out, err := client.BatchWriteItem(context.Background(), &dynamodb.BatchWriteItemInput{
					RequestItems: map[string][]types.WriteRequest{table: batch},
				})
				if assert.NoError(t, err) {
					assert.Empty(t, out.UnprocessedItems)
				}
			}
		})
	}
	workers.Wait()
}
