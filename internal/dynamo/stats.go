package dynamo

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"rejoin/internal/chat"
)

// Attributes of a row of statistics.
const (
	attrWeight = "weight"
	attrData   = "data"
)

func statsKey(series, at string) item { return item{keySeries: text(series), keyStatsAt: text(at)} }

func encodeStats(row chat.StatsRow) item {
	it := statsKey(row.Series, row.At)
	it[attrWeight] = number(row.Weight)
	withBytes(it, attrData, row.Data)
	withNumber(it, attrTTL, row.Expires/1000)
	return it
}

func decodeStats(it item) (chat.StatsRow, error) {
	d := &itemReader{item: it}
	row := chat.StatsRow{
		Series: requireText[string](d, keySeries), At: requireText[string](d, keyStatsAt), Weight: readNumber[int64](d, attrWeight),
		Data: readBytes(d, attrData), Expires: readNumber[chat.Millis](d, attrTTL) * 1000,
	}
	return row, d.err("statistics")
}

// UncountedRooms implements chat.StatsStore.
func (s *Store) UncountedRooms(ctx context.Context, after chat.RoomID, limit int) ([]chat.RoomID, error) {
	l := lookup{index: indexUncounted, where: "#key = :key", key: attrUncounted, values: item{":key": text(uncountedKey)}, limit: limit}
	if after != "" {
		l.where, l.sort = l.where+" AND #range > :range", keyRoom
		l.values[":range"] = text(after)
	}
	return s.roomsIn(ctx, l)
}

// SetCounted implements chat.StatsStore.
func (s *Store) SetCounted(ctx context.Context, id chat.RoomID, rev int64) (chat.Room, bool, error) {
	return s.updateRoom(ctx, setCountedWrite(), id, "", item{":before": number(rev)})
}

// PutStats implements chat.StatsStore.
func (s *Store) PutStats(ctx context.Context, row chat.StatsRow) (bool, error) {
	it := encodeStats(row)
	set, values := updateExpression(it, []string{attrWeight, attrData, attrTTL})
	_, ok, err := s.update(ctx, putStatsWrite(set), s.tables.Stats, statsKey(row.Series, row.At), "", values)
	return ok, err
}

// Stats implements chat.StatsStore, in one Query.
func (s *Store) Stats(ctx context.Context, series, from, to string) ([]chat.StatsRow, error) {
	if from > to {
		return nil, nil // DynamoDB refuses a range that ends before it starts
	}
	consistent := true
	q := lookup{
		where: "#key = :key AND #range BETWEEN :from AND :to", key: keySeries, sort: keyStatsAt,
		values: item{":key": text(series), ":from": text(from), ":to": text(to)},
	}.query(s.tables.Stats)
	q.ConsistentRead = &consistent
	var rows []chat.StatsRow
	err := s.pages(ctx, q, func(page *dynamodb.QueryOutput) (more bool, err error) {
		for _, it := range page.Items {
			row, err := decodeStats(it)
			if err != nil {
				return false, err
			}
			rows = append(rows, row)
		}
		return true, nil
	})
	return rows, err
}
