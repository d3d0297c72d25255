package gateway

import (
	"context"

	"rejoin/internal/chat"
)

func (c *Controller) end(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	return f.change(ctx, caller, c.Service.End)
}

// change does what needs only a room, and answers with the room after it.
func (f *frame) change(
	ctx context.Context, caller chat.Caller, do func(context.Context, chat.Caller, chat.RoomID) (chat.View, error),
) (any, error) {
	room := f.readRoom()
	if err := f.failure(); err != nil {
		return nil, err
	}
	view, err := do(ctx, caller, room)
	if err != nil {
		return nil, err
	}
	return f.roomAlone(view), nil
}
