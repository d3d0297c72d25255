package dynamo_test

import (
	"flag"
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
	"rejoin/internal/proof/dynamotest"
)

// dueNow is how many rooms are due, whatever else there is.
const dueNow = 100

// TestSweepBudget: a run of the sweep reads the due rooms only, however many are open.
func TestSweepBudget(t *testing.T) {
	t.Parallel()
	if !dynamotest.OnLocal(t) {
		return
	}
	few, lots := sweepCost(t, 1000), sweepCost(t, openRooms())
	assert.Positive(t, few, "the meter measures")
	assert.InDelta(t, few, lots, 1, "read units")
}

// openRooms is how many, unless `go test -args 100000` says otherwise.
func openRooms() int {
	if n, err := strconv.Atoi(flag.Arg(0)); err == nil {
		return n
	}
	return fullSize
}

// sweepCost is the read units of one run with so many open rooms, of which dueNow are due: half of them waiting, half
// active.
func sweepCost(t *testing.T, open int) float64 {
	t.Helper()
	w, m, client, tables := metered(t)
	now := w.Clock.Now()
	load(t, client, tables.Rooms, open, func(i int) map[string]types.AttributeValue {
		c := chat.Caller{Who: chat.PersonID(fmt.Sprint("c_", i)), Conn: chat.ConnectionID(fmt.Sprint("conn-", i)), At: 1}
		r, _ := newRoom(w.IDs.NewRoomID(now, ""), c)
		r.Created, r.SweepAt = now, now.After(5*time.Minute)
		if i%2 == 0 {
			r.Status, r.TakenAt, r.Held = chat.StatusActive, now, []chat.PersonID{"a_1"}
			r.Agent = chat.Member{Who: "a_1", Next: 1, Seat: chat.Seat{Conn: "conn-agent", At: 1}}
		}
		if i%(open/dueNow) == 0 && i/(open/dueNow) < dueNow {
			r.SweepAt = now
		}
		return dynamo.RoomItem(r)
	})
	m.Reset()
	done, err := w.Service.Sweep(t.Context())
	require.NoError(t, err)
	require.Equal(t, chat.Swept{Checked: dueNow}, done)
	cost := m.Reading().Read
	t.Logf("%d due of %d open: %v read units", dueNow, open, cost)
	return cost
}
