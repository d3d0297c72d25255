package chat

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// Queue returns the oldest waiting rooms and the oldest questions that were left, as many as fit into a frame, and the ids of
// the rooms that the agent holds.
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

// queue reads for an agent the online agents, at most MaxListed, and as many of the oldest rooms of both lists as the frame
// has space for: those that wait before those that were left.
func (s *Service) queue(ctx context.Context, c Caller, frame *budget) (QueueList, error) {
	var waiting, left []RoomID
	err := s.Each.All(ctx,
		func(ctx context.Context) (err error) {
			waiting, err = s.Store.Queue(ctx, ListWaiting, "", "", MaxQueue+1)
			return err
		},
		func(ctx context.Context) (err error) {
			left, err = s.Store.Queue(ctx, ListLeft, "", "", MaxLeft)
			return err
		})
	if err != nil {
		return QueueList{}, fmt.Errorf("list the queue: %w", err)
	}
	list := QueueList{Waiting: len(waiting), Left: len(left)}
	if len(waiting) > MaxQueue {
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
	waiting, left = waiting[:min(MaxQueue, len(waiting))], left[:min(MaxLeftShown, len(left))]
	left = slices.DeleteFunc(left, func(id RoomID) bool { // it has just gone from one list to the other
		_, both := slices.BinarySearch(waiting, id)
		return both
	})
	list.Rooms, err = s.queueRooms(ctx, c, slices.Concat(waiting, left), frame)
	return list, err
}

// queueRooms reads these rooms, as many as the frame has space for, and sorts them by age.
func (s *Service) queueRooms(ctx context.Context, c Caller, ids []RoomID, frame *budget) ([]View, error) {
	rooms, err := s.Store.Rooms(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read the queue's rooms: %w", err)
	}
	rooms = slices.DeleteFunc(rooms, func(r Room) bool { return r.Status != StatusWaiting }) // the index may lag
	for i, r := range rooms {
		if !frame.take(roomSize(r)) {
			rooms = rooms[:i]
			break
		}
	}
	slices.SortFunc(rooms, func(a, b Room) int { return cmp.Compare(a.ID, b.ID) })
	since := s.leftSince(ctx, rooms...)
	views, at := make([]View, len(rooms)), 1
	for i, r := range rooms {
		views[i] = View{Room: r, Side: Agent, Left: since[i], Position: at, ShowNetwork: c.Admin}
		if r.WaitsPresent() && !r.Left {
			at++
		}
	}
	return views, nil
}
