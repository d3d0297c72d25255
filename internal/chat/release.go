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
	r := done.after
	var tells []func(context.Context)
	switch {
	case errors.Is(err, errAlreadyDone):
		tells = append(tells, func(ctx context.Context) { s.retell(ctx, r, Customer) })
	case err != nil:
		return View{}, err
	default:
		tells = append(tells, func(ctx context.Context) { s.announce(ctx, c.Conn, done) }, func(ctx context.Context) { s.tellQueued(ctx, r) })
	}
	var v View
	s.sideBySide(ctx, append(tells, func(ctx context.Context) { v, err = s.view(ctx, r, Agent) })...)
	return v, err
}
