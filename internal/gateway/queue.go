package gateway

import (
	"context"

	"rejoin/internal/chat"
)

func (c *Controller) queue(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	list, err := c.Service.Queue(ctx, caller)
	if err != nil {
		return nil, err
	}
	return queueFrame{
		f.head(typeQueue), convertAll(list.Rooms, roomOf), append([]chat.RoomID{}, list.Mine...), convertAll(list.Agents, personOf), list.Waiting, list.Left,
	}, nil
}
