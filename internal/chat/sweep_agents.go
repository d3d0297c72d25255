package chat

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// sweepAgents handles an agent's missing $disconnect: otherwise they would seem online for ever, and their rooms
// would wait for the next regular check. It leaves alone a connection that is only silent, since it may wake up, and
// a young one, since it may still be being established.
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

// outOfTime tells whether only the reserve is left of the run's time.
func outOfTime(ctx context.Context) bool {
	end, ok := ctx.Deadline()
	return ok && time.Until(end) < sweepReserve
}
