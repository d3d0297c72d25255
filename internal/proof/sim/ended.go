package sim

import (
	"context"

	"rejoin/internal/chat"
)

func (s *store) Ended(ctx context.Context, span chat.Span, before chat.Ending, limit int) ([]chat.Ending, error) {
	return ask(s.w, "Ended", reading, func() ([]chat.Ending, error) { return s.inner.Ended(ctx, span, before, limit) })
}
