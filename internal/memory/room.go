package memory

import (
	"cmp"
	"context"

	"rejoin/internal/chat"
)

// Room implements chat.RoomStore.
func (s *Store) Room(_ context.Context, id chat.RoomID) (chat.Room, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return clone(s.rooms[id]), nil
}

// Rooms implements chat.RoomStore.
func (s *Store) Rooms(_ context.Context, ids []chat.RoomID) ([]chat.Room, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []chat.Room
	for _, id := range ids {
		if r, exists := s.rooms[id]; exists {
			found = append(found, clone(r))
		}
	}
	return found, nil
}

// Send implements chat.RoomStore.
func (s *Store) Send(_ context.Context, t chat.Send) (chat.Room, bool, error) {
	return s.updateRoom(t.Room,
		func(r chat.Room) bool {
			m := r.Member(t.Side)
			return s.holds(SendHolder, m.Who == t.Who) && s.holds(SendIsOpen, isOpen(r)) &&
				s.holds(SendNoNewer, m.Seat.At <= t.At) && s.holds(SendNextNumber, m.Next == t.No) &&
				s.holds(SendNotFull, r.Seq < chat.MaxPlaces) && s.holds(SendNotAtBound, r.Bound == 0 || r.Seq < r.Bound) &&
				s.holds(SendNotTooFast, t.PreviousBurstBy == 0 || m.BurstAt <= t.PreviousBurstBy)
		},
		func(r *chat.Room) {
			r.Seq++
			r.Preview = t.Preview
			if t.Side == chat.Agent {
				r.AskedAt = 0
			} else if r.AskedAt == 0 {
				r.AskedAt = t.Now
			}
			m := r.Member(t.Side)
			m.No, m.Next, m.NoSeq, m.NoAt, m.Digest = t.No, t.No+1, r.Seq, t.Now, t.Digest
			m.Seat.Conn, m.Seat.At, m.Seat.Gone, m.Seat.Lost = t.Conn, t.At, 0, false
			if t.PreviousBurstBy != 0 {
				m.BurstAt = t.Now
			}
		})
}

// SetSettled implements chat.RoomStore.
func (s *Store) SetSettled(_ context.Context, id chat.RoomID, settled, bound int64) (chat.Room, bool, error) {
	return s.updateRoom(id,
		func(r chat.Room) bool { return s.holds(SettledForward, r.Settled < settled) },
		func(r *chat.Room) { r.Settled, r.Bound = settled, bound })
}

// SeatInRoom implements chat.RoomStore.
func (s *Store) SeatInRoom(_ context.Context, id chat.RoomID, c chat.Caller) (chat.Room, bool, error) {
	return s.updateRoom(id,
		func(r chat.Room) bool {
			m := r.Member(c.Side)
			return s.holds(SeatInRoomHolder, m.Who == c.Who) && s.holds(SeatInRoomIsOpen, isOpen(r)) &&
				s.holds(SeatInRoomNoNewer, m.Seat.At <= c.At) && s.holds(SeatInRoomNotYet, m.Seat.Conn != c.Conn)
		},
		func(r *chat.Room) {
			seat := &r.Member(c.Side).Seat
			*seat = chat.Seat{Conn: c.Conn, At: c.At, Prev: cmp.Or(seat.Conn, seat.Prev)}
		})
}

// UnseatInRoom implements chat.RoomStore.
func (s *Store) UnseatInRoom(_ context.Context, id chat.RoomID, side chat.Side, conn chat.ConnectionID, now chat.Millis) (chat.Room, bool, error) {
	return s.updateRoom(id,
		func(r chat.Room) bool {
			return s.holds(UnseatInRoomExactly, r.Member(side).Seat.Conn == conn) && s.holds(UnseatInRoomIsOpen, isOpen(r))
		},
		func(r *chat.Room) {
			seat := &r.Member(side).Seat
			seat.Conn, seat.Gone, seat.Lost = "", cmp.Or(seat.Gone, now), false
		})
}

// MarkLost implements chat.RoomStore.
func (s *Store) MarkLost(_ context.Context, id chat.RoomID, side chat.Side, conn chat.ConnectionID, youngest chat.Stamp) (chat.Room, bool, error) {
	return s.updateRoom(id,
		func(r chat.Room) bool {
			seat := r.Member(side).Seat
			return s.holds(MarkLostExactly, seat.Conn == conn) && s.holds(MarkLostNotYoung, seat.At <= youngest) &&
				s.holds(MarkLostNotGone, seat.Gone == 0) && s.holds(MarkLostNotYet, !seat.Lost) && s.holds(MarkLostIsOpen, isOpen(r))
		},
		func(r *chat.Room) { r.Member(side).Seat.Lost = true })
}

