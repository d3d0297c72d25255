package chat

import (
	"cmp"
	"context"
	"errors"
	"fmt"
)

// sweepRoom applies the rules to one room, if it is still as it was read: anybody who acts in between wins. It
// returns what it did; empty when nothing.
func (s *Service) sweepRoom(ctx context.Context, id RoomID) (Event, error) {
	r, err := s.Store.Room(ctx, id)
	if err != nil {
		return "", fmt.Errorf("read room %s: %w", id, err)
	}
	now := s.Clock.Now()
	if r.ID == "" || r.Status == StatusEnded || r.SweepAt > now {
		return "", nil
	}
	checked, err := s.checkPresence(ctx, r, now)
	if err != nil {
		return "", err
	}
	d := s.Rules.decide(checked, now)
	if d.event == EventReleased || d.event == EventLeft {
		switch newest, err := s.newestSeat(ctx, r.Agent, now); {
		case err != nil:
			return "", err
		case newest.At != 0:
			checked.Agent.Seat = newest
			d = s.Rules.decide(checked, now)
		}
	}
	if d.reason == Abandoned {
		if d, err = s.keepInstead(ctx, checked, d, now); err != nil {
			return "", err
		}
	}
	if d.event == "" {
		return "", s.reschedule(ctx, r, checked, d)
	}
	done, ok, err := s.changeFrom(ctx, r, event{name: d.event}, func(r *Room, now Millis) error {
		*r = checked
		r.apply(d, now)
		return nil
	})
	if err != nil || !ok {
		return "", err
	}
	s.Log.InfoContext(ctx, "room swept", LogRoom, id, LogEvent, d.event, "reason", d.reason)
	s.announceEnd(ctx, "", done)
	if done.after.Status == StatusWaiting {
		s.tellQueued(ctx, done.after)
	}
	return d.event, nil
}

// reschedule stores the checked presence of an open room, and when to check it next.
func (s *Service) reschedule(ctx context.Context, r, checked Room, d decision) error {
	checked.SweepAt = d.recheckAt
	checked.Left = checked.belongsToLeft()
	ok, err := s.Store.ChangeRoom(ctx, r, checked, nil)
	if err != nil {
		return fmt.Errorf("reschedule room %s: %w", r.ID, err)
	}
	if !ok {
		return nil
	}
	checked.Rev++
	for _, side := range []Side{Customer, Agent} {
		if checked.Member(side).Seat.Online() != r.Member(side).Seat.Online() {
			s.tell(ctx, checked, side.Other(), s.presence(checked, side))
		}
	}
	if r.Left && !checked.Left { // their customer has come back, and their join died
		s.tellQueued(ctx, checked)
	}
	if checked.Agent.Seat.Conn != r.Agent.Seat.Conn { // this connection does not know of the room yet
		s.tell(ctx, checked, Agent, RoomPush{View: View{Room: checked, Side: Agent}})
	}
	return nil
}

// checkPresence returns the room with seats that tell who is present now.
func (s *Service) checkPresence(ctx context.Context, r Room, now Millis) (Room, error) {
	checked := r
	var err error
	if checked.Customer.Seat, err = s.probe(ctx, r.Customer.Seat, r.Created, now); err != nil {
		return Room{}, err
	}
	if r.Status == StatusActive { // the agent's absence counts from when they got the room
		checked.Agent.Seat, err = s.probe(ctx, r.Agent.Seat, r.TakenAt, now)
	}
	return checked, err
}

// probe asks the gateway about the seat's connection and returns the seat with Gone set, at the earliest to `from`, or
// with Gone 0 if the connection is alive. It ignores Lost, which a wrong 410 may have set. This finds half-open
// connections.
func (s *Service) probe(ctx context.Context, seat Seat, from, now Millis) (Seat, error) {
	seat.Lost = false
	if seat.Conn == "" {
		seat.Gone = max(seat.Gone, from)
		return seat, nil
	}
	last, err := s.Pusher.LastActive(ctx, seat.Conn)
	switch {
	case errors.Is(err, ErrGone):
		seat.Gone = cmp.Or(seat.Gone, now)
	case err != nil:
		return Seat{}, fmt.Errorf("probe connection %s: %w", seat.Conn, err)
	case now > last.After(s.Rules.Silent):
		seat.Gone = max(last, from)
	default:
		seat.Gone = 0
	}
	return seat, nil
}

// newestSeat is the seat of a member's newest connection, if the room does not know it: the join may have died before
// it reached the room. If that connection is gone too, its absence counts from now: the time it left is unknown.
// The seat is empty if the room knows the newest connection.
func (s *Service) newestSeat(ctx context.Context, m Member, now Millis) (Seat, error) {
	p, err := s.Store.Person(ctx, m.Who)
	if err != nil {
		return Seat{}, fmt.Errorf("read agent: %w", err)
	}
	if p.Seat.At <= m.Seat.At {
		return Seat{}, nil
	}
	return s.probe(ctx, Seat{Conn: p.Seat.Conn, At: p.Seat.At}, now, now)
}
