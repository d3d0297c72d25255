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

// listBytes is the space in a desk's frame that rooms which were not named leave to the agents and the queue.
const listBytes = MaxFrameBytes / 8

// JoinAgent seats the agent's connection in every room that they hold and returns what they missed there, and in each
// named room that has ended or went to another agent. Named rooms come first, in their order. Rooms beyond a frame's
// size come without messages and with More. Of so many that not even their objects fit, those that were not named are
// left out: a `queue` frame names them too. NotCurrent when a newer connection of theirs has joined.
func (s *Service) JoinAgent(ctx context.Context, c Caller, j AgentJoin) (Desk, error) {
	me, err := s.seatPerson(ctx, c, j.Device)
	if err != nil {
		return Desk{}, err
	}
	mine, err := s.Store.RoomsHeldBy(ctx, c.Who)
	if err != nil {
		return Desk{}, fmt.Errorf("list the agent's rooms: %w", err)
	}
	s.setLoad(ctx, me, len(mine))
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
	seated, refusals := make([]Room, len(mine)), make([]error, len(mine))
	s.Each(ctx, len(mine), func(ctx context.Context, i int) { seated[i], refusals[i] = s.joinHeld(ctx, c, mine[i]) })
	desk, first := Desk{Agent: me}, 0
	space := MaxPageBytes - roomBytes*len(mine)
	pages := &budget{bytes: space}
	for i, id := range mine {
		page, ok, err := s.pageHeld(ctx, c, seated[i], refusals[i], since[id], pages)
		if err != nil {
			return Desk{}, err
		}
		if ok {
			desk.Rooms = append(desk.Rooms, page)
		}
		if i < len(named) {
			first = len(desk.Rooms)
		}
	}
	// Half of the frame is for the agent's rooms. The agents and the queue have the other half and what the rooms leave,
	// or listBytes if there are so many rooms.
	frame := &budget{bytes: MaxFrameBytes/2 - (space - pages.bytes)}
	for i := range desk.Rooms {
		frame.takeRoom(&desk.Rooms[i].View.Room)
		if i >= first && frame.bytes+MaxFrameBytes/2 < listBytes {
			desk.Rooms = desk.Rooms[:i]
			break
		}
	}
	frame.bytes += MaxFrameBytes / 2
	list, err := s.queue(ctx, c, frame)
	desk.Queue, desk.Waiting, desk.Left, desk.Agents = list.Rooms, list.Waiting, list.Left, list.Agents
	return desk, err
}

// joinHeld seats the agent in one room and tells its customer. The error is the refusal.
func (s *Service) joinHeld(ctx context.Context, c Caller, id RoomID) (Room, error) {
	r, err := s.seatInRoom(ctx, id, c)
	if err == nil {
		s.tell(ctx, r, Customer, s.presence(r, Agent))
	}
	return r, err
}

// pageHeld returns a room in which the agent was seated, or was refused to be; ok is false for one that they never held.
func (s *Service) pageHeld(ctx context.Context, c Caller, r Room, refusal error, since int64, b *budget) (RoomPage, bool, error) {
	v := View{Room: r, Side: Agent}
	var why *Error
	switch {
	case refusal == nil:
	case !errors.As(refusal, &why) || why.Code == NotCurrent:
		return RoomPage{}, false, refusal
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
