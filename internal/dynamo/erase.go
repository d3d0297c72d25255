package dynamo

import (
	"context"
	"errors"
	"slices"

	"rejoin/internal/chat"
)

// Erased is how many rows of each kind an erasure deleted.
type Erased struct{ Messages, Lists, Rooms, Connections, Customers int }

// The reasons why a customer cannot be erased yet.
var (
	ErrOpen      = errors.New("the customer has an open chat: end it first")
	ErrUncounted = errors.New("a chat of the customer is still to be counted: try again in two minutes")
)

// Erase deletes all that is kept of a customer: their own item, also that they were blocked, their connection, texts, rooms
// and what others' lists say of them. Statistics, which do not know whose they are, stay. It may be repeated when it failed
// half-way. ErrOpen and ErrUncounted when it deleted nothing. It is no function's business: whoever calls it needs rights of
// their own.
//
// The customer's item goes first, on condition that they have opened no chat since it was read. So what was read in between
// is all of chats that are over, and what they write from then on is not touched.
func (s *Store) Erase(ctx context.Context, who chat.PersonID) (done Erased, err error) {
	person, err := s.Person(ctx, who)
	if err != nil {
		return done, err
	}
	rooms, err := s.roomsOf(ctx, who, person.Room)
	if err != nil {
		return done, err
	}
	past, err := s.messages(ctx, s.messagesQuery(who, "", item{}), 0)
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

// roomsOf reads a customer's rooms, each of which must be over and counted: those that the index lists, and the last, which
// it may not list yet.
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
		case r.ID == "": // erased or expired, and the index lags
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

// countedRow is an item, and what counts it once it is deleted.
type countedRow struct {
	count *int
	table string
	key   item
}

// rowsOf are the items beside the customer's own. A room goes after its texts and lists, because a repeat finds them by it.
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
