package law

import "rejoin/internal/chat"

// checkSeat checks that the newest connection wins, in whatever order events arrive.
func (l *Law) checkSeat(before, after chat.Room, side chat.Side) {
	b, a := *before.Member(side), *after.Member(side)
	if b.Who == a.Who && a.Who != "" && a.Seat.At < b.Seat.At {
		l.Break("OLDER_WINS", "room %s: the %s's connection of age %d is replaced by an older one of %d", after.ID, side, b.Seat.At, a.Seat.At)
	}
	if a.Seat.Lost && a.Seat.Gone != 0 {
		l.Break("MARKED_TWICE", "room %s: the %s is marked both as gone and as lost", after.ID, side)
	}
	if !b.Seat.Online() && a.Seat.Online() {
		l.onlineSince[member{after.ID, side}] = after.Rev
	}
	v := l.world.Applying()
	if v == nil {
		return
	}
	if a.Read != b.Read {
		switch {
		case v.Name != "read" || v.person().ID != a.Who:
			l.Break("READ", "the %s's read mark in room %s is moved by %s", side, after.ID, v.Label())
		case chat.Stamp(v.Connection.Stamp) < b.Seat.At:
			l.Break("OLDER_ACTS", "the read mark in room %s is moved by an older connection", after.ID)
		}
	}
	if a.Seat.Conn != b.Seat.Conn && v.Connection != nil && a.Seat.Conn == v.Connection.ID && a.Who != v.person().ID {
		l.Break("INTRUDER", "%s takes the seat of %s in room %s", v.Label(), a.Who, after.ID)
	}
	youngest := chat.StampOf(chat.Millis(l.world.Now()).After(-chat.YoungConnection) + Slack)
	if !b.Seat.Lost && a.Seat.Lost && a.Seat.At > youngest {
		l.Break("YOUNG", "room %s: a 410 marks the %s's connection, which is young", after.ID, side)
	}
	if b.Seat.Gone != 0 && a.Seat.Gone > b.Seat.Gone && a.Who == b.Who && a.Seat.Conn == b.Seat.Conn && v.Name != SweepName {
		l.Break("GONE_MOVES", "room %s: the absence of the %s begins again", after.ID, side)
	}
	if v.Name == DisconnectName && b.Seat != a.Seat && b.Seat.Conn != v.Connection.ID && !onlyMarks(b.Seat, a.Seat) {
		l.Break("LATE_CLOSE", "the $disconnect of %s changes the %s's seat on %s in room %s", v.Connection.ID, side, b.Seat.Conn, after.ID)
	}
}

// onlyMarks tells whether two seats differ only in the marks that a post's answer sets or clears.
func onlyMarks(b, a chat.Seat) bool {
	a.Gone, b.Gone, a.Lost, b.Lost = 0, 0, false, false
	return a == b
}

// WritesSeat checks that a write changes only the seat of this connection. The write happens between this call and the call
// of the returned function.
func (l *Law) WritesSeat(id chat.RoomID, side chat.Side, conn chat.ConnectionID) (written func()) {
	before := l.room(id)
	return func() {
		if after := l.room(id); after.Rev != before.Rev && before.Member(side).Seat.Conn != conn {
			l.Break("WRONG_SEAT", "a write for %s changes the seat of %s in room %s", conn, before.Member(side).Seat.Conn, id)
		}
	}
}
