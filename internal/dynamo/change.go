package dynamo

import (
	"context"
	"slices"
	"strings"

	"rejoin/internal/chat"
)

// Change implements chat.RoomStore. Without a message it is a plain write of one unit; with one, a transaction.
func (s *Store) Change(ctx context.Context, before, after chat.Room, m *chat.Message) (bool, error) {
	after.ID, after.Rev = before.ID, before.Rev+1
	set, values := roomUpdate(encodeRoom(after))
	values[":before"] = number(before.Rev)
	w := changeWrite(set)
	if m == nil {
		_, ok, err := s.update(ctx, w, s.tables.Rooms, roomKey(before.ID), "", values)
		return ok, err
	}
	return s.transact(ctx, w.name,
		s.transactUpdate(w, s.tables.Rooms, roomKey(before.ID), "", values),
		s.transactPut(changePut(), s.tables.Messages, encodeMessage(*m)))
}

// roomUpdate sets what the room has and removes what it has not.
func roomUpdate(it item) (expression string, values item) {
	var set, remove []string
	values = item{}
	for _, name := range slices.Sorted(slices.Values(roomAttributes())) {
		if v, has := it[name]; has {
			set = append(set, "#"+name+" = :"+name)
			values[":"+name] = v
		} else {
			remove = append(remove, "#"+name)
		}
	}
	expression = "SET " + strings.Join(set, ", ")
	if len(remove) > 0 {
		expression += " REMOVE " + strings.Join(remove, ", ")
	}
	return expression, values
}
