package sim

import (
	"context"

	"rejoin/internal/chat"
)

// wrotePerson looks at a person after a write.
func (w *World) wrotePerson(id chat.PersonID) {
	after, _ := w.inner.Person(context.Background(), id) // memory never fails
	if after.ID == "" {
		return
	}
	before, known := w.law.people[id]
	if known && before == after {
		return
	}
	w.law.people[id] = after
	if w.applying != nil {
		w.applying.wrote = true
	}
	w.replica.pending = append(w.replica.pending, update{person: &after})
	if after.Seat.At == 0 {
		w.breaks("NOBODY", "%s is known, and never joined", id)
	}
	if after.Seat.At < before.Seat.At {
		w.breaks("OLDER_WINS", "%s's connection of %d gives way to one of %d", id, before.Seat.At, after.Seat.At)
	}
	w.blockedRightly(before, after)
	v := w.applying
	if v == nil || v.line == nil {
		return
	}
	if after.Status != before.Status && known && chat.Stamp(v.line.stamp) < before.Seat.At {
		w.breaks("OLDER_ACTS", "%s's status is set by an older connection", id)
	}
	if v.name == disconnectName && after.Seat != before.Seat && before.Seat.Conn != v.line.id && v.line.device.person.id == id {
		w.breaks("LATE_CLOSE", "the $disconnect of %s changes %s's seat on %s", v.line.id, id, before.Seat.Conn)
	}
	if after.Seat.Conn == before.Seat.Conn && after.Seat.Prev != before.Seat.Prev {
		w.breaks("IDLE_WRITE", "%s sits where they sat", id)
	}
}
