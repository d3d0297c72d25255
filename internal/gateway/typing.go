package gateway

import (
	"context"

	"rejoin/internal/chat"
)

func (c *Controller) typing(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	room := f.readRoom()
	if err := f.failure(); err != nil {
		return nil, err
	}
	return nil, c.Service.Typing(ctx, caller, room)
}
