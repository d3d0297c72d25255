package chat

import (
	"context"
	"errors"
	"fmt"
)

// Transfer gives the room from its holder (an admin: from any) to another agent, who must be online. Errors:
// Unavailable when they are not; Forbidden for other agents, unless it is a repeat.
func (s *Service) Transfer(ctx context.Context, c Caller, room RoomID, to PersonID) (View, error) {
	if !to.IsAgent() {
		return View{}, fail(Invalid, "A chat is transferred to an agent.")
	}
	if err := s.checkCurrent(ctx, c); err != nil {
		return View{}, err
	}
	receiver, err := s.Store.Person(ctx, to)
	if err != nil {
		return View{}, fmt.Errorf("read agent: %w", err)
	}
	done, err := s.change(ctx, room, event{EventTransferred, receiver.Name}, func(r *Room, now Millis) error {
		if r.alreadyTransferred(c, to) {
			return errAlreadyDone
		}
		if why := refusal(*r, c); why != nil && (!c.Admin || why.Code != Forbidden) {
			return why
		}
		switch r.Status {
		case StatusEnded:
			return roomEnded()
		case StatusWaiting:
			return fail(Forbidden, "This chat waits for whoever takes it.")
		}
		if r.hasMovedTooOften() {
			return movedTooOften()
		}
		if receiver.Status != StatusOnline || receiver.Seat.Conn == "" {
			return fail(Unavailable, "This agent is not online.")
		}
		r.assign(receiver, now)
		r.SweepAt = min(r.SweepAt, now.After(s.Rules.Away)) // their connection may be gone unnoticed
		return nil
	})
	switch {
	case errors.Is(err, errAlreadyDone):
		s.retell(ctx, done.after, Customer)
		s.retell(ctx, done.after, Agent)
	case err != nil:
		return View{}, err
	default:
		s.announce(ctx, c.Conn, done)
	}
	return s.view(ctx, done.after, Agent)
}

// alreadyTransferred tells whether the caller has already given the room to that agent, even if others have held it since.
func (r *Room) alreadyTransferred(c Caller, to PersonID) bool {
	if !r.WasHeldBy(to) || !c.Admin && !r.WasHeldBy(c.Who) {
		return false
	}
	return r.Status != StatusActive || r.Agent.Who == to || !c.Admin && r.Agent.Who != c.Who
}
