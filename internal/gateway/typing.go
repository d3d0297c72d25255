package gateway

import (
	"context"

	"rejoin/internal/chat"
)

func (c *Controller) typing(ctx context.Context, who chat.Caller, f *frame) (any, error) {
	room := f.readRoom()
	if err := f.failure(); err != nil {
		return nil, err
	}
	return nil, c.Service.Typing(ctx, who, room)
}
