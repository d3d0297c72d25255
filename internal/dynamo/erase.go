package dynamo

import (
	"context"
	"errors"
	"slices"

	"rejoin/internal/chat"
)

// Erased counts the rows of each kind that an erasure deleted.
type Erased struct{ Messages, Lists, Rooms, Connections, Customers int }

// The reasons why a customer cannot be erased yet.
var (
	ErrOpen      = errors.New("the customer has an open chat: end it first")
	ErrUncounted = errors.New("a chat of the customer is still to be counted: try again in two minutes")
)

// Erase deletes everything stored about a customer: their own item with their block, their connection, texts, rooms
// and entries in agents' lists. Statistics, which have no persons, stay. It may be repeated after a failure. After
// ErrOpen or ErrUncounted nothing was deleted. No function calls it: the caller needs its own AWS permissions.
//
// The customer's item goes first, if they have opened no room since it was read. So everything that was read belongs
// to ended rooms, and what they write later is not touched.
func (s *Store) Erase(ctx context.Context, who chat.PersonID) (done Erased, err error) {
	person, err := s.Person(ctx, who)
	if err != nil {
		return done, err
	}
	rooms, err := s.roomsOf(ctx, who, person.Room)
	if err != nil {
		return done, err
	}
	past, err := s.messages(ctx, s.messagesQuery(who, "", item{}), 0, atOnce())
	if err != nil {
		return done, err
	}
	table, key := s.personKey(who)
	_, ok, err := s.delete(ctx, eraseWrite(), table, key, item{":last": text(person.Room)})
	switch {
	case err != nil:
		return done, err
	case !ok:
		return done, ErrOpen
	case person.ID != "":
		done.Customers++
	}
	for _, row := range s.rowsOf(person, rooms, past, &done) {
		if _, _, err := s.delete(ctx, eraseRowWrite(), row.table, row.key, nil); err != nil {
			return done, err
		}
		*row.count++
	}
	return done, nil
}

// roomsOf reads a customer's rooms, all of which must have ended and been counted: those in the index, and the last
// one, which may not be in it yet.
func (s *Store) roomsOf(ctx context.Context, who chat.PersonID, last chat.RoomID) ([]chat.Room, error) {
	ids, err := s.roomsIn(ctx, lookup{index: indexCustomer, where: "#key = :key", key: keyCustomer, values: item{":key": text(who)}})
	if err != nil {
		return nil, err
	}
	if last != "" && !slices.Contains(ids, last) {
		ids = append(ids, last)
	}
	var rooms []chat.Room
	for _, id := range ids {
		r, err := s.Room(ctx, id)
		switch {
		case err != nil:
			return nil, err
		case r.ID == "": // erased or expired; the index lags
			continue
		case r.Status != chat.StatusEnded:
			return nil, ErrOpen
		case !r.Counted:
			return nil, ErrUncounted
		}
		rooms = append(rooms, r)
	}
	return rooms, nil
}

// countedRow is an item to delete and the counter of its kind.
type countedRow struct {
	count *int
	table string
	key   item
}

// rowsOf lists the items besides the customer's own. A room goes after its texts and list entries, because a repeat
// finds those through it.
func (s *Store) rowsOf(person chat.Person, rooms []chat.Room, past []chat.Message, done *Erased) (rows []countedRow) {
	if conn := person.Seat.Conn; conn != "" {
		rows = append(rows, countedRow{&done.Connections, s.tables.Connections, item{keyConnection: text(conn)}})
	}
	for _, m := range past {
		rows = append(rows, countedRow{&done.Messages, s.tables.Messages, messageKey(m)})
	}
	for _, r := range rooms {
		for _, agent := range r.Held {
			rows = append(rows, countedRow{&done.Lists, s.tables.Handled, encodeHandled(agent, r)})
		}
		rows = append(rows, countedRow{&done.Rooms, s.tables.Rooms, roomKey(r.ID)})
	}
	return rows
}
