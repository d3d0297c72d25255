package world

import "math"

// times are how long things take in a timed world, in ms. There nothing is left to chance: what is due first happens first.
// Functions start at once, and each run computes in no time. The zero value: the scheduler chooses.
type times struct {
	call int64 // to the database or @connections
	way  int64 // between a client and the gateway
}

// usualTimes are those that `make cost` counts with, and a network's.
func usualTimes() times { return times{call: 10, way: 20} }

// runUntil lets everything happen that is due before a time. `look` sees each event before it happens, and returns what is to be done
// after it; it may be nil.
func (w *World) runUntil(until int64, look func(event) (after func())) {
	for {
		w.replica.catchUp() // no index lags
		e, at := w.dueFirst()
		if at > until {
			w.now = until
			return
		}
		w.now = max(w.now, at)
		after := look(e)
		w.happen(e)
		after()
	}
}

// dueFirst is what happens next, and when, in ms.
func (w *World) dueFirst() (first event, at int64) {
	at = math.MaxInt64
	is := func(due int64, e event) {
		if due < at {
			first, at = e, due
		}
	}
	for i, v := range w.running {
		for j, s := range v.strands {
			if s.call.apply != nil {
				is(s.due, event{callIsMade, i, j, 0})
			}
		}
	}
	for i, f := range w.up {
		is(f.due, event{frameGoesUp, i, 0, 0})
	}
	for i, f := range w.down {
		is(f.due, event{frameComesDown, i, 0, 0})
	}
	for i, d := range w.devices {
		if t := d.due(); t != nil {
			is(t.at, event{timerFires, i, 0, 0})
		}
	}
	if len(w.closing) > 0 {
		is(w.now, event{disconnectRuns, 0, 0, 0})
	}
	return first, at
}
