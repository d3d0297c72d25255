package dynamo

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"rejoin/internal/chat"
)

// ChangeRoom implements chat.RoomStore. If only the room changes, it is a plain write of one unit; with a message, or
// with the lists of the agents who handled a room that ends, it is a transaction.
func (s *Store) ChangeRoom(ctx context.Context, before, after chat.Room, m *chat.Message) (bool, error) {
	after.ID, after.Rev = before.ID, before.Rev+1
	set, values := updateExpression(s.roomItem(after), roomAttributes())
	values[":before"] = number(before.Rev)
	w := changeWrite(set)
	var puts []types.TransactWriteItem
	if m != nil {
		puts = append(puts, s.transactPut(changePut(), s.tables.Messages, s.messageItem(*m)))
	}
	if before.Status != chat.StatusEnded && after.Status == chat.StatusEnded {
		for _, agent := range after.Held[:min(len(after.Held), maxHandled)] {
			puts = append(puts, s.transactPut(handledPut(), s.tables.Handled, s.handledItem(agent, after)))
		}
	}
	if len(puts) == 0 {
		_, ok, err := s.update(ctx, w, s.tables.Rooms, roomKey(before.ID), "", values)
		return ok, err
	}
	return s.transact(ctx, w.name, append(puts, s.transactUpdate(w, s.tables.Rooms, roomKey(before.ID), "", values))...)
}

// updateExpression sets those of the attributes that the item has and removes the others.
func updateExpression(it item, attributes []string) (expression string, values item) {
	var set, remove []string
	values = item{}
	for _, name := range slices.Sorted(slices.Values(attributes)) {
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
