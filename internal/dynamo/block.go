package dynamo

import (
	"context"

	"rejoin/internal/chat"
)

// SetBlocked implements chat.PeopleStore.
func (s *Store) SetBlocked(ctx context.Context, customer chat.PersonID, blocked bool) (chat.Person, bool, error) {
	return s.updatePerson(ctx, setBlockedWrite(), customer, item{":blocked": boolean(blocked)})
}
