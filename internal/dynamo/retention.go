package dynamo

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"rejoin/internal/chat"
)

// Retention is for how long things are kept; 0 = for ever. The rows of statistics say so themselves.
type Retention struct {
	Texts time.Duration // messages, from when they were written
	Rooms time.Duration // rooms and the lists of them, from when they ended; customers, from when they were here last
}

// openChatGrace is for how long a customer's last chat may stay open after they came: a connection lives for 2 h, and the sweep
// gives minutes to who is gone. So nobody is forgotten before their last room is.
const openChatGrace = 24 * time.Hour

// expiry is when DynamoDB may delete an item.
func expiry(from chat.Millis, keep time.Duration) types.AttributeValue {
	return number(from.After(keep) / 1000)
}

// noExpiry is for who shall stay, whatever was set before: DynamoDB looks at numbers alone.
func noExpiry() types.AttributeValue { return &types.AttributeValueMemberNULL{Value: true} }

// withExpiry lets DynamoDB delete an item when it was kept for long enough.
func withExpiry(it item, from chat.Millis, keep time.Duration) item {
	if keep > 0 {
		it[attrTTL] = expiry(from, keep)
	}
	return it
}

// customerExpiry is the ttl of a customer who came just now.
func (s *Store) customerExpiry(now chat.Millis) types.AttributeValue {
	if s.Retention.Rooms == 0 {
		return noExpiry()
	}
	return expiry(now, s.Retention.Rooms+openChatGrace)
}

// messageItem is a message as it is stored.
func (s *Store) messageItem(m chat.Message) item {
	return withExpiry(encodeMessage(m), m.At, s.Retention.Texts)
}

// roomItem is a room as it is stored: only one that has ended expires.
func (s *Store) roomItem(r chat.Room) item {
	if r.Status != chat.StatusEnded {
		return encodeRoom(r)
	}
	return withExpiry(encodeRoom(r), r.EndedAt, s.Retention.Rooms)
}

func (s *Store) handledItem(agent chat.PersonID, r chat.Room) item {
	return withExpiry(encodeHandled(agent, r), r.EndedAt, s.Retention.Rooms)
}
