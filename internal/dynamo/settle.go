package dynamo

import (
	"context"

	"rejoin/internal/chat"
)

// SetSettled implements chat.RoomStore.
func (s *Store) SetSettled(ctx context.Context, id chat.RoomID, settled, bound int64) (chat.Room, bool, error) {
	return s.updateRoom(ctx, setSettledWrite(), id, "", item{":settled": number(settled), ":bound": number(bound)})
}
