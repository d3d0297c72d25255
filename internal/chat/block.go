package chat

import (
	"context"
	"fmt"
)

// Block blocks or unblocks the customer of a room. The room's holder, or last holder, may block. An admin may block
// the customer of any room, and only an admin may unblock. The open chat of a blocked customer ends, and then their
// connection is closed. The authorizer refuses them another, and one that it has already admitted can open no chat. A block
// may be repeated. It returns the room with the customer's card, without messages. Errors: NotFound for an unknown room or
// customer; Forbidden; NotCurrent from an older connection.
func (s *Service) Block(ctx context.Context, c Caller, room RoomID, blocked bool) (RoomPage, error) {
	if err := s.checkCurrent(ctx, c); err != nil {
		return RoomPage{}, err
	}
	r, err := s.Store.Room(ctx, room)
	switch {
	case err != nil:
		return RoomPage{}, fmt.Errorf("read room %s: %w", room, err)
	case r.ID == "":
		return RoomPage{}, notFound()
	case !blocked && !c.Admin:
		return RoomPage{}, fail(Forbidden, "Only an admin lets a customer in again.")
	case r.Agent.Who != c.Who && !c.Admin:
		return RoomPage{}, fail(Forbidden, "You do not hold this chat.")
	}
	p, known, err := s.Store.SetBlocked(ctx, r.Customer.Who, blocked, s.Clock.Now())
	switch {
	case err != nil:
		return RoomPage{}, fmt.Errorf("block customer of room %s: %w", room, err)
	case !known:
		return RoomPage{}, notFound()
	}
	if blocked {
		last, err := s.enforceBlock(ctx, c, p)
		if err != nil {
			return RoomPage{}, err
		}
		if p.Room == room {
			r = last
		}
	}
	return RoomPage{View: View{Room: r, Side: Agent}, Card: cardOf(p)}, nil
}

// enforceBlock ends the last room of a blocked customer, if they have one, and closes their connection.
func (s *Service) enforceBlock(ctx context.Context, c Caller, p Person) (last Room, err error) {
	if p.Room != "" {
		if last, err = s.endFor(ctx, c, p.Room); err != nil {
			return Room{}, err
		}
	}
	if p.Seat.Conn != "" {
		s.close(ctx, p.Seat.Conn)
	}
	return last, nil
}

// endFor ends a blocked customer's last room, unless it has ended.
func (s *Service) endFor(ctx context.Context, c Caller, room RoomID) (Room, error) {
	return s.end(ctx, c, room, func(r *Room, now Millis) error {
		if r.ID == "" || r.Status == StatusEnded {
			return errAlreadyDone
		}
		r.end(AgentEnded, now)
		return nil
	})
}
