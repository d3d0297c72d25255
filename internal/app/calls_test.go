package app

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/apigatewaymanagementapi"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
	"rejoin/internal/gateway"
	"rejoin/internal/push"
	"rejoin/internal/telemetry"
)

// TestCalls: an invocation's log line has the time of each call to the tables and to @connections, the units, and the failed posts.
func TestCalls(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "/gone"):
			w.Header().Set("X-Amzn-Errortype", "GoneException")
			w.WriteHeader(http.StatusGone)
		case strings.HasSuffix(r.URL.Path, "/forbidden"):
			w.WriteHeader(http.StatusForbidden)
		case r.Header.Get("X-Amz-Target") != "":
			_, _ = w.Write([]byte(`{"ConsumedCapacity": {"TableName": "rooms", "CapacityUnits": 0.5}}`))
		}
	}))
	defer server.Close()
	setAWS(t, server.URL)
	ctx := telemetry.Begin(t.Context())
	cfg, err := loadAWS(ctx, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	store := dynamo.New(dynamodb.NewFromConfig(cfg), dynamo.Tables{Rooms: "rooms", Customers: "customers"})
	pusher := &push.Pusher{Client: apigatewaymanagementapi.NewFromConfig(cfg), Encode: gateway.Encode}

	for range 2 {
		_, err = store.Room(ctx, "room")
		require.NoError(t, err)
	}
	require.NoError(t, pusher.Post(ctx, "there", chat.Replaced{}))
	require.ErrorIs(t, pusher.Post(ctx, "gone", chat.Replaced{}), chat.ErrGone)
	require.Error(t, pusher.Post(ctx, "forbidden", chat.Replaced{}))
	_, err = pusher.LastActive(ctx, "gone")
	require.ErrorIs(t, err, chat.ErrGone, "which does not count as a post")

	var out bytes.Buffer
	telemetry.From(ctx).Write(ctx, telemetry.NewLogger(&out, "rejoin"), time.Now(), slog.LevelInfo, "event handled", telemetry.CodeOK)
	var line struct {
		StoreLatency, PostLatency []float64
		PostsGone, PostsFailed    int
		WriteUnits, ReadUnits     float64
	}
	require.NoError(t, json.Unmarshal(out.Bytes(), &line))
	assert.Len(t, line.StoreLatency, 2)
	assert.Len(t, line.PostLatency, 4)
	assert.InDelta(t, 2*0.5, line.ReadUnits, 0)
	assert.Zero(t, line.WriteUnits)
	assert.Equal(t, 1, line.PostsGone)
	assert.Equal(t, 1, line.PostsFailed)
}
