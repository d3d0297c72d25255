package chat

import (
	"context"
	"fmt"
)

// Queue returns the oldest waiting rooms, at most MaxQueue and as many as fit into a frame, and the ids of the rooms
// that the agent holds.
func (s *Service) Queue(ctx context.Context, c Caller) (QueueList, error) {
	me, err := currentPerson(ctx, s.Store, c)
	if err != nil {
		return QueueList{}, err
	}
	list, err := s.queue(ctx, c, &budget{bytes: MaxFrameBytes})
	if err != nil {
		return QueueList{}, err
	}
	if list.Mine, err = s.Store.RoomsHeldBy(ctx, c.Who); err != nil {
		return QueueList{}, fmt.Errorf("list the agent's rooms: %w", err)
	}
	s.setLoad(ctx, me, len(list.Mine))
	return list, nil
}

// queue reads for an agent as many of the oldest waiting rooms as the frame has space for, and the online agents, at most MaxListed.
func (s *Service) queue(ctx context.Context, c Caller, frame *budget) (QueueList, error) {
	ids, err := s.Store.Queue(ctx, "", "", MaxQueue+1)
	if err != nil {
		return QueueList{}, fmt.Errorf("list the queue: %w", err)
	}
	list := QueueList{Waiting: len(ids)}
	if len(ids) > MaxQueue {
		counted, err := s.Snapshot.Waiting(ctx)
		if err != nil {
			return QueueList{}, fmt.Errorf("count the queue: %w", err)
		}
		list.Waiting = max(list.Waiting, counted)
	}
	if list.Agents, err = s.Store.FreeAgents(ctx, MaxListed); err != nil {
		return QueueList{}, fmt.Errorf("list the agents: %w", err)
	}
	for i, a := range list.Agents {
		if !frame.take(personSize(a)) {
			list.Agents = list.Agents[:i]
			break
		}
	}
	rooms, err := s.Store.Rooms(ctx, ids[:min(MaxQueue, len(ids))])
	if err != nil {
		return QueueList{}, fmt.Errorf("read the queue's rooms: %w", err)
	}
	at := 1
	for _, r := range rooms {
		switch {
		case r.Status != StatusWaiting: // the index may lag
		case !frame.take(roomSize(r)):
			return list, nil
		default:
			list.Rooms = append(list.Rooms, View{Room: r, Side: Agent, Position: at, ShowNetwork: c.Admin})
			if r.WaitsPresent() {
				at++
			}
		}
	}
	return list, nil
}
