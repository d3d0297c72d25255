package dynamo

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"rejoin/internal/chat"
)

// Retention is how long things are kept; 0 = for ever. Rows of statistics have their own time.
type Retention struct {
	Texts time.Duration // messages, from when they were written
	Rooms time.Duration // rooms and lists of rooms, from their end; customers, from their last visit
}

// openChatGrace is added to the time for which customers are kept. A connection lives for 2 h, and the sweep ends a room soon
// after the time that its customer may be gone, which is no longer than rooms are kept. So no customer is forgotten before
// their last room.
const openChatGrace = 24 * time.Hour

// expiry is when DynamoDB may delete an item.
func expiry(from chat.Millis, keep time.Duration) types.AttributeValue {
	return number(from.After(keep) / 1000)
}

// noExpiry replaces an earlier ttl: DynamoDB ignores a ttl that is no number.
func noExpiry() types.AttributeValue { return &types.AttributeValueMemberNULL{Value: true} }

// withExpiry lets DynamoDB delete an item after the time given; never if it is 0.
func withExpiry(it item, from chat.Millis, keep time.Duration) item {
	if keep > 0 {
		it[attrTTL] = expiry(from, keep)
	}
	return it
}

// customerExpiry is the ttl of a customer who connects now.
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

// roomItem is a room as it is stored. Only an ended room expires.
func (s *Store) roomItem(r chat.Room) item {
	if r.Status != chat.StatusEnded {
		return encodeRoom(r)
	}
	return withExpiry(encodeRoom(r), r.EndedAt, s.Retention.Rooms)
}

func (s *Store) handledItem(agent chat.PersonID, r chat.Room) item {
	return withExpiry(encodeHandled(agent, r), r.EndedAt, s.Retention.Rooms)
}
