package chat

import (
	"context"
	"errors"
)

// Refuse tells a connection why its frame was refused. It is only a hint: nothing was done, so nothing is lost if it
// is missed.
func (s *Service) Refuse(ctx context.Context, conn ConnectionID, why Refused) {
	if err := s.Pusher.Post(ctx, conn, why); err != nil && !errors.Is(err, ErrGone) {
		s.Log.WarnContext(ctx, "post failed", LogPeer, conn, LogError, err)
	}
}

// Drop closes a connection whose client does not keep to the limits.
func (s *Service) Drop(ctx context.Context, conn ConnectionID) { s.close(ctx, conn) }
