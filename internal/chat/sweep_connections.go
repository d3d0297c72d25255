package chat

import (
	"context"
	"fmt"
)

// sweepConnections closes the connections whose token has expired. Their frames are already refused; once closed,
// they get no pushes either. A connection that cannot be closed keeps its record, so that the next run tries again.
func (s *Service) sweepConnections(ctx context.Context) error {
	ids, err := s.Store.ExpiredConnections(ctx, s.Clock.Now())
	if err != nil {
		return fmt.Errorf("list connections with an expired token: %w", err)
	}
	return s.Each.Try(ctx, len(ids), func(ctx context.Context, i int) error {
		if outOfTime(ctx) {
			return nil
		}
		if err := s.Pusher.Close(ctx, ids[i]); err != nil {
			return fmt.Errorf("close connection %s: %w", ids[i], err)
		}
		_, err := s.Disconnect(ctx, Caller{Conn: ids[i]})
		return err
	})
}
