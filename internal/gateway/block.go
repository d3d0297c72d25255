package gateway

import (
	"context"

	"rejoin/internal/chat"
)

func (c *Controller) block(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	room, blocked := f.readRoom(), f.flag("blocked")
	if !f.has("blocked") { // a missing field must not unblock anybody
		f.refuse("The field %q is missing.", "blocked")
	}
	if err := f.failure(); err != nil {
		return nil, err
	}
	page, err := c.Service.Block(ctx, caller, room, blocked)
	if err != nil {
		return nil, err
	}
	return blockFrame{f.head(typeRoom), roomOf(page.View), cardOf(page.Card)}, nil
}
