package dynamo

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"rejoin/internal/chat"
)

// maxHandled is how many agents' lists an ended room is put into. A transaction has at most 100 writes, and an end
// must not fail.
const maxHandled = 90

// encodeHandled is an entry in the list of the ended rooms that an agent handled. It never changes.
func encodeHandled(agent chat.PersonID, r chat.Room) item {
	return item{keyAgent: text(agent), attrEnded: text(endOf(r.Ending()))}
}

// EndedRooms implements chat.RoomStore: one agent's rooms with one Query, all rooms with one Query for each month,
// from the newest on.
func (s *Store) EndedRooms(ctx context.Context, span chat.Span, before chat.Ending, limit int) ([]chat.Ending, error) {
	newest := chat.Ending{At: span.To, Room: lastRoom}
	if before != (chat.Ending{}) && endOf(before) < endOf(newest) {
		newest = before
	}
	var ends []chat.Ending
	if span.Agent != "" {
		return s.endsIn(ctx, s.tables.Handled, lookup{key: keyAgent, values: item{":key": text(span.Agent)}}, span, newest, limit)
	}
	for month := firstOfMonth(newest.At); len(ends) < limit && !month.Before(firstOfMonth(span.From)); month = month.AddDate(0, -1, 0) {
		l := lookup{index: indexEnded, key: attrEndedMonth, values: item{":key": text(month.Format(monthLayout))}}
		more, err := s.endsIn(ctx, s.tables.Rooms, l, span, newest, limit-len(ends))
		if err != nil {
			return nil, err
		}
		ends = append(ends, more...)
	}
	return ends, nil
}

// endsIn lists at most limit ends of one key, from newest downwards, excluding newest itself. BETWEEN includes both
// ends, so the Query asks for one more.
func (s *Store) endsIn(ctx context.Context, table string, l lookup, span chat.Span, newest chat.Ending, limit int) ([]chat.Ending, error) {
	from, to := endOf(chat.Ending{At: span.From}), endOf(newest)
	if from > to {
		return nil, nil // DynamoDB refuses a range that ends before it starts
	}
	l.where, l.sort, l.limit = "#key = :key AND #range BETWEEN :from AND :to", attrEnded, limit+1
	l.values[":from"], l.values[":to"] = text(from), text(to)
	q, forward := l.query(table), false
	q.ScanIndexForward = &forward
	var ends []chat.Ending
	err := s.pages(ctx, q, func(page *dynamodb.QueryOutput) (more bool, err error) {
		for _, it := range page.Items {
			d := &itemReader{item: it}
			end, err := splitEnd(requireText[string](d, attrEnded))
			if err != nil {
				return false, err
			}
			if end != newest && len(ends) < limit {
				ends = append(ends, end)
			}
		}
		return len(ends) < limit, nil
	})
	return ends, err
}
