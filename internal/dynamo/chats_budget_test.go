package dynamo_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
	"rejoin/internal/proof/dynamotest"
)

// TestChatsBudget: a page of ended chats costs what it shows, however many others ended in the same month.
func TestChatsBudget(t *testing.T) {
	t.Parallel()
	if !dynamotest.OnLocal(t) {
		return
	}
	w, m, client, tables := metered(t)
	agent, admin := w.Agent(), w.Admin()
	_, err := w.Service.JoinAgent(t.Context(), agent, chat.AgentJoin{})
	require.NoError(t, err)
	from := w.Clock.Now()
	for range chat.MaxPage {
		customer, r := w.WaitingRoom(t)
		_, err := w.Service.Take(t.Context(), agent, r.ID)
		require.NoError(t, err)
		_, err = w.Service.End(t.Context(), customer, r.ID)
		require.NoError(t, err)
		w.Clock.Advance(time.Minute)
	}
	month := chat.ChatsQuery{From: from, To: from.After(28 * 24 * time.Hour)}
	page := func(who chat.Caller) float64 {
		m.Reset()
		got, err := w.Service.Chats(t.Context(), who, month)
		require.NoError(t, err)
		assert.Len(t, got.Rooms, chat.MaxPage)
		cost := m.Reading()
		assert.Zero(t, cost.Write)
		t.Logf("a page of %d for %s: %v read units: %s", len(got.Rooms), who.Name, cost.Read, cost)
		return cost.Read
	}
	alone, all := page(agent), page(admin)
	assert.Positive(t, alone, "the meter measures")
	assert.LessOrEqual(t, alone, 18.0, "half a unit for each room, one for who asks, and the list")
	assert.LessOrEqual(t, all, 18.0)

	load(t, client, tables.Rooms, fullSize, func(i int) map[string]types.AttributeValue {
		r, _ := newRoom(w.IDs.NewRoomID(w.Clock.Now(), ""), chat.Caller{Who: chat.PersonID(fmt.Sprint("c_", i)), At: 1})
		r.Status, r.EndedAt = chat.StatusEnded, from-1-chat.Millis(i) // half before the range, half in it
		if i%2 == 0 {
			r.EndedAt = from.After(20 * 24 * time.Hour)
		}
		return dynamo.RoomItem(r)
	})
	assert.InDelta(t, alone, page(agent), 0, "beside 10,000 chats of others")
	assert.InDelta(t, all, page(admin), 1, "beside 10,000 in the month")
}
