package dynamotest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/proof/dynamotest"
)

type item = map[string]types.AttributeValue

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }

// TestSize: by hand, after the Developer Guide.
func TestSize(t *testing.T) {
	for name, c := range map[string]struct {
		item item
		want int
	}{
		"nothing":          {item{}, 0},
		"name and string":  {item{"roomId": text("r1")}, 6 + 2},
		"UTF-8":            {item{"t": text("한")}, 1 + 3},
		"number":           {item{"n": &types.AttributeValueMemberN{Value: "12345"}}, 1 + 3 + 1},
		"set of strings":   {item{"s": &types.AttributeValueMemberSS{Value: []string{"ab", "c"}}}, 1 + 3},
		"bytes":            {item{"b": &types.AttributeValueMemberB{Value: make([]byte, 10)}}, 1 + 10},
		"truth":            {item{"b": &types.AttributeValueMemberBOOL{Value: true}}, 1 + 1},
		"each of them sum": {item{"a": text("1"), "bc": text("23")}, 2 + 4},
	} {
		assert.Equal(t, c.want, dynamotest.Size(c.item), name)
	}
}

// TestMeter: what each kind of request costs on AWS, by hand.
func TestMeter(t *testing.T) {
	if !dynamotest.OnLocal(t) {
		return
	}
	var m dynamotest.Meter
	client := dynamotest.Connect(t, dynamotest.Local, m.Attach)
	tables := dynamotest.CreateTables(t, dynamotest.Connect(t, dynamotest.Local))
	rooms, ctx := &tables.Rooms, t.Context()
	room := func(id string, more item) item {
		it := item{"roomId": text(id), "customerId": text("c_1")}
		for name, v := range more {
			it[name] = v
		}
		return it
	}
	cost := func(do func() error) (write, read float64) {
		m.Reset()
		require.NoError(t, do())
		got := m.Reading()
		assert.Empty(t, got.Failures)
		return got.Write, got.Read
	}

	write, _ := cost(func() error {
		_, err := client.PutItem(ctx, &dynamodb.PutItemInput{TableName: rooms, Item: room("r1", nil)})
		return err
	})
	assert.InDelta(t, 2, write, 0, "a small item in one index: one each")
	write, _ = cost(func() error {
		_, err := client.PutItem(ctx, &dynamodb.PutItemInput{TableName: rooms, Item: room("r2", item{"x": text(strings.Repeat("x", 1500))})})
		return err
	})
	assert.InDelta(t, 3, write, 0, "an item of 1.5 KB, whose index holds its keys")
	write, _ = cost(func() error {
		_, err := client.PutItem(ctx, &dynamodb.PutItemInput{
			TableName: rooms, Item: room("r2", nil), ConditionExpression: aws.String("attribute_not_exists(roomId)"),
			ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
		})
		assert.ErrorContains(t, err, "conditional")
		return nil
	})
	assert.InDelta(t, 2, write, 0, "a refused write costs what is there")
	find := func(customer string, consistent bool) func() error {
		return func() error {
			in := &dynamodb.QueryInput{
				TableName: rooms, IndexName: aws.String("customer"), KeyConditionExpression: aws.String("customerId = :c"),
				ExpressionAttributeValues: item{":c": text(customer)},
			}
			if consistent {
				in.TableName, in.IndexName, in.ConsistentRead = &tables.Messages, nil, aws.Bool(true)
			}
			_, err := client.Query(ctx, in)
			return err
		}
	}
	for _, c := range []struct {
		customer   string
		consistent bool
		want       float64
	}{{"c_1", false, 0.5}, {"c_2", false, 0.5}, {"c_2", true, 1}} {
		_, read := cost(find(c.customer, c.consistent))
		assert.InDelta(t, c.want, read, 0, "%v", c)
	}

	_, read := cost(func() error {
		_, err := client.BatchGetItem(ctx, &dynamodb.BatchGetItemInput{RequestItems: map[string]types.KeysAndAttributes{
			*rooms: {Keys: []item{{"roomId": text("r1")}, {"roomId": text("none")}, {"roomId": text("no other")}}},
		}})
		return err
	})
	assert.InDelta(t, 3*0.5, read, 0, "a key that no item has costs as one that a small item has")

	m.Reset()
	_, err := client.GetItem(ctx, &dynamodb.GetItemInput{TableName: aws.String("none"), Key: item{"roomId": text("r")}})
	require.Error(t, err)
	assert.Len(t, m.Reading().Failures, 1, "what has no price is told")
}

