package gateway

import (
	"context"

	"rejoin/internal/chat"
)

func (c *Controller) take(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	room := f.readRoom()
	if err := f.failure(); err != nil {
		return nil, err
	}
	page, err := c.Service.Take(ctx, caller, room)
	if err != nil {
		return nil, err
	}
	return f.roomWithPage(page), nil
}
