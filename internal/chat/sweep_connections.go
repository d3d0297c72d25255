package chat

import (
	"context"
	"errors"
	"fmt"
)

// sweepConnections closes the connections whose token has expired. Their frames are already refused; once closed,
// they get no pushes either. A connection that cannot be closed keeps its record, so that the next run tries again.
func (s *Service) sweepConnections(ctx context.Context) error {
	ids, err := s.Store.ExpiredConnections(ctx, s.Clock.Now())
	if err != nil {
		return fmt.Errorf("list connections with an expired token: %w", err)
	}
	var errs []error
	for _, id := range ids {
		if outOfTime(ctx) {
			break
		}
		if err := s.Pusher.Close(ctx, id); err != nil {
			errs = append(errs, fmt.Errorf("close connection %s: %w", id, err))
			continue
		}
		_, err := s.Disconnect(ctx, Caller{Conn: id})
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
