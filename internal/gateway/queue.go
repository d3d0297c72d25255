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
		f.head(typeQueue), each(list.Rooms, roomOf), append([]chat.RoomID{}, list.Mine...), each(list.Agents, personOf), list.Waiting,
	}, nil
}
