package dynamo

import (
	"context"

	"rejoin/internal/chat"
)

// OpenRoom implements chat.RoomStore.
func (s *Store) OpenRoom(ctx context.Context, r chat.Room, opened chat.Message, last chat.RoomID, p chat.Profile) (bool, error) {
	profile := encodeProfile(p)
	values := item{
		":last": text(last), ":room": text(r.ID), ":at": number(r.Customer.Seat.At), ":one": number(1), ":no": boolean(false),
		":ttl": s.customerExpiry(r.Created),
	}
	set := ""
	for _, name := range profileAttributes() {
		if v, has := profile[name]; has {
			set += ", #" + name + " = :" + name
			values[":"+name] = v
		}
	}
	table, key := s.personKey(r.Customer.Who)
	return s.transact(ctx, "OpenRoom",
		s.transactPut(openRoomPut(), s.tables.Rooms, s.roomItem(r)),
		s.transactPut(openMessagePut(), s.tables.Messages, s.messageItem(opened)),
		s.transactUpdate(openCustomerWrite(string(last), set), table, key, "", values))
}
