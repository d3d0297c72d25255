package dynamo

import (
	"context"

	"rejoin/internal/chat"
)

// SeatPerson implements chat.PeopleStore. The token's name is stored if it has one.
func (s *Store) SeatPerson(ctx context.Context, c chat.Caller) (chat.Person, bool, error) {
	values := item{":conn": text(c.Conn), ":at": number(c.At), ":none": text("")}
	set := ""
	if c.Name != "" {
		set += ", #name = :name"
		values[":name"] = text(c.Name)
	}
	if c.Side == chat.Agent {
		set += ", #status = if_not_exists(#status, :online), #load = if_not_exists(#load, :zero)"
		values[":online"], values[":zero"] = text(chat.StatusOnline), number(0)
	} else {
		set += ", " + extendUnlessBlocked
		values[":ttl"] = s.customerExpiry(openedAt(c))
	}
	return s.updatePerson(ctx, seatPersonWrite(set), c.Who, values)
}

// UnseatPerson implements chat.PeopleStore.
func (s *Store) UnseatPerson(ctx context.Context, who chat.PersonID, conn chat.ConnectionID) (chat.Person, bool, error) {
	return s.updatePerson(ctx, unseatPersonWrite(), who, item{":conn": text(conn)})
}
