package dynamo

import (
	"context"

	"rejoin/internal/chat"
)

// SweepSooner implements chat.RoomStore.
func (s *Store) SweepSooner(ctx context.Context, id chat.RoomID, at chat.Millis) (chat.Room, bool, error) {
	return s.updateRoom(ctx, sweepSoonerWrite(), id, chat.Agent, item{":sweepAt": number(at)})
}

// DueRooms implements chat.RoomStore.
func (s *Store) DueRooms(ctx context.Context, shard int, now chat.Millis, limit int) ([]chat.RoomID, error) {
	return s.roomsIn(ctx, lookup{
		index: indexDue, where: "#key = :key AND #range <= :range", key: attrDueShard, sort: attrSweepAt,
		values: item{":key": text(shardKey(shard)), ":range": number(now)}, limit: limit,
	})
}
