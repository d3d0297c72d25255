package dynamo

import (
	"context"

	"rejoin/internal/chat"
)

// SeatInRoom implements chat.RoomStore.
func (s *Store) SeatInRoom(ctx context.Context, id chat.RoomID, c chat.Caller) (chat.Room, bool, error) {
	return s.updateRoom(ctx, seatInRoomWrite(), id, c.Side, item{":who": text(c.Who), ":conn": text(c.Conn), ":at": number(c.At)})
}

// UnseatInRoom implements chat.RoomStore.
func (s *Store) UnseatInRoom(ctx context.Context, id chat.RoomID, side chat.Side, conn chat.ConnectionID, now chat.Millis) (chat.Room, bool, error) {
	return s.updateRoom(ctx, unseatInRoomWrite(), id, side, item{":conn": text(conn), ":now": number(now)})
}

// MarkLost implements chat.RoomStore.
func (s *Store) MarkLost(ctx context.Context, id chat.RoomID, side chat.Side, conn chat.ConnectionID, youngest chat.Stamp) (chat.Room, bool, error) {
	values := item{":conn": text(conn), ":youngest": number(youngest)}
	withFlag(values, ":lost", true)
	return s.updateRoom(ctx, markLostWrite(), id, side, values)
}

// MarkPresent implements chat.RoomStore.
func (s *Store) MarkPresent(ctx context.Context, id chat.RoomID, side chat.Side, conn chat.ConnectionID) (chat.Room, bool, error) {
	return s.updateRoom(ctx, markPresentWrite(), id, side, item{":conn": text(conn)})
}
