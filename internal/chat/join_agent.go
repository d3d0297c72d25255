package chat

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// KnownRoom is a room that a client knows up to a place.
type KnownRoom struct {
	Room  RoomID
	Since int64
}

// AgentJoin is an agent's join with the rooms that the client knows.
type AgentJoin struct {
	Device string // as in CustomerJoin
	Rooms  []KnownRoom
}

// JoinAgent seats the agent's connection in every room that they hold and returns what they missed there, and in each
// named room that has ended or went to another agent. Named rooms come first, in their order. Rooms beyond a frame's
// size come without messages and with More. NotCurrent when a newer connection of theirs has joined.
func (s *Service) JoinAgent(ctx context.Context, c Caller, j AgentJoin) (Desk, error) {
	me, err := s.seatPerson(ctx, c, j.Device)
	if err != nil {
		return Desk{}, err
	}
	mine, err := s.Store.RoomsHeldBy(ctx, c.Who)
	if err != nil {
		return Desk{}, fmt.Errorf("list the agent's rooms: %w", err)
	}
	since := make(map[RoomID]int64, len(j.Rooms))
	var named []RoomID
	for _, h := range j.Rooms { // the index may lag, so named rooms are read too
		if _, twice := since[h.Room]; !twice {
			named = append(named, h.Room)
		}
		since[h.Room] = h.Since
	}
	// Named rooms come first: a client asks by name for a room that did not fit, and it must fit then.
	mine = append(named, slices.DeleteFunc(mine, func(id RoomID) bool { _, is := since[id]; return is })...)
	desk := Desk{Agent: me}
	space := MaxPageBytes - roomBytes*len(mine)
	pages := &budget{bytes: space}
	for _, id := range mine {
		page, ok, err := s.joinHeld(ctx, c, id, since[id], pages)
		if err != nil {
			return Desk{}, err
		}
		if ok {
			desk.Rooms = append(desk.Rooms, page)
		}
	}
	// Half of the frame is for the agent's rooms. The queue has the other half and what the rooms leave.
	frame := &budget{bytes: MaxFrameBytes/2 - (space - pages.bytes)}
	for i := range desk.Rooms {
		frame.takeRoom(&desk.Rooms[i].View.Room)
	}
	frame.bytes += MaxFrameBytes / 2
	list, err := s.queue(ctx, frame)
	desk.Queue, desk.Waiting, desk.Agents = list.Rooms, list.Waiting, list.Agents
	return desk, err
}

// joinHeld seats the agent in one room; ok is false for a room that they never held.
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
	case why.Code == Forbidden: // another agent has it, or it waits: its messages are no longer shown here
		return RoomPage{View: v, Through: min(since, r.Seq)}, true, nil
	}
	page, err := s.page(ctx, v, since, b)
	if err == nil {
		page, err = s.withCard(ctx, page, since, b)
	}
	return page, true, err
}
