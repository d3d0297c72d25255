package dynamo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"rejoin/internal/chat"
)

// Queue implements chat.RoomStore. Room ids grow with time, so each of the index's keys is sorted by age. All keys of the
// list are read side by side.
func (s *Store) Queue(ctx context.Context, list chat.List, after, before chat.RoomID, limit int) ([]chat.RoomID, error) {
	keys := queueKeys(list)
	found, errs := make([][]chat.RoomID, len(keys)), make([]error, len(keys))
	var reads sync.WaitGroup
	for i, key := range keys {
		reads.Go(func() { found[i], errs[i] = s.queueShard(ctx, key, after, before, limit) })
	}
	reads.Wait()
	ids := slices.Concat(found...)
	slices.Sort(ids)
	if limit > 0 && len(ids) > limit {
		ids = ids[:limit]
	}
	return ids, errors.Join(errs...)
}

// Relist implements chat.RoomStore.
func (s *Store) Relist(ctx context.Context, before chat.Room, left bool, sweepAt chat.Millis) (chat.Room, bool, error) {
	values := item{":before": number(before.Rev), ":sweepAt": number(sweepAt)}
	before.Left = left
	values[":queue"] = text(queueKeyOf(before))
	return s.updateRoom(ctx, relistWrite(), before.ID, "", values)
}

// queueShard is Queue for one key of the index. BETWEEN includes both bounds, which are then left out.
func (s *Store) queueShard(ctx context.Context, key string, after, before chat.RoomID, limit int) ([]chat.RoomID, error) {
	after, before = cmp.Or(after, firstRoom), cmp.Or(before, lastRoom)
	if after >= before {
		return nil, nil // DynamoDB refuses a range that ends before it starts
	}
	if limit > 0 {
		limit += 2
	}
	ids, err := s.roomsIn(ctx, lookup{
		index: indexQueue, where: "#key = :key AND #range BETWEEN :after AND :before", key: attrQueue, sort: keyRoom,
		values: item{":key": text(key), ":after": text(after), ":before": text(before)}, limit: limit,
	})
	return slices.DeleteFunc(ids, func(id chat.RoomID) bool { return id == after || id == before }), err
}

// RoomsHeldBy implements chat.RoomStore.
func (s *Store) RoomsHeldBy(ctx context.Context, agent chat.PersonID) ([]chat.RoomID, error) {
	return s.roomsIn(ctx, lookup{index: indexAgent, where: "#key = :key", key: attrHolder, values: item{":key": text(agent)}})
}

// lookup is a Query of an index or of a table.
type lookup struct {
	index, where string // index "" = the table
	key, sort    string // the attributes that #key and #range stand for
	values       item
	limit        int // 0 = all
}

func (l lookup) query(table string) *dynamodb.QueryInput {
	q := &dynamodb.QueryInput{
		TableName: &table, KeyConditionExpression: &l.where,
		ExpressionAttributeNames: map[string]string{"#key": l.key}, ExpressionAttributeValues: l.values,
	}
	if l.index != "" {
		q.IndexName = &l.index
	}
	if l.sort != "" {
		q.ExpressionAttributeNames["#range"] = l.sort
	}
	if l.limit > 0 {
		limit := int32(min(l.limit, 1000))
		q.Limit = &limit
	}
	return q
}

func (s *Store) roomsIn(ctx context.Context, l lookup) ([]chat.RoomID, error) {
	return keysIn[chat.RoomID](ctx, s, s.tables.Rooms, keyRoom, l)
}

// keysIn lists the keys of a table's items that a lookup finds.
func keysIn[T ~string](ctx context.Context, s *Store, table, key string, l lookup) ([]T, error) {
	ids := []T{}
	err := s.pages(ctx, l.query(table), func(page *dynamodb.QueryOutput) (more bool, err error) {
		for _, it := range page.Items {
			d := &itemReader{item: it}
			ids = append(ids, requireText[T](d, key))
			if err := d.err("index " + l.index); err != nil {
				return false, err
			}
		}
		return l.limit == 0 || len(ids) < l.limit, nil
	})
	if l.limit > 0 && len(ids) > l.limit { // a second page has a limit of its own
		ids = ids[:l.limit]
	}
	return ids, err
}

// pages reads a Query to its end, or until f returns false. DynamoDB ends a page at 1 MB.
func (s *Store) pages(ctx context.Context, q *dynamodb.QueryInput, f func(*dynamodb.QueryOutput) (more bool, err error)) error {
	for {
		page, err := s.client.Query(ctx, q)
		if err != nil {
			return fmt.Errorf("query %s: %w", *q.TableName, err)
		}
		more, err := f(page)
		if err != nil || !more || len(page.LastEvaluatedKey) == 0 {
			return err
		}
		q.ExclusiveStartKey = page.LastEvaluatedKey
	}
}
