package dynamotest_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/dynamo/dynamotest"
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
	write, _ = cost(func() error {
		_, err := client.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{TransactItems: []types.TransactWriteItem{
			{Put: &types.Put{TableName: rooms, Item: room("r3", nil)}},
			{Put: &types.Put{TableName: &tables.Connections, Item: item{"connectionId": text("l1")}}},
		}})
		return err
	})
	assert.InDelta(t, 2*(2+1), write, 0, "two each, in a transaction")

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

	m.Reset()
	_, err := client.GetItem(ctx, &dynamodb.GetItemInput{TableName: aws.String("none"), Key: item{"roomId": text("r")}})
	require.Error(t, err)
	assert.Len(t, m.Reading().Failures, 1, "what has no price is told")
}
