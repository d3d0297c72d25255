package world

import (
	"context"
	"slices"
	"time"
)

// pass lets time pass, in ms, and does what is then due.
func (w *World) pass(ms int64) {
	w.notePresence(ms)
	w.now += ms
	w.tracef("— %v later", time.Duration(ms)*time.Millisecond)
	for _, v := range slices.Clone(w.running) {
		if w.now-v.Started > maxRun {
			w.count(timedOut)
			w.tracef("%s is timed out", v.Label())
			w.kill(v)
		}
	}
	w.late = slices.DeleteFunc(w.late, func(l lateCall) bool { return l.until <= w.now })
	if ms >= 5000 {
		w.replica.catchUp()
		for range w.closing {
			w.count(disconnectLate)
			if ms >= hours {
				w.count(disconnectHours)
			}
		}
	}
	w.expireRows()
	w.limitConnections()
	if w.scenario.long && w.now-w.swept >= 60_000 && w.sweeps < 2 {
		w.sweep()
	}
}

// expireRows deletes expired rows, or leaves them for later, as the database deletes them within two days.
func (w *World) expireRows() {
	for _, c := range w.dialled {
		if put, there := w.rows[c.ID]; !there || w.now-put < rowLife {
			continue
		}
		if w.faulty && w.choices.of(2) == 1 {
			w.count(ttlLate)
			continue
		}
		_, _ = w.database.DeleteConnection(context.Background(), c.ID) // memory never fails
		delete(w.rows, c.ID)
	}
}

// limitConnections closes the connections that have reached API Gateway's limit of idle time or age.
func (w *World) limitConnections() {
	for _, c := range w.dialled {
		switch {
		case !c.Open:
		case w.now-c.born >= lifeLimit:
			w.count(lifeCut)
			w.hangUp(c)
		case w.now-c.Active >= idleLimit:
			w.count(idleCut)
			w.hangUp(c)
		}
	}
}

// renewal is the age at which a client opens the next connection, in ms.
const renewal = 105 * 60_000

// notePresence notes who is present while time passes, so that the law knows who must not be treated as gone. Their clients
// ping all the time, or freeze at the next ping. Two kinds do not count as present: a client that waits for an answer, and
// one that was replaced, even if it does not know it.
func (w *World) notePresence(ms int64) {
	if w.used.dry { // nothing that they send gets through
		return
	}
	frozen := w.faulty && w.choices.of(2) == 1
	for _, d := range w.devices {
		if !d.connected() || d.Connection.Stamp < d.owner.Newest || d.Waits() {
			continue
		}
		until := max(w.now, min(w.now+ms, d.socket.born+renewal))
		if t := d.due(); frozen && t != nil {
			until = min(until, t.at)
		}
		if d.Connection.Stamp >= int64(w.law.People[d.Person.ID].Seat.At) {
			d.owner.LastHere = max(d.owner.LastHere, until)
		}
		d.Connection.Active = max(d.Connection.Active, until)
	}
}
