package dynamo

import (
	"context"

	"rejoin/internal/chat"
)

// Rate implements chat.RoomStore.
func (s *Store) Rate(ctx context.Context, id chat.RoomID, c chat.Caller, given chat.Rating) (chat.Room, bool, error) {
	return s.updateRoom(ctx, rateWrite(given.Comment != ""), id, c.Side, item{
		":who": text(c.Who), ":conn": text(c.Conn), ":at": number(c.At),
		":score": number(given.Score), ":comment": text(given.Comment), ":most": number(chat.MaxRatings),
	})
}
