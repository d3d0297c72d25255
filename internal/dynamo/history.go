package dynamo

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"golang.org/x/time/rate"

	"rejoin/internal/chat"
)

// Messages implements chat.MessageStore.
func (s *Store) Messages(ctx context.Context, customer chat.PersonID, room chat.RoomID, from, to int64) ([]chat.Message, error) {
	return s.messagesIn(ctx, customer, room, from, to, atOnce())
}

// A page of 1 MB is 256 read units, and one key has 3,000 in a second. Reading a long room, of which nobody waits for the last
// page, leaves half of them to the people who chat.
const (
	pagesAtOnce    = 6
	pagesPerSecond = 6
)

// MessagesWithoutText implements chat.MessageStore. DynamoDB reads the texts all the same, but does not send them. After
// the first 6 MB it reads at most 6 MB in a second, so the longest room takes 25 s.
func (s *Store) MessagesWithoutText(ctx context.Context, customer chat.PersonID, room chat.RoomID, from, to int64) ([]chat.Message, error) {
	return s.messagesIn(ctx, customer, room, from, to, rate.NewLimiter(pagesPerSecond, pagesAtOnce),
		keyCustomer, keyPlace, attrFrom, attrWho, attrBy, attrNo, attrEvent, attrHolder, attrAt, attrVoid)
}

// messagesIn reads the places from…to of a room in pages at that pace; only the named attributes if there are any.
func (s *Store) messagesIn(
	ctx context.Context, customer chat.PersonID, room chat.RoomID, from, to int64, pace *rate.Limiter, only ...string,
) ([]chat.Message, error) {
	if from > to {
		return nil, nil // DynamoDB refuses a range that ends before it starts
	}
	q := s.messagesQuery(customer, " AND #place BETWEEN :from AND :to", item{
		":from": text(placeOf(room, from)), ":to": text(placeOf(room, to)),
	})
	if len(only) > 0 {
		projection := "#" + strings.Join(only, ", #")
		q.ProjectionExpression = &projection
	}
	for _, name := range only {
		q.ExpressionAttributeNames["#"+name] = name
	}
	return s.messages(ctx, q, 0, pace)
}

// atOnce is the pace of a read for which somebody waits.
func atOnce() *rate.Limiter { return rate.NewLimiter(rate.Inf, 0) }

// MessagesBefore implements chat.MessageStore: one backward Query across all rooms, since room ids grow with time.
func (s *Store) MessagesBefore(ctx context.Context, customer chat.PersonID, before chat.Cursor, limit int) ([]chat.Message, error) {
	q := s.messagesQuery(customer, "", item{})
	if before != (chat.Cursor{}) {
		q = s.messagesQuery(customer, " AND #place < :before", item{":before": text(placeOf(before.Room, before.Seq))})
	}
	forward, most := false, int32(limit)
	q.ScanIndexForward, q.Limit = &forward, &most
	return s.messages(ctx, q, limit, atOnce())
}

// messagesQuery is a strongly consistent Query of a customer's messages.
func (s *Store) messagesQuery(customer chat.PersonID, where string, values item) *dynamodb.QueryInput {
	where, consistent := "#customer = :customer"+where, true
	values[":customer"] = text(customer)
	names := map[string]string{"#customer": keyCustomer}
	if len(values) > 1 {
		names["#place"] = keyPlace
	}
	return &dynamodb.QueryInput{
		TableName: &s.tables.Messages, ConsistentRead: &consistent, KeyConditionExpression: &where,
		ExpressionAttributeNames: names, ExpressionAttributeValues: values,
	}
}

// messages reads a Query to its end, or up to the limit if it is not 0, in pages at that pace.
func (s *Store) messages(ctx context.Context, q *dynamodb.QueryInput, limit int, pace *rate.Limiter) ([]chat.Message, error) {
	var all []chat.Message
	err := s.pages(ctx, q, func(page *dynamodb.QueryOutput) (more bool, err error) {
		for _, it := range page.Items {
			m, err := decodeMessage(it)
			if err != nil {
				return false, err
			}
			all = append(all, m)
		}
		if limit > 0 && len(all) >= limit || len(page.LastEvaluatedKey) == 0 {
			return false, nil
		}
		return true, pace.Wait(ctx)
	})
	if limit > 0 && len(all) > limit { // a second page has a limit of its own
		all = all[:limit]
	}
	return all, err
}
