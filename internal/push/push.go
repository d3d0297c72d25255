// Package push implements chat.Pusher with API Gateway's @connections. It does not know how a push becomes a frame.
package push

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	api "github.com/aws/aws-sdk-go-v2/service/apigatewaymanagementapi"
	"github.com/aws/aws-sdk-go-v2/service/apigatewaymanagementapi/types"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"rejoin/internal/chat"
)

const (
	// deadline limits a call with all its retries, because an acknowledgement waits for it.
	deadline = time.Second
	// maxAttempts of a call: throttling (429) and failures (5xx) are retried.
	maxAttempts = 4
	firstDelay  = 50 * time.Millisecond
	// atOnce is how many posts of one PostAll are under way at a time.
	atOnce = 32
)

// Pusher posts to the connections of one stage. It is safe for concurrent use.
type Pusher struct {
	Client *api.Client // its endpoint is the stage's callback URL
	// Encode returns the frame of a push, at most 128 KB (API Gateway's limit).
	Encode func(chat.Push) ([]byte, error)
}

var _ chat.Pusher = (*Pusher)(nil)

// Post sends a frame; it takes at most a second. chat.ErrGone: the connection no longer exists, or not yet;
// chat.ErrThrottled: API Gateway still answered 429 at the end. After any other error the frame may have been sent.
func (p *Pusher) Post(ctx context.Context, conn chat.ConnectionID, push chat.Push) error {
	return p.PostAll(ctx, []chat.ConnectionID{conn}, push)[0]
}

// PostAll sends a frame to each connection, at most 32 at a time. All of it takes at most a second: a post that has not
// begun by then fails. The results are in the order of the connections, each as Post's.
func (p *Pusher) PostAll(ctx context.Context, conns []chat.ConnectionID, push chat.Push) []error {
	results := make([]error, len(conns))
	frame, err := p.Encode(push)
	if err != nil {
		err = fmt.Errorf("encode frame: %w", err)
		for i := range results {
			results[i] = err
		}
		return results
	}
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	var posters sync.WaitGroup
	next := make(chan int)
	for range min(atOnce, len(conns)) {
		posters.Go(func() {
			for i := range next {
				results[i] = p.post(ctx, conns[i], frame)
			}
		})
	}
	for i := range conns {
		next <- i
	}
	close(next)
	posters.Wait()
	return results
}

func (p *Pusher) post(ctx context.Context, conn chat.ConnectionID, frame []byte) error {
	var repeated error // of the last attempt that is repeated, which a deadline would hide
	_, err := p.Client.PostToConnection(ctx, &api.PostToConnectionInput{ConnectionId: (*string)(&conn), Data: frame}, quickRetries(&repeated))
	if err != nil && (throttled(err) || throttled(repeated) && ctx.Err() != nil) {
		err = fmt.Errorf("%w: %w", chat.ErrThrottled, err)
	}
	return wrap("post to", conn, err)
}

// throttled tells whether the gateway answered that it has no capacity.
func throttled(err error) bool {
	var answer *smithyhttp.ResponseError
	return errors.As(err, &answer) && answer.HTTPStatusCode() == http.StatusTooManyRequests
}

// Close closes the connection; it takes at most a second. A connection that is gone is no error.
func (p *Pusher) Close(ctx context.Context, conn chat.ConnectionID) error {
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	_, err := p.Client.DeleteConnection(ctx, &api.DeleteConnectionInput{ConnectionId: (*string)(&conn)}, quickRetries(nil))
	if err = wrap("close", conn, err); errors.Is(err, chat.ErrGone) {
		return nil
	}
	return err
}

// LastActive returns when the connection last carried a frame or a ping; it takes at most a second. chat.ErrGone as for Post.
func (p *Pusher) LastActive(ctx context.Context, conn chat.ConnectionID) (chat.Millis, error) {
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	out, err := p.Client.GetConnection(ctx, &api.GetConnectionInput{ConnectionId: (*string)(&conn)}, quickRetries(nil))
	if err != nil {
		return 0, wrap("ask for", conn, err)
	}
	if out.LastActiveAt == nil {
		return 0, fmt.Errorf("ask for connection %s: no lastActiveAt", conn)
	}
	return chat.Millis(out.LastActiveAt.UnixMilli()), nil
}

func wrap(operation string, conn chat.ConnectionID, err error) error {
	var gone *types.GoneException
	switch {
	case err == nil:
		return nil
	case errors.As(err, &gone):
		return chat.ErrGone
	}
	return fmt.Errorf("%s connection %s: %w", operation, conn, err)
}

// quickRetries makes the SDK's standard retries fit the deadline: full jitter, and a delay that doubles. The error of each
// attempt that is repeated is noted in repeated, if it is not nil.
func quickRetries(repeated *error) func(*api.Options) {
	return func(o *api.Options) {
		o.Retryer = retry.NewStandard(func(o *retry.StandardOptions) {
			o.MaxAttempts = maxAttempts
			o.Backoff = retry.BackoffDelayerFunc(func(attempt int, err error) (time.Duration, error) {
				if repeated != nil {
					*repeated = err
				}
				return rand.N(firstDelay << min(attempt, 4)), nil
			})
		})
	}
}
