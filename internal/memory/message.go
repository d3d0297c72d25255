package memory

import (
	"cmp"
	"context"
	"slices"

	"rejoin/internal/chat"
)

// PutMessage implements chat.MessageStore.
func (s *Store) PutMessage(_ context.Context, m chat.Message) (chat.Message, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i, taken := s.findPlace(m.Customer, chat.Cursor{Room: m.Room, Seq: m.Seq}); !s.holds(PutPlaceIsFree, !taken) {
		return s.messages[m.Customer][i], false, nil
	}
	s.putMessage(m)
	return m, true, nil
}

// Messages implements chat.MessageStore.
func (s *Store) Messages(_ context.Context, customer chat.PersonID, room chat.RoomID, from, to int64) ([]chat.Message, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	first, _ := s.findPlace(customer, chat.Cursor{Room: room, Seq: from})
	end, _ := s.findPlace(customer, chat.Cursor{Room: room, Seq: to + 1})
	return slices.Clone(s.messages[customer][first:max(first, end)]), nil
}

// MessagesWithoutText implements chat.MessageStore.
func (s *Store) MessagesWithoutText(ctx context.Context, customer chat.PersonID, room chat.RoomID, from, to int64) ([]chat.Message, error) {
	found, err := s.Messages(ctx, customer, room, from, to)
	for i := range found {
		found[i].Text = ""
	}
	return found, err
}

// MessagesBefore implements chat.MessageStore.
func (s *Store) MessagesBefore(_ context.Context, customer chat.PersonID, before chat.Cursor, limit int) ([]chat.Message, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	end := len(s.messages[customer])
	if before != (chat.Cursor{}) {
		end, _ = s.findPlace(customer, before)
	}
	page := slices.Clone(s.messages[customer][max(0, end-limit):end])
	slices.Reverse(page)
	return page, nil
}

// isPlaceFree tells whether m's place is free; true for a nil m.
func (s *Store) isPlaceFree(room chat.RoomID, m *chat.Message) bool {
	if m == nil {
		return true
	}
	_, taken := s.findPlace(m.Customer, chat.Cursor{Room: room, Seq: m.Seq})
	return !taken
}

func (s *Store) putMessage(m chat.Message) {
	i, taken := s.findPlace(m.Customer, chat.Cursor{Room: m.Room, Seq: m.Seq})
	if taken { // only if a condition is left out
		s.messages[m.Customer][i] = m
		return
	}
	s.messages[m.Customer] = slices.Insert(s.messages[m.Customer], i, m)
}

// findPlace returns the index of a place among the customer's messages, or where it would be inserted.
func (s *Store) findPlace(customer chat.PersonID, at chat.Cursor) (int, bool) {
	return slices.BinarySearchFunc(s.messages[customer], at, func(m chat.Message, at chat.Cursor) int {
		return cmp.Or(cmp.Compare(m.Room, at.Room), cmp.Compare(m.Seq, at.Seq))
	})
}
