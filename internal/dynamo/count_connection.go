package dynamo

import (
	"context"
	"time"

	"rejoin/internal/chat"
)

// connectionCountLife is how long the count of a minute is kept: longer than clocks differ.
const connectionCountLife = 5 * time.Minute

// CountConnection implements chat.PeopleStore with one write of one unit, to the row of the address and the minute in the table of
// connections. Its attribute `count` is how many came.
func (s *Store) CountConnection(ctx context.Context, from string, now chat.Millis, most int) (bool, error) {
	_, ok, err := s.update(ctx, countConnectionWrite(), s.tables.Connections, item{keyConnection: text(connectionCountKey(from, now))}, "", item{
		":one": number(1), ":most": number(most), ":ttl": expiry(now, connectionCountLife),
	})
	return ok, err
}
