package dynamo

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"rejoin/internal/chat"
)

// Erased is how many rows of each kind an erasure deleted.
type Erased struct{ Messages, Lists, Rooms, Connections, Customers int }

// The reasons why a customer cannot be erased yet.
var (
	ErrOpen      = errors.New("the customer has an open chat: end it first")
	ErrUncounted = errors.New("a chat of the customer is still to be counted: try again in two minutes")
)

// Erase deletes all that is kept of a customer: their texts, rooms and what others' lists say of them, their connection,
// and at last their own item, also that they were blocked. Statistics, which do not know whose they are, stay. It may be
// repeated when it failed half-way. ErrOpen and ErrUncounted when it deleted nothing. It is no function's business: whoever
// calls it needs rights of their own.
func (s *Store) Erase(ctx context.Context, who chat.PersonID) (done Erased, err error) {
	rooms, err := s.roomsOf(ctx, who)
	if err != nil {
		return done, err
	}
	past, err := s.messages(ctx, s.past(who, "", item{}), 0)
	if err != nil {
		return done, err
	}
	remove := func(count *int, table string, key item) {
		if err == nil {
			if _, err = s.client.DeleteItem(ctx, &dynamodb.DeleteItemInput{TableName: &table, Key: key}); err == nil {
				*count++
			}
		}
	}
	for _, m := range past {
		remove(&done.Messages, s.tables.Messages, item{keyCustomer: text(who), keyPlace: text(placeOf(m.Room, m.Seq))})
	}
	for _, r := range rooms {
		for _, agent := range r.Held {
			remove(&done.Lists, s.tables.Handled, encodeHandled(agent, r))
		}
		remove(&done.Rooms, s.tables.Rooms, roomKey(r.ID))
	}
	person, failed := s.Person(ctx, who)
	if err = errors.Join(err, failed); err == nil && person.ID != "" {
		if person.Seat.Conn != "" {
			remove(&done.Connections, s.tables.Connections, item{keyConnection: text(person.Seat.Conn)})
		}
		table, key := s.personKey(who)
		remove(&done.Customers, table, key)
	}
	if err != nil {
		return done, fmt.Errorf("erase %s: %w", who, err)
	}
	return done, nil
}

// roomsOf reads a customer's rooms, each of which must be over and counted.
func (s *Store) roomsOf(ctx context.Context, who chat.PersonID) ([]chat.Room, error) {
	ids, err := s.roomsIn(ctx, lookup{index: indexCustomer, where: "#key = :key", key: keyCustomer, values: item{":key": text(who)}})
	if err != nil {
		return nil, err
	}
	var rooms []chat.Room
	for _, id := range ids {
		r, err := s.Room(ctx, id)
		switch {
		case err != nil:
			return nil, err
		case r.ID == "": // erased, and the index lags
			continue
		case r.Status != chat.StatusOver:
			return nil, ErrOpen
		case !r.Counted:
			return nil, ErrUncounted
		}
		rooms = append(rooms, r)
	}
	return rooms, nil
}
