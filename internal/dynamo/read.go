package dynamo

import (
	"context"

	"rejoin/internal/chat"
)

// MarkRead implements chat.RoomStore.
func (s *Store) MarkRead(ctx context.Context, id chat.RoomID, c chat.Caller, seq int64) (chat.Room, bool, error) {
	return s.updateRoom(ctx, markReadWrite(), id, c.Side, item{":who": text(c.Who), ":at": number(c.At), ":seq": number(seq)})
}