// MarkPresent implements chat.RoomStore.
func (s *Store) MarkPresent(_ context.Context, id chat.RoomID, side chat.Side, conn chat.ConnectionID) (chat.Room, bool, error) {
	return s.updateRoom(id,
		func(r chat.Room) bool {
			seat := r.Member(side).Seat
			return s.holds(MarkPresentExactly, seat.Conn == conn) && s.holds(MarkPresentIsMarked, seat.Gone != 0 || seat.Lost) && s.holds(MarkPresentIsOpen, isOpen(r))
		},
		func(r *chat.Room) { r.Member(side).Seat.Gone, r.Member(side).Seat.Lost = 0, false })
}

// MarkRead implements chat.RoomStore.
func (s *Store) MarkRead(_ context.Context, id chat.RoomID, c chat.Caller, seq int64) (chat.Room, bool, error) {
	return s.updateRoom(id,
		func(r chat.Room) bool {
			m := r.Member(c.Side)
			return s.holds(ReadHolder, m.Who == c.Who) && s.holds(ReadNoNewer, m.Seat.At <= c.At) &&
				s.holds(ReadForward, m.Read < seq) && s.holds(ReadPlaceExists, seq <= r.Seq)
		},
		func(r *chat.Room) { r.Member(c.Side).Read = seq })
}

// Rate implements chat.RoomStore.
func (s *Store) Rate(_ context.Context, id chat.RoomID, c chat.Caller, given chat.Rating) (chat.Room, bool, error) {
	return s.updateRoom(id,
		func(r chat.Room) bool {
			m := r.Member(c.Side)
			return s.holds(RateHolder, m.Who == c.Who) && s.holds(RateHasEnded, !isOpen(r)) && s.holds(RateNoNewer, m.Seat.At <= c.At) &&
				s.holds(RateNotOften, r.Ratings < chat.MaxRatings) && s.holds(RateNoRepeat, r.Rating != given || m.Seat.Conn != c.Conn)
		},
		func(r *chat.Room) {
			r.Rating, r.Counted = given, false
			r.Ratings++
			seat := &r.Member(c.Side).Seat
			seat.Conn, seat.At, seat.Gone, seat.Lost = c.Conn, c.At, 0, false
		})
}

// SweepSooner implements chat.RoomStore.
func (s *Store) SweepSooner(_ context.Context, id chat.RoomID, at chat.Millis) (chat.Room, bool, error) {
	return s.updateRoom(id,
		func(r chat.Room) bool {
			return s.holds(SweepSoonerIsActive, r.Status == chat.StatusActive) && s.holds(SweepSoonerIsLater, r.SweepAt > at)
		},
		func(r *chat.Room) { r.SweepAt = at })
}

// Relist implements chat.RoomStore.
func (s *Store) Relist(_ context.Context, before chat.Room, left bool, sweepAt chat.Millis) (chat.Room, bool, error) {
	return s.updateRoom(before.ID,
		func(r chat.Room) bool { return s.holds(RelistRev, r.Rev == before.Rev) },
		func(r *chat.Room) { r.Left, r.SweepAt = left, sweepAt })
}

func isOpen(r chat.Room) bool { return r.Status != chat.StatusEnded }

func (s *Store) updateRoom(id chat.RoomID, cond func(chat.Room) bool, write func(*chat.Room)) (chat.Room, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, exists := s.rooms[id]
	if !exists || !cond(r) {
		return clone(r), false, nil
	}
	write(&r)
	r.Rev++
	s.setRoom(r)
	return clone(r), true, nil
}

// setRoom writes a room and its entries in the indexes.
func (s *Store) setRoom(r chat.Room) {
	s.rooms[r.ID] = r
	setMember(s.open, r.ID, isOpen(r))
	setMember(s.uncounted, r.ID, !isOpen(r) && !r.Counted)
}

func setMember(set map[chat.RoomID]bool, id chat.RoomID, member bool) {
	if member {
		set[id] = true
	} else {
		delete(set, id)
	}
}
