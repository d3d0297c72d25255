package chat

import (
	"context"
	"errors"
)

// Release puts the agent's room back into the queue, at its old position. From a former holder it is a repeat, for as
// long as the room is kept. Forbidden for other agents.
func (s *Service) Release(ctx context.Context, c Caller, room RoomID) (View, error) {
	done, err := s.change(ctx, room, event{EventReleased, c.Name}, func(r *Room, _ Millis) error {
		if r.Agent.Who != c.Who && r.WasHeldBy(c.Who) {
			return errAlreadyDone
		}
		if why := refusal(*r, c); why != nil {
			return why
		}
		r.requeue()
		return nil
	})
	switch {
	case errors.Is(err, errAlreadyDone):
		s.retell(ctx, done.after, Customer)
	case err != nil:
		return View{}, err
	default:
		s.announce(ctx, c.Conn, done)
	}
	if done.after.Status == StatusWaiting {
		s.tellQueued(ctx, done.after)
	}
	return s.view(ctx, done.after, Agent)
}
