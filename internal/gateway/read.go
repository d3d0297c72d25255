package gateway

import (
	"context"

	"rejoin/internal/chat"
)

// maxSeq is the largest number that every client can hold: JavaScript's Number.MAX_SAFE_INTEGER.
const maxSeq = 1<<53 - 1

func (c *Controller) read(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	room, seq := f.readRoom(), f.integer("seq", 0, maxSeq)
	if err := f.failure(); err != nil {
		return nil, err
	}
	return nil, c.Service.Read(ctx, caller, room, seq)
}
