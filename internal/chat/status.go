package chat

import (
	"context"
	"fmt"
)

// SetStatus makes an agent online or away. The status outlives their connections.
func (s *Service) SetStatus(ctx context.Context, c Caller, status AgentStatus) error {
	_, ok, err := s.Store.SetStatus(ctx, c, status)
	switch {
	case err != nil:
		return fmt.Errorf("set status: %w", err)
	case !ok:
		return notCurrent()
	}
	return nil
}
