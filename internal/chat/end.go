package chat

import (
	"context"
	"errors"
)

// End ends the room: its customer, its holder, or an admin. What was on its way before is either stored by then or
// never will be. Ending an ended room is the same answer.
func (s *Service) End(ctx context.Context, c Caller, room RoomID) (View, error) {
	if c.Admin { // no seat of the room tells whether an admin's connection is the current one
		if err := s.checkCurrent(ctx, c); err != nil {
			return View{}, err
		}
	}
	after, err := s.end(ctx, c, room, func(r *Room, now Millis) error {
		why := refusal(*r, c)
		if why != nil && why.Code == Forbidden && c.Admin {
			why = nil
		}
		if why != nil && why.Code == Ended || why == nil && r.Status == StatusEnded {
			return errAlreadyDone
		}
		if why != nil {
			return why
		}
		reason := AgentEnded
		if c.Side == Customer {
			reason = CustomerEnded
		}
		r.end(reason, now)
		return nil
	})
	if err != nil {
		return View{}, err
	}
	return View{Room: after, Side: c.Side}, nil
}

// end ends the room as f does and tells of it. Where f says that it has ended already, whoever ended it may have died
// before they told.
func (s *Service) end(ctx context.Context, c Caller, room RoomID, f func(r *Room, now Millis) error) (Room, error) {
	done, err := s.change(ctx, room, event{EventEnded, c.Name}, f)
	switch {
	case errors.Is(err, errAlreadyDone):
		s.retell(ctx, done.after, c.Side.Other())
	case err != nil:
		return Room{}, err
	default:
		s.announceEnd(ctx, c.Conn, done)
	}
	return done.after, nil
}

// announceEnd tells of an end, and the agents where the room was still waiting.
func (s *Service) announceEnd(ctx context.Context, actor ConnectionID, c change) {
	s.announce(ctx, actor, c)
	if c.before.Status == StatusWaiting {
		s.tellAgents(ctx, QueueRemove{Room: c.after.ID})
	}
}
