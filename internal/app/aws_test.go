package app

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/telemetry"
)

// setAWS sets the environment that the SDK reads, with all services at one address.
func setAWS(t *testing.T, endpoint string) {
	t.Helper()
	for name, value := range map[string]string{
		"AWS_REGION": "eu-central-1", "AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
	} {
		t.Setenv(name, value)
	}
}

// TestAnOutageHasAHundredRetries: to a service that answers only errors, a client sends each call once and 100 retries in all.
func TestAnOutageHasAHundredRetries(t *testing.T) {
	var requests atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		w.WriteHeader(http.StatusInternalServerError)
	}))
	defer server.Close()
	setAWS(t, server.URL)
	cfg, err := loadAWS(t.Context(), slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	stored := parameters{ssm.NewFromConfig(cfg)}
	const calls, retries = 80, 100
	var all sync.WaitGroup
	for range calls {
		all.Go(func() {
			_, err := stored.value("/secret")(t.Context())
			assert.Error(t, err)
		})
	}
	all.Wait()
	assert.EqualValues(t, calls+retries, requests.Load())
}

// TestTheSDKSpeaksInLines: when a response is cut off, the SDK says so by itself. That is a warning of the function's log, with the ids of
// the invocation, as every other line.
func TestTheSDKSpeaksInLines(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = w.Write([]byte(`{`))
	}))
	defer server.Close()
	setAWS(t, server.URL)
	var out bytes.Buffer
	cfg, err := loadAWS(t.Context(), telemetry.NewLogger(&out, "stack"))
	require.NoError(t, err)
	ctx := lambdacontext.NewContext(t.Context(), &lambdacontext.LambdaContext{AwsRequestID: "i1"})
	_, err = parameters{ssm.NewFromConfig(cfg)}.value("/secret")(ctx)
	require.Error(t, err)

	require.NotEmpty(t, out.String(), "the SDK has said nothing")
	for line := range bytes.Lines(out.Bytes()) {
		var of struct{ Level, Message, Error, InvocationID string }
		require.NoError(t, json.Unmarshal(line, &of), "%s", line)
		assert.Equal(t, "WARN", of.Level)
		assert.Equal(t, "SDK", of.Message)
		assert.Contains(t, of.Error, "response body")
		assert.Equal(t, "i1", of.InvocationID)
	}
}
