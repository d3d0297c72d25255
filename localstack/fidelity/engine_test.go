package fidelity_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/dynamo"
	"rejoin/internal/proof/dynamotest"
)

type item = map[string]types.AttributeValue

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }

// onEngines runs a test on each of these engines that ENGINES names.
func onEngines(t *testing.T, engines []string, test func(t *testing.T, client *dynamodb.Client, tables dynamo.Tables)) {
	t.Helper()
	for _, engine := range dynamotest.Engines(t) {
		if slices.Contains(engines, engine) {
			t.Run(engine, func(t *testing.T) {
				client := dynamotest.Connect(t, engine)
				test(t, client, dynamotest.CreateTables(t, client))
			})
		}
	}
}

func engineRows() map[string]func(t *testing.T) {
	local, emulated := []string{dynamotest.Local}, []string{dynamotest.Emulator}
	both := slices.Concat(local, emulated)
	const all = types.ReturnConsumedCapacityTotal
	return map[string]func(t *testing.T){
		"equal-costs": func(t *testing.T) {
			onEngines(t, local, func(t *testing.T, client *dynamodb.Client, tables dynamo.Tables) {
				var puts []types.TransactWriteItem
				for i := range 5 {
					puts = append(puts, types.TransactWriteItem{Put: &types.Put{
						TableName: &tables.Connections, Item: item{"connectionId": text(fmt.Sprint("l", i))},
					}})
				}
				out, err := client.TransactWriteItems(t.Context(), &dynamodb.TransactWriteItemsInput{TransactItems: puts, ReturnConsumedCapacity: all})
				require.NoError(t, err)
				assert.InDelta(t, 2, *out.ConsumedCapacity[0].CapacityUnits, 0, "AWS bills 10: if it tells them, the meter can believe it")
			})
		},
		"missing-batch-keys": func(t *testing.T) {
			onEngines(t, local, func(t *testing.T, client *dynamodb.Client, tables dynamo.Tables) {
				out, err := client.BatchGetItem(t.Context(), &dynamodb.BatchGetItemInput{ReturnConsumedCapacity: all, RequestItems: map[string]types.KeysAndAttributes{
					tables.Rooms: {Keys: []item{{"roomId": text("none")}}},
				}})
				require.NoError(t, err)
				assert.InDelta(t, 0, *out.ConsumedCapacity[0].CapacityUnits, 0, "AWS bills half a unit")
			})
		},
		"empty-query": func(t *testing.T) {
			onEngines(t, local, func(t *testing.T, client *dynamodb.Client, tables dynamo.Tables) {
				out, err := client.Query(t.Context(), &dynamodb.QueryInput{
					TableName: &tables.Rooms, KeyConditionExpression: aws.String("roomId = :r"), ReturnConsumedCapacity: all,
					ExpressionAttributeValues: item{":r": text("none")},
				})
				require.NoError(t, err)
				assert.InDelta(t, 0, *out.ConsumedCapacity.CapacityUnits, 0, "AWS bills half a unit")
			})
		},
		"index-at-once": func(t *testing.T) {
			onEngines(t, both, func(t *testing.T, client *dynamodb.Client, tables dynamo.Tables) {
				for i := range 50 {
					customer := text(fmt.Sprint("c", i))
					_, err := client.PutItem(t.Context(), &dynamodb.PutItemInput{
						TableName: &tables.Rooms, Item: item{"roomId": text(fmt.Sprint("r", i)), "customerId": customer},
					})
					require.NoError(t, err)
					out, err := client.Query(t.Context(), &dynamodb.QueryInput{
						TableName: &tables.Rooms, IndexName: aws.String("customer"), KeyConditionExpression: aws.String("customerId = :c"),
						ExpressionAttributeValues: item{":c": customer},
					})
					require.NoError(t, err)
					require.Len(t, out.Items, 1, "an index lags")
				}
			})
		},
		"overlapping-paths": func(t *testing.T) {
			onEngines(t, emulated, func(t *testing.T, client *dynamodb.Client, tables dynamo.Tables) {
				_, err := client.UpdateItem(t.Context(), &dynamodb.UpdateItemInput{
					TableName: &tables.Rooms, Key: item{"roomId": text("r")}, UpdateExpression: aws.String("SET x = :a, x = :b"),
					ExpressionAttributeValues: item{":a": text("1"), ":b": text("2")},
				})
				require.NoError(t, err, "it is refused now, as on AWS")
			})
		},
		"early-expiry": func(t *testing.T) {
			onEngines(t, emulated, func(t *testing.T, client *dynamodb.Client, tables dynamo.Tables) {
				_, err := client.UpdateTimeToLive(t.Context(), &dynamodb.UpdateTimeToLiveInput{
					TableName: &tables.Rooms, TimeToLiveSpecification: &types.TimeToLiveSpecification{AttributeName: aws.String("ttl"), Enabled: aws.Bool(true)},
				})
				require.NoError(t, err)
				key := item{"roomId": text("r")}
				_, err = client.PutItem(t.Context(), &dynamodb.PutItemInput{
					TableName: &tables.Rooms, Item: item{"roomId": text("r"), "ttl": &types.AttributeValueMemberN{Value: fmt.Sprint(time.Now().Unix() - 60)}},
				})
				require.NoError(t, err)
				require.Eventually(t, func() bool {
					out, err := client.GetItem(t.Context(), &dynamodb.GetItemInput{TableName: &tables.Rooms, Key: key})
					return err == nil && out.Item == nil
				}, timeout, time.Second, "an expired item stays for longer")
			})
		},
	}
}
