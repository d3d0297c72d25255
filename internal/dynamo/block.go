package dynamo

import (
	"context"

	"rejoin/internal/chat"
)

// SetBlocked implements chat.PeopleStore.
func (s *Store) SetBlocked(ctx context.Context, customer chat.PersonID, blocked bool, now chat.Millis) (chat.Person, bool, error) {
	values := item{":ttl": s.customerExpiry(now)}
	if blocked {
		values = item{":blocked": boolean(true), ":ttl": noExpiry()}
	}
	return s.updatePerson(ctx, setBlockedWrite(blocked), customer, values)
}
