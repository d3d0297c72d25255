package gateway

import (
	"context"

	"rejoin/internal/chat"
)

func (c *Controller) transfer(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	room, to, err := f.decodeTransfer()
	if err != nil {
		return nil, err
	}
	view, err := c.Service.Transfer(ctx, caller, room, to)
	if err != nil {
		return nil, err
	}
	return f.roomAlone(view), nil
}

func (f *frame) decodeTransfer() (chat.RoomID, chat.PersonID, error) {
	room, to := f.readRoom(), chat.PersonID(f.string("agent", maxPerson))
	if !isPerson(to) {
		f.refuse("The field %q has to be the id of an agent.", "agent")
	}
	return room, to, f.failure()
}
