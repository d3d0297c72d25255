package dynamo

import (
	"context"
	"time"

	"rejoin/internal/chat"
)

// arrivalLife is how long the count of a minute is kept: longer than clocks differ.
const arrivalLife = 5 * time.Minute

// CountArrival implements chat.PeopleStore with one write of one unit, to the row of the address and the minute in the table of
// connections. Its attribute `count` is how many came.
func (s *Store) CountArrival(ctx context.Context, from string, now chat.Millis, most int) (bool, error) {
	_, ok, err := s.update(ctx, countArrivalWrite(), s.tables.Connections, item{keyConnection: text(arrivalKey(from, now))}, "", item{
		":one": number(1), ":most": number(most), ":ttl": expiry(now, arrivalLife),
	})
	return ok, err
}
