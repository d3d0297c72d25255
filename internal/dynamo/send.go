package dynamo

import (
	"context"

	"rejoin/internal/chat"
)

// Send implements chat.RoomStore. One write of one unit checks membership, the newest connection, the order of
// numbers, their rate and the room's length, and reserves the place.
func (s *Store) Send(ctx context.Context, t chat.Send) (chat.Room, bool, error) {
	return s.updateRoom(ctx, sendWrite(t.Side, t.PreviousBurstBy != 0), t.Room, t.Side, item{
		":who": text(t.Who), ":conn": text(t.Conn), ":at": number(t.At),
		":no": number(t.No), ":next": number(t.No + 1), ":digest": text(t.Digest), ":preview": text(t.Preview), ":now": number(t.Now),
		":previousBurstBy": number(t.PreviousBurstBy), ":most": number(chat.MaxPlaces),
	})
}
