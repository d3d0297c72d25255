package chat

import (
	"context"
	"fmt"
)

// Queue lists the oldest MaxQueue rooms that wait, and the ids of the rooms that the agent holds.
func (s *Service) Queue(ctx context.Context, c Caller) (QueueList, error) {
	if err := s.current(ctx, c); err != nil {
		return QueueList{}, err
	}
	list, err := s.queue(ctx)
	if err != nil {
		return QueueList{}, err
	}
	if list.Mine, err = s.Store.HeldBy(ctx, c.Who); err != nil {
		return QueueList{}, fmt.Errorf("list the agent's rooms: %w", err)
	}
	return list, nil
}

// queue reads the oldest MaxQueue rooms that wait, with who is online to take them.
func (s *Service) queue(ctx context.Context) (QueueList, error) {
	ids, err := s.Store.Queue(ctx)
	if err != nil {
		return QueueList{}, fmt.Errorf("list the queue: %w", err)
	}
	list := QueueList{Waiting: len(ids)}
	rooms, err := s.Store.Rooms(ctx, ids[:min(MaxQueue, len(ids))])
	if err != nil {
		return QueueList{}, fmt.Errorf("read the queue's rooms: %w", err)
	}
	for _, r := range rooms {
		if r.Status == Waiting { // the index may lag
			list.Rooms = append(list.Rooms, View{Room: r, Side: Agent, Position: len(list.Rooms) + 1})
		}
	}
	if list.Agents, err = s.Store.ConnectedAgents(ctx, StatusOnline); err != nil {
		return QueueList{}, fmt.Errorf("list the agents: %w", err)
	}
	return list, nil
}
