package gateway

import (
	"context"

	"rejoin/internal/chat"
)

func (c *Controller) rate(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	room, given := f.readRoom(), chat.Rating{Score: int(f.integer("score", 1, chat.MaxScore)), Comment: f.string("comment", 0)}
	if err := f.failure(); err != nil {
		return nil, err
	}
	if err := c.Service.Rate(ctx, caller, room, given); err != nil {
		return nil, err
	}
	return plainFrame{f.head(typeOK)}, nil
}
