package chat

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// sweepAgents makes good the $disconnect of an agent that never came: else they would be online for ever, and what they
// hold would wait for its next look. A connection that is only silent may wake up, and one that is young may be just being
// established.
func (s *Service) sweepAgents(ctx context.Context) error {
	agents, err := s.Store.ConnectedAgents(ctx, StatusOnline)
	if err != nil {
		return fmt.Errorf("list the agents: %w", err)
	}
	var errs []error
	for _, a := range agents {
		if outOfTime(ctx) {
			break
		}
		if _, err := s.Pusher.LastActive(ctx, a.Seat.Conn); !errors.Is(err, ErrGone) {
			continue
		}
		p, err := s.Store.Person(ctx, a.ID)
		if err != nil {
			errs = append(errs, fmt.Errorf("read agent: %w", err))
			continue
		}
		if p.Seat.Conn == a.Seat.Conn && p.Seat.At <= StampOf(s.Clock.Now().After(-YoungConnection)) {
			_, err := s.Disconnect(ctx, Caller{Conn: a.Seat.Conn, Who: a.ID, Side: Agent})
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// outOfTime tells whether only the reserve is left of the time that the run has.
func outOfTime(ctx context.Context) bool {
	end, ok := ctx.Deadline()
	return ok && time.Until(end) < sweepReserve
}
