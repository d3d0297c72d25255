package chat

import (
	"context"
	"fmt"
	"slices"
)

// Queue returns the oldest waiting rooms, at most MaxQueue and as many as fit into a frame, and the ids of the rooms
// that the agent holds.
func (s *Service) Queue(ctx context.Context, c Caller) (QueueList, error) {
	if err := s.checkCurrent(ctx, c); err != nil {
		return QueueList{}, err
	}
	list, err := s.queue(ctx, &budget{bytes: MaxFrameBytes})
	if err != nil {
		return QueueList{}, err
	}
	if list.Mine, err = s.Store.RoomsHeldBy(ctx, c.Who); err != nil {
		return QueueList{}, fmt.Errorf("list the agent's rooms: %w", err)
	}
	return list, nil
}

// queue reads as many of the oldest waiting rooms as the frame has space for, and the online agents.
func (s *Service) queue(ctx context.Context, frame *budget) (QueueList, error) {
	ids, err := s.Store.Queue(ctx, "", "", 0)
	if err != nil {
		return QueueList{}, fmt.Errorf("list the queue: %w", err)
	}
	list := QueueList{Waiting: len(ids)}
	if list.Agents, err = s.Store.ConnectedAgents(ctx, StatusOnline); err != nil {
		return QueueList{}, fmt.Errorf("list the agents: %w", err)
	}
	for _, a := range list.Agents {
		frame.bytes -= personSize(a)
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
			list.Rooms = append(list.Rooms, View{Room: r, Side: Agent, Position: at})
			at += queueWeight(r)
		}
	}
	return list, nil
}

// position is a waiting room's position in the queue: 1 = next. Customers who left do not count, except beyond
// the first MaxQueue rooms, which are not read.
func (s *Service) position(ctx context.Context, r Room) (int, error) {
	ids, err := s.Store.Queue(ctx, "", "", 0)
	if err != nil {
		return 0, fmt.Errorf("list the queue: %w", err)
	}
	before, _ := slices.BinarySearch(ids, r.ID) // the index may not have the room yet
	checked := ids[:min(before, MaxQueue)]
	rooms, err := s.Store.Rooms(ctx, checked)
	if err != nil {
		return 0, fmt.Errorf("read the queue's rooms: %w", err)
	}
	at := 1 + before - len(checked)
	for _, r := range rooms {
		at += queueWeight(r)
	}
	return at, nil
}

// queueWeight is what a room adds to the positions of those behind it: 1 while its customer is present, otherwise 0.
func queueWeight(r Room) int {
	if r.Status == StatusWaiting && r.Customer.Seat.Online() {
		return 1
	}
	return 0
}
