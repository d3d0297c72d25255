package gateway

import (
	"context"

	"rejoin/internal/chat"
)

func (c *Controller) release(ctx context.Context, who chat.Caller, f *frame) (any, error) {
	return f.change(ctx, who, c.Service.Release)
}
