package main

import (
	"fmt"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/proof/dynamotest"
)

// TestScanned compares the sample's Scan, Put and Delete with the official engine's units.
func TestScanned(t *testing.T) {
	if !dynamotest.OnLocal(t) {
		return
	}
	var m dynamotest.Meter
	client := dynamotest.Connect(t, dynamotest.Local, m.Attach)
	table := dynamotest.CreateTables(t, dynamotest.Connect(t, dynamotest.Local)).Connections
	key := func(i int) map[string]types.AttributeValue {
		return map[string]types.AttributeValue{"connectionId": &types.AttributeValueMemberS{Value: fmt.Sprintf("TzR4sfDWl%06d=", i)}}
	}
	at := 0
	for _, connected := range []int{1, 10, 200, 1000} {
		m.Reset()
		for ; at < connected; at++ {
			_, err := client.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: &table, Item: key(at)})
			require.NoError(t, err)
		}
		m.Reset()
		out, err := client.Scan(t.Context(), &dynamodb.ScanInput{TableName: &table, ProjectionExpression: aws.String("connectionId")})
		require.NoError(t, err)
		want := scanned(float64(connected))
		assert.InDelta(t, want[reads], m.Reading().Read, 0, "%d connected", connected)
		assert.Len(t, out.Items, int(want[posts]))
	}
	m.Reset()
	_, err := client.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: &table, Item: key(at)})
	require.NoError(t, err)
	_, err = client.DeleteItem(t.Context(), &dynamodb.DeleteItemInput{TableName: &table, Key: key(at)})
	require.NoError(t, err)
	assert.InDelta(t, 2, m.Reading().Write, 0, "one to connect, one to disconnect")
}

// TestSampleUsage compares with usage computed by hand.
func TestSampleUsage(t *testing.T) {
	m := month{chats: 600, texts: 10, minutes: 30, agents: 2, hours: 1, ms: 10} // 600 × 30 min in 1,800: ten at a time, and two agents
	assert.InDelta(t, 12, m.everyone(), 1e-9)
	came := 600.0*2 + 2*30
	use := m.sampleUsage()
	assert.InDelta(t, 6000*(1+12), use[item{"API Gateway", "messages"}], 1e-6)
	assert.InDelta(t, 2*came, use[item{"DynamoDB", "write units"}], 1e-6)
	assert.InDelta(t, 6000*0.5, use[item{"DynamoDB", "read units"}], 1e-6)
	assert.InDelta(t, 2*came+6000, use[item{"Lambda", "invocations"}], 1e-6)
	assert.InDelta(t, pageBytes/rowBytes, scanned(1e6)[posts], 1, "those beyond the first page get no post")
}
