package law

import "rejoin/internal/chat"

// PersonWritten checks a person after a write that may have changed their item. It returns the item, and whether it changed.
func (l *Law) PersonWritten(id chat.PersonID) (after chat.Person, changed bool) {
	after = l.personRow(id)
	before, known := l.People[id]
	if after.ID == "" || known && before == after {
		return after, false
	}
	l.People[id] = after
	l.ServingMayChange()
	if after.Seat.At == 0 {
		l.Break("NOBODY", "%s is stored, but never joined", id)
	}
	if after.Seat.At < before.Seat.At {
		l.Break("OLDER_WINS", "%s's connection of age %d is replaced by an older one of %d", id, before.Seat.At, after.Seat.At)
	}
	l.checkBlocking(before, after)
	if after.Seat.Conn != before.Seat.Conn {
		l.seatedDuring[id] = l.world.Invocations()
	}
	v := l.world.Applying()
	if v == nil || v.Connection == nil {
		return after, true
	}
	if after.Status != before.Status && known && chat.Stamp(v.Connection.Stamp) < before.Seat.At {
		l.Break("OLDER_ACTS", "%s's status is set by an older connection", id)
	}
	if v.Name == DisconnectName && after.Seat != before.Seat && before.Seat.Conn != v.Connection.ID && v.person().ID == id {
		l.Break("LATE_CLOSE", "the $disconnect of %s changes %s's seat on %s", v.Connection.ID, id, before.Seat.Conn)
	}
	if after.Seat.Conn == before.Seat.Conn && after.Seat.Prev != before.Seat.Prev {
		l.Break("IDLE_WRITE", "a write seats %s on the connection that they have already", id)
	}
	return after, true
}
