package chat

import (
	"context"
	"errors"
	"fmt"
)

// sweepAgents handles an agent's missing $disconnect: otherwise they would seem online for ever, and their rooms
// would wait for the next regular check. It leaves alone a connection that is only silent, since it may wake up, and
// a young one, since it may still be being established.
func (s *Service) sweepAgents(ctx context.Context) error {
	agents, err := s.Store.ConnectedAgents(ctx, StatusOnline)
	if err != nil {
		return fmt.Errorf("list the agents: %w", err)
	}
	return s.Each.Try(ctx, len(agents), func(ctx context.Context, i int) error {
		if outOfTime(ctx) {
			return nil
		}
		return s.sweepAgent(ctx, agents[i])
	})
}

func (s *Service) sweepAgent(ctx context.Context, a Person) error {
	if _, err := s.Pusher.LastActive(ctx, a.Seat.Conn); !errors.Is(err, ErrGone) {
		return nil
	}
	p, err := s.Store.Person(ctx, a.ID)
	if err != nil {
		return fmt.Errorf("read agent: %w", err)
	}
	if p.Seat.Conn != a.Seat.Conn || p.Seat.At > StampOf(s.Clock.Now().After(-YoungConnection)) {
		return nil
	}
	_, err = s.Disconnect(ctx, Caller{Conn: a.Seat.Conn, Who: a.ID, Side: Agent})
	return err
}
