package chat

import (
	"context"
	"fmt"
)

// Typing tells the other side that the caller is typing. Nothing is stored.
func (s *Service) Typing(ctx context.Context, c Caller, room RoomID) error {
	r, err := s.Store.Room(ctx, room)
	if err != nil {
		return fmt.Errorf("read room %s: %w", room, err)
	}
	if why := refusal(r, c); why != nil {
		return why
	}
	s.tell(ctx, r, c.Side.Other(), TypingPush{Room: room, Who: c.Side})
	return nil
}
