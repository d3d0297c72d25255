package gateway

import (
	"context"

	"rejoin/internal/chat"
)

func (c *Controller) queue(ctx context.Context, who chat.Caller, f *frame) (any, error) {
	list, err := c.Service.Queue(ctx, who)
	if err != nil {
		return nil, err
	}
	return queueFrame{
		f.head(typeQueue), convertAll(list.Rooms, roomOf), append([]chat.RoomID{}, list.Mine...), convertAll(list.Agents, personOf), list.Waiting,
	}, nil
}
