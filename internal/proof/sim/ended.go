package sim

import (
	"context"

	"rejoin/internal/chat"
)

func (s *store) EndedRooms(ctx context.Context, span chat.Span, before chat.Ending, limit int) ([]chat.Ending, error) {
	return ask(s.w, "EndedRooms", reading, func() ([]chat.Ending, error) { return s.inner.EndedRooms(ctx, span, before, limit) })
}
