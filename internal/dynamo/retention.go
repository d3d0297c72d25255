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

// lastChat is for how long a customer's last chat may stay open after they came: a connection lives for 2 h, and the sweep
// gives minutes to who is gone. So nobody is forgotten before their last room is.
const lastChat = 24 * time.Hour

// expiry is when DynamoDB may delete an item.
func expiry(from chat.Millis, keep time.Duration) types.AttributeValue {
	return number(from.After(keep) / 1000)
}

// forEver is for who shall stay, whatever was set before: DynamoDB looks at numbers alone.
func forEver() types.AttributeValue { return &types.AttributeValueMemberNULL{Value: true} }

// expiring lets DynamoDB delete an item when it was kept for long enough.
func expiring(it item, from chat.Millis, keep time.Duration) item {
	if keep > 0 {
		it[attrTTL] = expiry(from, keep)
	}
	return it
}

// keptCustomer is the ttl of a customer who came just now.
func (s *Store) keptCustomer(now chat.Millis) types.AttributeValue {
	if s.Retention.Rooms == 0 {
		return forEver()
	}
	return expiry(now, s.Retention.Rooms+lastChat)
}

// keptMessage is a message as it is stored.
func (s *Store) keptMessage(m chat.Message) item {
	return expiring(encodeMessage(m), m.At, s.Retention.Texts)
}

// keptRoom is a room as it is stored: only one that has ended expires.
func (s *Store) keptRoom(r chat.Room) item {
	if r.Status != chat.StatusEnded {
		return encodeRoom(r)
	}
	return expiring(encodeRoom(r), r.EndedAt, s.Retention.Rooms)
}

func (s *Store) keptHandled(agent chat.PersonID, r chat.Room) item {
	return expiring(encodeHandled(agent, r), r.EndedAt, s.Retention.Rooms)
}
