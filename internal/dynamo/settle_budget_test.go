package dynamo_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
	"rejoin/internal/proof/dynamotest"
)

// oneKey is how many read units a key of DynamoDB has in a second:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
const oneKey = 3000

// TestLongRoomBudget: of a room of the longest texts, neither an end nor a text reads more than one key has in a second, and
// all texts but one in MaxUnsettled read nothing.
func TestLongRoomBudget(t *testing.T) {
	t.Parallel()
	if !dynamotest.OnLocal(t) {
		return
	}
	w, m, client, tables := metered(t)
	customer, _, r := w.ActiveRoom(t)
	longest := strings.Repeat("😀", chat.MaxText)
	fill := func(left int64) { // but for so many places
		r, err := w.Store.Room(t.Context(), r.ID)
		require.NoError(t, err)
		full := r
		full.Seq = r.Bound - left
		full.Customer.No, full.Customer.Next, full.Customer.NoSeq = int(full.Seq), int(full.Seq)+1, full.Seq
		load(t, client, tables.Messages, int(full.Seq-r.Seq), func(i int) map[string]types.AttributeValue {
			seq := r.Seq + int64(i) + 1
			return dynamo.MessageItem(chat.Message{Customer: customer.Who, Room: r.ID, Seq: seq, From: chat.Customer, No: int(seq), Text: longest, At: 1})
		})
		ok, err := w.Store.ChangeRoom(t.Context(), r, full, nil)
		require.NoError(t, err)
		require.True(t, ok)
		m.Reset()
	}
	send := func() float64 {
		now, err := w.Store.Room(t.Context(), r.ID)
		require.NoError(t, err)
		m.Reset()
		_, err = w.Service.Message(t.Context(), customer, r.ID, now.Customer.Next, longest)
		require.NoError(t, err)
		return m.Reading().Read
	}
	fill(1)
	before, atBound, after := send(), send(), send()
	fill(1)
	_, err := w.Service.End(t.Context(), customer, r.ID)
	require.NoError(t, err)
	end := m.Reading().Read
	size := dynamotest.Size(dynamo.MessageItem(chat.Message{Customer: customer.Who, Room: r.ID, Seq: 1, From: chat.Customer, Text: longest}))
	t.Logf("texts of %d bytes read %v, %v and %v units, and the end %v", size, before, atBound, after, end)
	assert.Zero(t, before)
	assert.Greater(t, atBound, 1000.0, "the meter measures")
	assert.LessOrEqual(t, atBound, float64(oneKey))
	assert.Zero(t, after)
	assert.Greater(t, end, 1000.0)
	assert.LessOrEqual(t, end, float64(oneKey))
}
