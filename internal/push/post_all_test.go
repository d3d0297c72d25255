package push_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/credentials"
	api "github.com/aws/aws-sdk-go-v2/service/apigatewaymanagementapi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/push"
)

// crowd answers the posts to many connections, on a clock that moves only when all posts wait. It counts them.
type crowd struct {
	answer func(*http.Request) int // the status

	mu            sync.Mutex
	requests      int
	underWay, top int
}

// Do implements the SDK's HTTPClient.
func (c *crowd) Do(r *http.Request) (*http.Response, error) {
	c.mu.Lock()
	c.requests++
	c.underWay++
	c.top = max(c.top, c.underWay)
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		c.underWay--
		c.mu.Unlock()
	}()
	status := c.answer(r)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	kind := map[int]string{http.StatusGone: "GoneException", http.StatusTooManyRequests: "LimitExceededException"}[status]
	return &http.Response{
		StatusCode: status, Header: http.Header{"X-Amzn-Errortype": {kind}}, Body: io.NopCloser(strings.NewReader(`{}`)), Request: r,
	}, nil
}

// after waits until the post has been under way for so long, or is given up.
func after(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// pusherTo returns a Pusher that posts to the crowd, so many connections of it, and how often a frame was encoded.
func pusherTo(c *crowd, n int) (*push.Pusher, []chat.ConnectionID, *int) {
	encoded, url := 0, "https://gateway.test/stage"
	conns := make([]chat.ConnectionID, n)
	for i := range conns {
		conns[i] = chat.ConnectionID(fmt.Sprintf("c%d", i))
	}
	return &push.Pusher{
		Client: api.New(api.Options{
			Region: "eu-central-1", BaseEndpoint: &url, HTTPClient: c,
			Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
		}),
		Encode: func(chat.Push) ([]byte, error) {
			encoded++
			return []byte(`{"type":"replaced"}`), nil
		},
	}, conns, &encoded
}

// TestPostAllSideBySide: of a hundred posts, 32 are under way at a time, and the frame is encoded once.
func TestPostAllSideBySide(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &crowd{answer: func(r *http.Request) int {
			after(r.Context(), 10*time.Millisecond)
			return http.StatusOK
		}}
		p, conns, encoded := pusherTo(c, 100)
		began := time.Now()
		for i, err := range p.PostAll(t.Context(), conns, chat.Replaced{}) {
			require.NoError(t, err, i)
		}
		assert.Equal(t, 40*time.Millisecond, time.Since(began), "four rounds")
		assert.Equal(t, 32, c.top)
		assert.Equal(t, 100, c.requests)
		assert.Equal(t, 1, *encoded)
	})
}

// TestPostAllTakesASecond: connections that do not answer share one deadline.
func TestPostAllTakesASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &crowd{answer: func(r *http.Request) int {
			<-r.Context().Done()
			return 0
		}}
		p, conns, _ := pusherTo(c, 100)
		began := time.Now()
		for i, err := range p.PostAll(t.Context(), conns, chat.Replaced{}) {
			require.ErrorIs(t, err, context.DeadlineExceeded, i)
		}
		assert.Equal(t, time.Second, time.Since(began))
		assert.Equal(t, 32, c.requests, "the others have not begun")
	})
}

// TestPostAllAnswersForEach: each result is that of the connection at its place.
func TestPostAllAnswersForEach(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &crowd{answer: func(r *http.Request) int {
			switch id := r.URL.Path[strings.LastIndex(r.URL.Path, "/c")+2:]; id[len(id)-1] {
			case '1':
				return http.StatusGone
			case '2':
				return http.StatusTooManyRequests
			case '3':
				return http.StatusInternalServerError
			case '4':
				<-r.Context().Done()
			}
			after(r.Context(), time.Millisecond)
			return http.StatusOK
		}}
		p, conns, _ := pusherTo(c, 60)
		for i, err := range p.PostAll(t.Context(), conns, chat.Replaced{}) {
			switch i % 10 {
			case 1:
				require.ErrorIs(t, err, chat.ErrGone, i)
			case 2:
				require.ErrorIs(t, err, chat.ErrThrottled, i)
			case 3:
				require.Error(t, err, i)
				require.NotErrorIs(t, err, chat.ErrThrottled, i)
				require.NotErrorIs(t, err, chat.ErrGone, i)
			case 4:
				require.ErrorIs(t, err, context.DeadlineExceeded, i)
			default:
				require.NoError(t, err, i)
			}
		}
	})
}

func TestPostAllOfNothing(t *testing.T) {
	p, g := pusher(t, ok)
	assert.Empty(t, p.PostAll(t.Context(), nil, chat.Replaced{}))
	p.Encode = func(chat.Push) ([]byte, error) { return nil, errAny }
	for _, err := range p.PostAll(t.Context(), []chat.ConnectionID{"a", "b"}, chat.Replaced{}) {
		require.ErrorIs(t, err, errAny)
	}
	assert.Empty(t, g.calls())
}
