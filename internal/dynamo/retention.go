package dynamo

import (
	"time"

	"rejoin/internal/chat"
)

// Retention is for how long things are kept; 0 = for ever. The rows of statistics say so themselves.
type Retention struct {
	Texts time.Duration // messages, from when they were written
	Rooms time.Duration // rooms and the lists of them, from when they ended
}

// expiring lets DynamoDB delete an item when it was kept for long enough.
func expiring(it item, from chat.Millis, keep time.Duration) item {
	if keep > 0 {
		it[attrTTL] = number(from.After(keep) / 1000)
	}
	return it
}

// keptMessage is a message as it is stored.
func (s *Store) keptMessage(m chat.Message) item {
	return expiring(encodeMessage(m), m.At, s.Retention.Texts)
}

// keptRoom is a room as it is stored: only one that has ended expires.
func (s *Store) keptRoom(r chat.Room) item {
	if r.Status != chat.StatusOver {
		return encodeRoom(r)
	}
	return expiring(encodeRoom(r), r.EndedAt, s.Retention.Rooms)
}

func (s *Store) keptHandled(agent chat.PersonID, r chat.Room) item {
	return expiring(encodeHandled(agent, r), r.EndedAt, s.Retention.Rooms)
}
