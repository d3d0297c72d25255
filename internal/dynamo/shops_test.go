package dynamo_test

import (
	"bytes"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
	"rejoin/internal/proof/dynamotest"
)

// TestSites: the list is as infra/shops.py writes it.
func TestSites(t *testing.T) {
	t.Parallel()
	for _, engine := range dynamotest.Engines(t) {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			client := dynamotest.Connect(t, engine)
			tables := dynamotest.CreateTables(t, client)
			store := dynamo.New(client, tables)
			sites, err := store.Sites(t.Context())
			require.NoError(t, err)
			assert.Empty(t, sites, "there is no list yet")
			_, err = client.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: &tables.Shops, Item: map[string]types.AttributeValue{
				"site": &types.AttributeValueMemberS{Value: "*"}, "version": &types.AttributeValueMemberN{Value: "0"},
				"sites": &types.AttributeValueMemberSS{Value: []string{"tea", "mugs"}},
			}})
			require.NoError(t, err)
			sites, err = store.Sites(t.Context())
			require.NoError(t, err)
			assert.Equal(t, []string{"mugs", "tea"}, sites)
			for _, site := range []string{"", "tea"} {
				v, err := store.Shop(t.Context(), site)
				require.NoError(t, err)
				assert.Zero(t, v, "the list is nobody's settings")
			}
		})
	}
}

// TestShopBudget: what a join reads of a shop does not grow with its past.
func TestShopBudget(t *testing.T) {
	t.Parallel()
	if !dynamotest.OnLocal(t) {
		return
	}
	w, m, _, _ := metered(t)
	settings := bytes.Repeat([]byte{'x'}, 1500) // a week and a dozen holidays
	for i := range 40 {
		m.Reset()
		_, ok, err := w.Store.PutShop(t.Context(), chat.ShopVersion{Site: "tea", Version: i + 1, Since: chat.Millis(i), Settings: settings})
		require.NoError(t, err)
		require.True(t, ok)
		cost := m.Reading()
		assert.Equal(t, 2.0, cost.Write, "1.5 KB")
		assert.Zero(t, cost.Read)
	}
	for _, trial := range []struct {
		what string
		call func() error
		most float64
	}{
		{"the newest", func() error { _, err := w.Store.Shop(t.Context(), "tea"); return err }, 0.5},
		{"those that count now", func() error { _, err := w.Store.ShopVersions(t.Context(), "tea", 100); return err }, 3},
		{"one that is not there", func() error { _, err := w.Store.Shop(t.Context(), "mugs"); return err }, 0.5},
		{"the list of shops", func() error { _, err := w.Store.Sites(t.Context()); return err }, 0.5},
	} {
		m.Reset()
		require.NoError(t, trial.call())
		cost := m.Reading()
		assert.Positive(t, cost.Read, "the meter measures")
		assert.LessOrEqual(t, cost.Read, trial.most, trial.what)
		assert.Zero(t, cost.Write)
		t.Logf("%s: %v read units: %s", trial.what, cost.Read, cost)
	}
}
