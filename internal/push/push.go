// Package push implements chat.Pusher with API Gateway's @connections. It does not know how a push becomes a frame.
package push

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	api "github.com/aws/aws-sdk-go-v2/service/apigatewaymanagementapi"
	"github.com/aws/aws-sdk-go-v2/service/apigatewaymanagementapi/types"

	"rejoin/internal/chat"
)

const (
	// deadline limits a call with all its retries, because an acknowledgement waits for it.
	deadline = time.Second
	// maxAttempts of a call: throttling (429) and failures (5xx) are retried.
	maxAttempts = 4
	firstDelay  = 50 * time.Millisecond
)

// Pusher posts to the connections of one stage. It is safe for concurrent use.
type Pusher struct {
	Client *api.Client // its endpoint is the stage's callback URL
	// Encode returns the frame of a push, at most 128 KB (API Gateway's limit).
	Encode func(chat.Push) ([]byte, error)
}

var _ chat.Pusher = (*Pusher)(nil)

// Post sends a frame; it takes at most a second. chat.ErrGone: the connection no longer exists, or not yet. After any other
// error the frame may have been sent.
func (p *Pusher) Post(ctx context.Context, conn chat.ConnectionID, push chat.Push) error {
	frame, err := p.Encode(push)
	if err != nil {
		return fmt.Errorf("encode frame: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	_, err = p.Client.PostToConnection(ctx, &api.PostToConnectionInput{ConnectionId: (*string)(&conn), Data: frame}, quickRetries)
	return wrap("post to", conn, err)
}

// Close closes the connection; it takes at most a second. A connection that is gone is no error.
func (p *Pusher) Close(ctx context.Context, conn chat.ConnectionID) error {
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	_, err := p.Client.DeleteConnection(ctx, &api.DeleteConnectionInput{ConnectionId: (*string)(&conn)}, quickRetries)
	if err = wrap("close", conn, err); errors.Is(err, chat.ErrGone) {
		return nil
	}
	return err
}

// LastActive returns when the connection last carried a frame or a ping; it takes at most a second. chat.ErrGone as for Post.
func (p *Pusher) LastActive(ctx context.Context, conn chat.ConnectionID) (chat.Millis, error) {
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	out, err := p.Client.GetConnection(ctx, &api.GetConnectionInput{ConnectionId: (*string)(&conn)}, quickRetries)
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

// quickRetries makes the SDK's standard retries fit the deadline: full jitter, and a delay that doubles.
func quickRetries(o *api.Options) {
	o.Retryer = retry.NewStandard(func(o *retry.StandardOptions) {
		o.MaxAttempts = maxAttempts
		o.Backoff = retry.BackoffDelayerFunc(func(attempt int, _ error) (time.Duration, error) {
			return rand.N(firstDelay << min(attempt, 4)), nil
		})
	})
}
