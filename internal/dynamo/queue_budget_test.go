package dynamo_test

import (
	"flag"
	"fmt"
	"strconv"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
	"rejoin/internal/proof/contract"
	"rejoin/internal/proof/dynamotest"
	"rejoin/internal/stats"
)

// TestQueueBudget: a position costs the last who wait as much as the first, and what agents see of the queue costs the
// same however many wait behind it.
func TestQueueBudget(t *testing.T) {
	t.Parallel()
	if !dynamotest.OnLocal(t) {
		return
	}
	long := 1000
	if n, err := strconv.Atoi(flag.Arg(0)); err == nil {
		long = n
	}
	few, many := newLongQueue(t, 200), newLongQueue(t, long)
	first := many.position(t, 1)
	assert.Positive(t, first, "the meter measures")
	assert.LessOrEqual(t, first, 2.0, "the first")
	assert.LessOrEqual(t, many.position(t, 49), 2.0+0.5*48, "before the first mark the rooms are read")
	for _, at := range []int{51, 52, 200, long / 2, long} {
		assert.LessOrEqual(t, many.position(t, at), 2.0, "the %dth", at)
	}
	assert.InDelta(t, few.queue(t), many.queue(t), 2, "an agent's queue")
	assert.LessOrEqual(t, many.full(t, 2*long), 1.0, "is there a place? far from the limit")
	t.Logf("is there a place? near the limit: %v read units", many.full(t, long+1))
}

// longQueue is a queue whose customers are present, with its ids in order.
type longQueue struct {
	*contract.World
	meter *dynamotest.Meter
	agent chat.Caller
	ids   []chat.RoomID
}

func newLongQueue(t *testing.T, n int) longQueue {
	t.Helper()
	w, m, client, tables := metered(t)
	q := longQueue{World: w, meter: m, agent: w.Agent(), ids: make([]chat.RoomID, n)}
	load(t, client, tables.Rooms, n, func(i int) map[string]types.AttributeValue {
		c := chat.Caller{Who: chat.PersonID(fmt.Sprint("c_", i)), Conn: chat.ConnectionID(fmt.Sprint("conn-", i)), At: 1}
		r, _ := newRoom(w.IDs.NewRoomID(w.Clock.Now(), ""), c)
		q.ids[i] = r.ID
		return dynamo.RoomItem(r)
	})
	_, err := w.Service.JoinAgent(t.Context(), q.agent, chat.AgentJoin{})
	require.NoError(t, err)
	m.Reset()
	_, err = (&stats.Service{Store: w.Store, Clock: w.Clock}).Sample(t.Context())
	require.NoError(t, err)
	t.Logf("%d wait: the sweep reads %v units and writes %v", n, m.Reading().Read, m.Reading().Write)
	return q
}

// position is the read units of the position of the nth.
func (q longQueue) position(t *testing.T, nth int) float64 {
	t.Helper()
	q.meter.Reset()
	at, err := q.Service.Snapshot.Position(t.Context(), q.ids[nth-1])
	require.NoError(t, err)
	assert.Equal(t, nth, at)
	return q.reading(t, fmt.Sprintf("the position of no. %d of %d", nth, len(q.ids)))
}

// queue is the read units of what an agent sees.
func (q longQueue) queue(t *testing.T) float64 {
	t.Helper()
	q.meter.Reset()
	list, err := q.Service.Queue(t.Context(), q.agent)
	require.NoError(t, err)
	assert.Equal(t, len(q.ids), list.Waiting)
	assert.Len(t, list.Rooms, chat.MaxQueue)
	return q.reading(t, fmt.Sprintf("an agent's queue, %d wait", len(q.ids)))
}

// full is the read units of asking whether so many wait, who don't.
func (q longQueue) full(t *testing.T, most int) float64 {
	t.Helper()
	q.meter.Reset()
	full, err := q.Service.Snapshot.IsFull(t.Context(), most)
	require.NoError(t, err)
	assert.False(t, full)
	return q.reading(t, fmt.Sprintf("are there %d? %d are", most, len(q.ids)))
}

func (q longQueue) reading(t *testing.T, what string) float64 {
	t.Helper()
	cost := q.meter.Reading()
	assert.Zero(t, cost.Write)
	t.Logf("%s: %v read units: %s", what, cost.Read, cost)
	return cost.Read
}