// TestMeterOfTransactions: each operation counts, also beside one that costs the same. Alone, the engine itself tells what it
// costs; in a transaction AWS bills it twice.
func TestMeterOfTransactions(t *testing.T) {
	if !dynamotest.OnLocal(t) {
		return
	}
	var m dynamotest.Meter
	client := dynamotest.Connect(t, dynamotest.Local, m.Attach)
	tables := dynamotest.CreateTables(t, dynamotest.Connect(t, dynamotest.Local))
	rooms, agents := &tables.Rooms, &tables.Agents
	key := item{"roomId": text("r0")}
	put := func(table *string, it item) types.TransactWriteItem {
		return types.TransactWriteItem{Put: &types.Put{TableName: table, Item: it}}
	}
	update := func(table *string, key item, expression, value string) types.TransactWriteItem {
		return types.TransactWriteItem{Update: &types.Update{
			TableName: table, Key: key, UpdateExpression: &expression, ExpressionAttributeValues: item{":v": text(value)},
		}}
	}
	room := func(i int) item { return item{"roomId": text(fmt.Sprint("r", i)), "customerId": text("c_1")} }
	agent := func(name string) item {
		return item{"agentId": text("a_1"), "status": text("online"), "conn": text("l1"), "name": text(name)}
	}
	for _, c := range []struct {
		name string
		ops  []types.TransactWriteItem
		want float64 // outside a transaction
	}{
		{"five of a kind", []types.TransactWriteItem{put(rooms, room(0)), put(rooms, room(1)), put(rooms, room(2)), put(rooms, room(3)), put(rooms, room(4))}, 5 * 2},
		{"a size of its own", []types.TransactWriteItem{put(rooms, item{"roomId": text("r5"), "x": text(strings.Repeat("x", 1500))}), put(rooms, item{"roomId": text("r6")})}, 2 + 1},
		{"what no index holds", []types.TransactWriteItem{update(rooms, key, "SET x = :v", "x"), update(rooms, item{"roomId": text("r1")}, "SET x = :v", "x")}, 2},
		{"from one key of an index to another", []types.TransactWriteItem{update(rooms, key, "SET customerId = :v", "c_2")}, 1 + 2},
		{"an item that shrinks", []types.TransactWriteItem{update(rooms, item{"roomId": text("r5")}, "SET x = :v", "x")}, 2},
		{"into an index that holds more than keys", []types.TransactWriteItem{put(agents, agent("Mina"))}, 2},
		{"what such an index holds", []types.TransactWriteItem{put(agents, agent("Mina Park"))}, 2},
		{"deleted", []types.TransactWriteItem{
			{Delete: &types.Delete{TableName: rooms, Key: item{"roomId": text("r2")}}},
			{Delete: &types.Delete{TableName: rooms, Key: item{"roomId": text("r3")}}},
		}, 2 * 2},
		{"looked at", []types.TransactWriteItem{
			put(&tables.Connections, item{"connectionId": text("l1")}),
			{ConditionCheck: &types.ConditionCheck{TableName: rooms, Key: key, ConditionExpression: aws.String("attribute_exists(roomId)")}},
			{ConditionCheck: &types.ConditionCheck{TableName: rooms, Key: item{"roomId": text("r4")}, ConditionExpression: aws.String("attribute_exists(roomId)")}},
		}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			m.Reset()
			out, err := client.TransactWriteItems(t.Context(), &dynamodb.TransactWriteItemsInput{
				TransactItems: c.ops, ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
			})
			require.NoError(t, err)
			assert.Empty(t, m.Reading().Failures)
			assert.InDelta(t, 2*c.want, m.Reading().Write, 0)
			if len(c.ops) == 1 {
				assert.InDelta(t, *out.ConsumedCapacity[0].CapacityUnits, m.Reading().Write, 0, "what the engine tells")
			}
		})
	}
}
