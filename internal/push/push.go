// Package push is chat.Pusher on API Gateway's @connections. It knows chat's types and that API; what a frame looks like
// it is told.
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
	// deadline bounds one call with all its retries, so that a slow gateway does not hold up an acknowledgement.
	deadline = time.Second
	// maxAttempts of one call, throttling (429) and failures (5xx) included.
	maxAttempts = 4
	firstDelay  = 50 * time.Millisecond
)

// Pusher posts to the connections of one stage. It is safe for concurrent use.
type Pusher struct {
	Client *api.Client // its endpoint is the stage's callback URL
	// Encode makes a push the frame that is posted, at most 128 KB (API Gateway's limit).
	Encode func(chat.Push) ([]byte, error)
}

var _ chat.Pusher = (*Pusher)(nil)

// Post sends a frame within a second. chat.ErrGone when the connection no longer exists, or not yet; after any other
// error the frame may or may not have been sent.
func (p *Pusher) Post(ctx context.Context, conn chat.ConnectionID, push chat.Push) error {
	frame, err := p.Encode(push)
	if err != nil {
		return fmt.Errorf("encode frame: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	_, err = p.Client.PostToConnection(ctx, &api.PostToConnectionInput{ConnectionId: (*string)(&conn), Data: frame}, soon)
	return outcome("post to", conn, err)
}

// Close ends the connection within a second.
func (p *Pusher) Close(ctx context.Context, conn chat.ConnectionID) error {
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	_, err := p.Client.DeleteConnection(ctx, &api.DeleteConnectionInput{ConnectionId: (*string)(&conn)}, soon)
	if err = outcome("close", conn, err); errors.Is(err, chat.ErrGone) {
		return nil
	}
	return err
}

// LastActive tells, within a second, when the connection last carried a frame or a ping.
func (p *Pusher) LastActive(ctx context.Context, conn chat.ConnectionID) (chat.Millis, error) {
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	out, err := p.Client.GetConnection(ctx, &api.GetConnectionInput{ConnectionId: (*string)(&conn)}, soon)
	if err != nil {
		return 0, outcome("ask for", conn, err)
	}
	if out.LastActiveAt == nil {
		return 0, fmt.Errorf("ask for connection %s: no lastActiveAt", conn)
	}
	return chat.Millis(out.LastActiveAt.UnixMilli()), nil
}

func outcome(what string, conn chat.ConnectionID, err error) error {
	var gone *types.GoneException
	switch {
	case err == nil:
		return nil
	case errors.As(err, &gone):
		return chat.ErrGone
	}
	return fmt.Errorf("%s connection %s: %w", what, conn, err)
}

// soon makes the SDK's standard retries fit the deadline: full jitter over a delay that doubles.
func soon(o *api.Options) {
	o.Retryer = retry.NewStandard(func(o *retry.StandardOptions) {
		o.MaxAttempts = maxAttempts
		o.Backoff = retry.BackoffDelayerFunc(func(attempt int, _ error) (time.Duration, error) {
			return rand.N(firstDelay << min(attempt, 4)), nil
		})
	})
}
