package memory

import (
	"context"
	"slices"
	"sync"

	"rejoin/internal/chat"
)

// Store is a chat.Store in memory that behaves as the database's. Its indexes never lag. Values are copied on the way
// in and out.
type Store struct {
	mu               sync.Mutex
	connections      map[chat.ConnectionID]chat.Caller
	connectionCounts map[addressMinute]int
	people           map[chat.PersonID]chat.Person
	rooms            map[chat.RoomID]chat.Room
	open             map[chat.RoomID]bool             // the rooms that have not ended
	uncounted        map[chat.RoomID]bool             // the ended rooms that are not Counted
	messages         map[chat.PersonID][]chat.Message // by place
	canned           map[chat.PersonID]map[string]chat.Canned
	stats            map[string]map[string]chat.StatsRow // by series and place
	shops            shops
	omitted          Condition
}

// addressMinute is an address and a minute since 1970.
type addressMinute struct {
	from   string
	minute chat.Millis
}

// NewStore returns an empty store.
func NewStore() *Store {
	return &Store{
		connections:      map[chat.ConnectionID]chat.Caller{},
		connectionCounts: map[addressMinute]int{},
		people:           map[chat.PersonID]chat.Person{},
		rooms:            map[chat.RoomID]chat.Room{},
		open:             map[chat.RoomID]bool{},
		uncounted:        map[chat.RoomID]bool{},
		messages:         map[chat.PersonID][]chat.Message{},
		canned:           map[chat.PersonID]map[string]chat.Canned{},
		stats:            map[string]map[string]chat.StatsRow{},
		shops:            shops{versions: map[string][]chat.ShopVersion{}},
	}
}

var _ chat.Store = (*Store)(nil)

// clone copies a room with its slices.
func clone(r chat.Room) chat.Room {
	r.Held = slices.Clone(r.Held)
	return r
}

// OpenRoom implements chat.RoomStore.
func (s *Store) OpenRoom(_ context.Context, r chat.Room, opened chat.Message, by chat.Start) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	who := s.people[r.Customer.Who]
	_, exists := s.rooms[r.ID]
	if !s.holds(OpenNotBlocked, !who.Blocked) || !s.holds(OpenLastRoom, who.Room == by.Last) || !s.holds(OpenNoNewer, who.Seat.At <= r.Customer.Seat.At) ||
		!s.holds(OpenNotTooSoon, by.PreviousBurstBy == 0 || who.StartAt <= by.PreviousBurstBy) ||
		!s.holds(OpenRoomIsNew, !exists) || !s.holds(OpenPlaceIsFree, s.isPlaceFree(r.ID, &opened)) {
		return false, nil
	}
	who.ID, who.Room = r.Customer.Who, r.ID
	who.Chats++
	if by.PreviousBurstBy != 0 {
		who.StartAt = r.Created
	}
	replaceProfile(&who.Profile, by.Profile)
	s.people[who.ID] = who
	s.setRoom(clone(r))
	s.putMessage(opened)
	return true, nil
}

// ChangeRoom implements chat.RoomStore.
func (s *Store) ChangeRoom(_ context.Context, before, after chat.Room, m *chat.Message) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	stored, exists := s.rooms[before.ID]
	if !s.holds(ChangeRev, exists && stored.Rev == before.Rev) || !s.holds(ChangePlaceIsFree, s.isPlaceFree(before.ID, m)) {
		return false, nil
	}
	after.Rev = before.Rev + 1
	s.setRoom(clone(after))
	if m != nil {
		s.putMessage(*m)
	}
	return true, nil
}
