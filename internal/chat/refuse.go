package chat

import "context"

// Refuse tells a connection why its frame was refused. It is a hint: nothing that is refused was done, and whoever misses
// it loses nothing.
func (s *Service) Refuse(ctx context.Context, conn ConnectionID, why Refused) {
	_ = s.post(ctx, conn, why) // which logs what fails
}
