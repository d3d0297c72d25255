package push_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/credentials"
	api "github.com/aws/aws-sdk-go-v2/service/apigatewaymanagementapi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/push"
)

// gateway serves the HTTP API of @connections with these answers in order; the last one repeats.
type gateway struct {
	mu       sync.Mutex
	answers  []http.HandlerFunc
	requests []string
	bodies   []string
}

func (g *gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	g.mu.Lock()
	g.requests = append(g.requests, r.Method+" "+r.URL.EscapedPath())
	g.bodies = append(g.bodies, string(body))
	answer := g.answers[0]
	if len(g.answers) > 1 {
		g.answers = g.answers[1:]
	}
	g.mu.Unlock()
	answer(w, r)
}

func (g *gateway) calls() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.requests)
}

func failure(status int, kind string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("x-amzn-ErrorType", kind)
		w.WriteHeader(status)
		fmt.Fprint(w, `{"message":"no"}`)
	}
}

func ok(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) }

// errAny stands for any other failure.
var errAny = errors.New("any error")

// pusher returns a Pusher and the gateway that gives it these answers.
func pusher(t *testing.T, answers ...http.HandlerFunc) (*push.Pusher, *gateway) {
	t.Helper()
	g := &gateway{answers: answers}
	server := httptest.NewServer(g)
	t.Cleanup(server.Close)
	url := server.URL + "/stage"
	return &push.Pusher{
		Client: api.New(api.Options{
			Region: "eu-central-1", BaseEndpoint: &url,
			Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
		}),
		Encode: func(chat.Push) ([]byte, error) { return []byte(`{"type":"replaced"}`), nil },
	}, g
}

const conn chat.ConnectionID = "Lr3AXdQ/FiA=" // ids are base64 and must be escaped

func TestPost(t *testing.T) {
	p, g := pusher(t, ok)
	require.NoError(t, p.Post(t.Context(), conn, chat.Replaced{}))
	assert.Equal(t, []string{"POST /stage/@connections/Lr3AXdQ%2FFiA%3D"}, g.calls())
	assert.Equal(t, []string{`{"type":"replaced"}`}, g.bodies)
}

func TestPostFails(t *testing.T) {
	slow := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	for _, test := range []struct {
		name    string
		answers []http.HandlerFunc
		calls   int
		want    error // nil: it succeeds; errAny: it fails otherwise
	}{
		{"gone", []http.HandlerFunc{failure(http.StatusGone, "GoneException")}, 1, chat.ErrGone},
		{"malformed id", []http.HandlerFunc{failure(http.StatusBadRequest, "BadRequestException")}, 1, errAny},
		{"not allowed", []http.HandlerFunc{failure(http.StatusForbidden, "ForbiddenException")}, 1, errAny},
		{"too large", []http.HandlerFunc{failure(http.StatusRequestEntityTooLarge, "PayloadTooLargeException")}, 1, errAny},
		{"throttled, then sent", []http.HandlerFunc{failure(http.StatusTooManyRequests, "LimitExceededException"), ok}, 2, nil},
		{"failed, then sent", []http.HandlerFunc{failure(http.StatusInternalServerError, "InternalServerError"), ok}, 2, nil},
		{"failed, then gone", []http.HandlerFunc{failure(http.StatusBadGateway, ""), failure(http.StatusGone, "GoneException")}, 2, chat.ErrGone},
		{"always throttled", []http.HandlerFunc{failure(http.StatusTooManyRequests, "LimitExceededException")}, 4, chat.ErrThrottled},
		{"throttled, then slow", []http.HandlerFunc{failure(http.StatusTooManyRequests, "LimitExceededException"), slow}, 2, chat.ErrThrottled},
		{"failed, then slow", []http.HandlerFunc{failure(http.StatusInternalServerError, "InternalServerError"), slow}, 2, context.DeadlineExceeded},
		{"always fails", []http.HandlerFunc{failure(http.StatusInternalServerError, "InternalServerError")}, 4, errAny},
		{"slow", []http.HandlerFunc{slow}, 1, context.DeadlineExceeded},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p, g := pusher(t, test.answers...)
			err := p.Post(t.Context(), conn, chat.Replaced{})
			switch {
			case test.want == nil:
				require.NoError(t, err)
			case errors.Is(test.want, errAny):
				require.Error(t, err)
				require.NotErrorIs(t, err, chat.ErrGone)
			default:
				require.ErrorIs(t, err, test.want)
			}
			assert.Equal(t, errors.Is(test.want, chat.ErrThrottled), errors.Is(err, chat.ErrThrottled))
			assert.Len(t, g.calls(), test.calls)
		})
	}
}

func TestPostWhatCannotBeEncoded(t *testing.T) {
	p, g := pusher(t, ok)
	p.Encode = func(chat.Push) ([]byte, error) { return nil, errAny }
	require.ErrorIs(t, p.Post(t.Context(), conn, chat.Replaced{}), errAny)
	assert.Empty(t, g.calls())
}

func TestClose(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"there": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) },
		"gone":  failure(http.StatusGone, "GoneException"),
	} {
		t.Run(name, func(t *testing.T) {
			p, g := pusher(t, answer)
			require.NoError(t, p.Close(t.Context(), conn))
			assert.Equal(t, []string{"DELETE /stage/@connections/Lr3AXdQ%2FFiA%3D"}, g.calls())
		})
	}
	p, _ := pusher(t, failure(http.StatusForbidden, "ForbiddenException"))
	require.Error(t, p.Close(t.Context(), conn))
}

func TestLastActive(t *testing.T) {
	p, g := pusher(t, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"connectedAt":"2026-01-01T00:00:00.000Z","lastActiveAt":"2026-01-01T00:00:01.250Z","identity":{"sourceIp":"192.0.2.1","userAgent":"x"}}`)
	})
	at, err := p.LastActive(t.Context(), conn)
	require.NoError(t, err)
	assert.Equal(t, chat.Millis(1_767_225_601_250), at)
	assert.Equal(t, []string{"GET /stage/@connections/Lr3AXdQ%2FFiA%3D"}, g.calls())

	p, _ = pusher(t, failure(http.StatusGone, "GoneException"))
	_, err = p.LastActive(t.Context(), conn)
	require.ErrorIs(t, err, chat.ErrGone)

	p, _ = pusher(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{}`) })
	_, err = p.LastActive(t.Context(), conn)
	require.Error(t, err, "a missing time is no time in 1970")
}
