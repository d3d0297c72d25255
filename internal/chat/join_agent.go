package chat

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// Holding is a room that a client holds up to a place.
type Holding struct {
	Room  RoomID
	Since int64
}

// AgentJoin is an agent's join: what they hold.
type AgentJoin struct {
	Device string // as a customer's
	Holds  []Holding
}

// JoinAgent seats the agent's connection in every room that they hold and shows what they missed there, and in each
// room named that ended or went to another: those that are named first, in their order. Parts beyond a frame's size come
// without messages and with More. NotCurrent when a newer connection of theirs has joined.
func (s *Service) JoinAgent(ctx context.Context, c Caller, j AgentJoin) (Desk, error) {
	me, err := s.seatPerson(ctx, c, j.Device)
	if err != nil {
		return Desk{}, err
	}
	mine, err := s.Store.RoomsHeldBy(ctx, c.Who)
	if err != nil {
		return Desk{}, fmt.Errorf("list the agent's rooms: %w", err)
	}
	since := make(map[RoomID]int64, len(j.Holds))
	var named []RoomID
	for _, h := range j.Holds { // the index may lag: what the client names is looked at too
		if _, twice := since[h.Room]; !twice {
			named = append(named, h.Room)
		}
		since[h.Room] = h.Since
	}
	// What is named comes first: a part that did not fit is asked for by its name, and has to fit then.
	mine = append(named, slices.DeleteFunc(mine, func(id RoomID) bool { _, is := since[id]; return is })...)
	desk := Desk{Agent: me}
	space := MaxPageBytes - roomBytes*len(mine)
	pages := &budget{bytes: space}
	for _, id := range mine {
		part, ok, err := s.joinHeld(ctx, c, id, since[id], pages)
		if err != nil {
			return Desk{}, err
		}
		if ok {
			desk.Rooms = append(desk.Rooms, part)
		}
	}
	// Half of the frame is for what they hold; the queue has the other half, and what that leaves.
	frame := &budget{bytes: MaxFrameBytes/2 - (space - pages.bytes)}
	for i := range desk.Rooms {
		frame.takeRoom(&desk.Rooms[i].View.Room)
	}
	frame.bytes += MaxFrameBytes / 2
	list, err := s.queue(ctx, frame)
	desk.Queue, desk.Waiting, desk.Agents = list.Rooms, list.Waiting, list.Agents
	return desk, err
}

// joinHeld seats the agent in one room; ok is false for a room that never was theirs.
func (s *Service) joinHeld(ctx context.Context, c Caller, id RoomID, since int64, b *budget) (RoomPage, bool, error) {
	r, err := s.seatInRoom(ctx, id, c)
	v := View{Room: r, Side: Agent}
	var why *Error
	switch {
	case err == nil:
		s.tell(ctx, r, Customer, s.presence(r, Agent))
	case !errors.As(err, &why) || why.Code == NotCurrent:
		return RoomPage{}, false, err
	case !r.WasHeldBy(c.Who):
		return RoomPage{}, false, nil
	case why.Code == Forbidden: // another's now, or waiting: what is said there is no longer theirs to read here
		return RoomPage{View: v, Through: min(since, r.Seq)}, true, nil
	}
	part, err := s.page(ctx, v, since, b)
	if err == nil {
		part, err = s.withCard(ctx, part, since, b)
	}
	return part, true, err
}
