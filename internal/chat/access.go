package chat

import (
	"context"
	"fmt"
)

// refusal says why the caller may not act in the room as one of its two members; nil when they may. The order of the
// reasons is part of the wire protocol: to a customer, other customers' rooms do not exist.
func refusal(r Room, c Caller) *Error {
	m := r.Member(c.Side)
	switch {
	case r.ID == "", c.Side == Customer && m.Who != c.Who:
		return notFound()
	case m.Who != c.Who:
		return fail(Forbidden, "You do not hold this chat.")
	case r.Status == StatusEnded:
		return roomEnded()
	case m.Seat.At > c.At:
		return notCurrent()
	}
	return nil
}

func notFound() *Error { return fail(NotFound, "There is no such chat.") }

func roomEnded() *Error { return fail(Ended, "This chat has ended.") }

func notCurrent() *Error {
	return fail(NotCurrent, "You have opened the chat somewhere else since.")
}

func customerBlocked() *Error { return fail(Forbidden, "The chat is not available.") }

func (s *Service) checkCurrent(ctx context.Context, c Caller) error {
	return CheckCurrent(ctx, s.Store, c)
}

// currentPerson is the caller, unless CheckCurrent refuses them.
func currentPerson(ctx context.Context, people PeopleStore, c Caller) (Person, error) {
	p, err := people.Person(ctx, c.Who)
	switch {
	case err != nil:
		return Person{}, fmt.Errorf("read %s: %w", c.Side, err)
	case p.Seat.At > c.At:
		return Person{}, notCurrent()
	case p.Blocked:
		return Person{}, customerBlocked()
	}
	return p, nil
}

// CheckCurrent returns NotCurrent when a newer connection of the caller has joined, and Forbidden for a blocked
// customer. It is for frames that write no room, where no condition would notice.
func CheckCurrent(ctx context.Context, people PeopleStore, c Caller) error {
	_, err := currentPerson(ctx, people, c)
	return err
}

// seatPerson makes the caller's connection their current one. The replaced connection is told and closed, also on a
// repeated join, because the first attempt may have died before that.
func (s *Service) seatPerson(ctx context.Context, c Caller, device string) (Person, error) {
	p, ok, err := s.Store.SeatPerson(ctx, c)
	if err != nil {
		return Person{}, fmt.Errorf("seat person: %w", err)
	}
	if !ok && p.Seat.Conn != c.Conn {
		return Person{}, notCurrent()
	}
	if prev := p.Seat.Prev; prev != "" && prev != c.Conn {
		if err := s.post(ctx, c.Side, prev, Replaced{By: device}); err == nil {
			s.close(ctx, prev)
		}
	}
	return p, nil
}

// seatInRoom makes the caller's connection the current one of their side of a room. The room comes back in any case;
// the error is the refusal.
func (s *Service) seatInRoom(ctx context.Context, id RoomID, c Caller) (Room, error) {
	r, ok, err := s.Store.SeatInRoom(ctx, id, c)
	switch {
	case err != nil:
		return Room{}, fmt.Errorf("seat in room %s: %w", id, err)
	case ok:
		return r, nil
	}
	if why := refusal(r, c); why != nil {
		return r, why
	}
	if !r.Member(c.Side).Seat.markedAbsent() { // a repeated join, or the first answer was lost
		return r, nil
	}
	updated, ok, err := s.Store.MarkPresent(ctx, id, c.Side, c.Conn)
	if err != nil {
		return Room{}, fmt.Errorf("mark as present in room %s: %w", id, err)
	}
	if !ok {
		return updated, orNil(refusal(updated, c))
	}
	return updated, nil
}

// orNil turns a nil *Error into a nil error.
func orNil(e *Error) error {
	if e == nil {
		return nil
	}
	return e
}
