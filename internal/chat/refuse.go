package chat

import "context"

// Refuse tells a connection why its frame was refused. It is only a hint: nothing was done, so nothing is lost if it
// is missed.
func (s *Service) Refuse(ctx context.Context, conn ConnectionID, why Refused) {
	_ = s.post(ctx, conn, why) // post logs failures
}
