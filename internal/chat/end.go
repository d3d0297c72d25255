package chat

import (
	"context"
	"errors"
)

// End ends the room. Its customer, its holder and admins may. A text that was on its way is either stored by then or
// never will be. Ending an ended room gives the same answer.
func (s *Service) End(ctx context.Context, c Caller, room RoomID) (View, error) {
	if c.Admin { // an admin may have no seat in the room that would tell
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

// end ends the room as f decides and tells both sides. If it had already ended, the others are told again, because
// the first attempt may have died before it told them.
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

// announceEnd announces an end, also to the agents if the room was waiting.
func (s *Service) announceEnd(ctx context.Context, actor ConnectionID, c change) {
	if c.before.Status != StatusWaiting {
		s.announce(ctx, actor, c)
		return
	}
	s.sideBySide(ctx,
		func(ctx context.Context) { s.announce(ctx, actor, c) },
		func(ctx context.Context) { s.tellAgents(ctx, QueueRemove{Room: c.after.ID}) })
}
