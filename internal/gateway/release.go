package gateway

import (
	"context"

	"rejoin/internal/chat"
)

func (c *Controller) release(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	return f.change(ctx, caller, c.Service.Release)
}
