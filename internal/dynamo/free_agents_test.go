package dynamo_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/proof/dynamotest"
)

// agentItem is an agent who is online, as it is stored. An empty attribute is left out.
func agentItem(id, conn, load string) map[string]types.AttributeValue {
	it := map[string]types.AttributeValue{
		"agentId": &types.AttributeValueMemberS{Value: id}, "name": &types.AttributeValueMemberS{Value: "Name of " + id},
		"status": &types.AttributeValueMemberS{Value: string(chat.StatusOnline)}, "at": &types.AttributeValueMemberN{Value: "1"},
	}
	if conn != "" {
		it["conn"] = &types.AttributeValueMemberS{Value: conn}
	}
	if load != "" {
		it["load"] = &types.AttributeValueMemberN{Value: load}
	}
	return it
}

// TestFreeAgentsBudget: to find the agents with the fewest open chats costs the same in a large team as in a small one.
func TestFreeAgentsBudget(t *testing.T) {
	t.Parallel()
	if !dynamotest.OnLocal(t) {
		return
	}
	cost := func(team int) float64 {
		w, m, client, tables := metered(t)
		load(t, client, tables.Agents, team, func(i int) map[string]types.AttributeValue {
			return agentItem(fmt.Sprintf("a_%08d", i), fmt.Sprintf("conn-%d", i), strconv.Itoa(i*7%team))
		})
		m.Reset()
		free, err := w.Store.FreeAgents(t.Context(), chat.MaxTold)
		require.NoError(t, err)
		require.Len(t, free, chat.MaxTold)
		assert.Equal(t, chat.PersonID("a_00000000"), free[0].ID)
		return m.Reading().Read
	}
	small, large := cost(chat.MaxTold+1), cost(1000)
	assert.Positive(t, small, "the meter measures")
	assert.InDelta(t, small, large, 0.5)
	assert.LessOrEqual(t, large, 1.5, "read units")
}

// TestAgentsOfTheVersionBefore: it keeps no loads. An agent whom it seated counts as free when their client asks for the
// queue; one whom it unseated is not told of anything.
func TestAgentsOfTheVersionBefore(t *testing.T) {
	t.Parallel()
	if !dynamotest.OnLocal(t) {
		return
	}
	w, _, client, tables := metered(t)
	const seated, gone chat.PersonID = "a_seated", "a_gone"
	for _, it := range []map[string]types.AttributeValue{agentItem(string(seated), "c1", ""), agentItem(string(gone), "", "0")} {
		_, err := client.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: &tables.Agents, Item: it})
		require.NoError(t, err)
	}
	free, err := w.Store.FreeAgents(t.Context(), 9)
	require.NoError(t, err)
	assert.Empty(t, free)
	p, err := w.Store.Person(t.Context(), seated)
	require.NoError(t, err)
	assert.Equal(t, chat.UnknownLoad, p.Load)
	p, err = w.Store.Person(t.Context(), gone)
	require.NoError(t, err)
	assert.Zero(t, p.Load)

	_, err = w.Service.Queue(t.Context(), chat.Caller{Conn: "c1", Who: seated, Side: chat.Agent, At: 1})
	require.NoError(t, err)
	free, err = w.Store.FreeAgents(t.Context(), 9)
	require.NoError(t, err)
	require.Len(t, free, 1)
	assert.Equal(t, seated, free[0].ID)
}
