package app

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestAnOutageHasAHundredRetries: to a service that answers only errors, a client sends each call once and 100 retries in all.
func TestAnOutageHasAHundredRetries(t *testing.T) {
	var requests atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		w.WriteHeader(http.StatusInternalServerError)
	}))
	defer server.Close()
	for name, value := range map[string]string{
		"AWS_REGION": "eu-central-1", "AWS_ENDPOINT_URL": server.URL, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
	} {
		t.Setenv(name, value)
	}
	cfg, err := loadAWS(t.Context())
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
