package dynamo

import (
	"context"

	"rejoin/internal/chat"
)

// OpenRoom implements chat.RoomStore.
func (s *Store) OpenRoom(ctx context.Context, r chat.Room, opened chat.Message, by chat.Start) (bool, error) {
	profile := encodeProfile(by.Profile)
	values := item{
		":last": text(by.Last), ":room": text(r.ID), ":at": number(r.Customer.Seat.At), ":one": number(1), ":no": boolean(false),
		":ttl": s.customerExpiry(r.Created), ":startAt": number(r.Created), ":previousBurstBy": number(by.PreviousBurstBy),
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
		s.transactUpdate(openCustomerWrite(by, set), table, key, "", values))
}
