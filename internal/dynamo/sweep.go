package dynamo

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"rejoin/internal/chat"
)

// SweepSooner implements chat.RoomStore.
func (s *Store) SweepSooner(ctx context.Context, id chat.RoomID, at chat.Millis) (chat.Room, bool, error) {
	return s.updateRoom(ctx, sweepSoonerWrite(), id, chat.Agent, item{":sweepAt": number(at)})
}

// DueRooms implements chat.RoomStore.
func (s *Store) DueRooms(ctx context.Context, shard int, after chat.Due, now chat.Millis, limit int) ([]chat.Due, error) {
	l := lookup{
		index: indexDue, where: "#key = :key AND #range <= :range", key: attrDueShard, sort: attrSweepAt,
		values: item{":key": text(shardKey(shard)), ":range": number(now)}, limit: limit,
	}
	q := l.query(s.tables.Rooms)
	if after != (chat.Due{}) { // where a page ends: the keys of the index and of the table
		q.ExclusiveStartKey = item{attrDueShard: text(shardKey(shard)), attrSweepAt: number(after.At), keyRoom: text(after.Room)}
	}
	due := []chat.Due{}
	err := s.pages(ctx, q, func(page *dynamodb.QueryOutput) (more bool, err error) {
		for _, it := range page.Items {
			d := &itemReader{item: it}
			due = append(due, chat.Due{At: readNumber[chat.Millis](d, attrSweepAt), Room: requireText[chat.RoomID](d, keyRoom)})
			if err := d.err("index " + l.index); err != nil {
				return false, err
			}
		}
		return len(due) < limit, nil
	})
	return due[:min(limit, len(due))], err
}
