package sim

import (
	"context"
	"time"

	"rejoin/internal/gateway"
)

// eventKind is what the scheduler can let happen next.
type eventKind int

const (
	callGoesOn eventKind = iota // an invocation's next call
	frameGoesUp
	frameComesDown
	timerRunsOut
	replicaCatchesUp
	lineCloses // a $disconnect is handled
	lateCallLands
	personActs
	timePasses
	sweepRuns
	allLinesCut
	faultsStop
)

// event is one thing that can happen next.
type event struct {
	kind   eventKind
	i, j   int
	weight int
}

// near is how many of what waits in a line may go first: what overtakes.
const near = 4

// jumps are how far time may pass at once, in ms; from the fourth on only in worlds where hours do.
func jumps() [7]int64 { return [...]int64{100, 6_000, 31_000, 130_000, 305_000, 601_000, hours} }

const (
	// hours is longer than a connection lives, and than its row does.
	hours = 135 * 60_000
	// day is how long a history may last at most: tokens expire.
	day = 15 * 60 * 60_000
)

// next lists what can happen now.
func (w *World) next() []event {
	ev := w.events[:0]
	for i := range min(len(w.running), 6) {
		weight := 100
		if w.running[i].stalled {
			weight = 2
		}
		ev = append(ev, event{callGoesOn, i, 0, weight})
	}
	for i := range min(len(w.up), near) {
		ev = append(ev, event{frameGoesUp, i, 0, 60})
	}
	for i := range min(len(w.down), near) {
		if w.down[i].line.device.asleep <= w.now {
			ev = append(ev, event{frameComesDown, i, 0, 60})
		}
	}
	for i, d := range w.devices {
		if t := d.due(); t != nil && t.at <= w.now && d.asleep <= w.now {
			ev = append(ev, event{timerRunsOut, i, 0, 60})
		}
	}
	lag := 15
	if w.shape.lagging || w.shape.desks > 1 {
		lag = 2
	}
	for i := range min(len(w.replica.pending), near) {
		ev = append(ev, event{replicaCatchesUp, i, 0, lag})
	}
	closes := 8
	if w.shape.prompt {
		closes = 60
	}
	for i := range min(len(w.closing), near) {
		ev = append(ev, event{lineCloses, i, 0, closes})
	}
	for i := range min(len(w.limbo), near) {
		ev = append(ev, event{lateCallLands, i, 0, 10})
	}
	if w.faulty {
		ev = w.disturbed(ev)
	}
	w.events = ev
	return ev
}

// disturbed adds what happens only while people act and things go wrong.
func (w *World) disturbed(ev []event) []event {
	if len(ev) == 0 {
		ev = append(ev, event{faultsStop, 0, 0, 1})
	} else if w.shape.patient {
		return ev
	}
	if w.acts > 0 {
		for i, d := range w.devices {
			for a := range actsInAll {
				if d.can(a) {
					ev = append(ev, event{personActs, i, int(a), w.shape.weight(a)})
				}
			}
		}
	}
	ev = append(ev, event{timePasses, 0, 0, 4}, event{timePasses, 1, 0, 4}, event{timePasses, 2, 0, 1})
	if w.shape.long {
		minutes := 2
		if w.shape.patient {
			minutes = 60
		}
		ev = append(ev, event{timePasses, 3, 0, minutes}, event{timePasses, 4, 0, 2}, event{timePasses, 5, 0, 2})
		if w.now-start < day {
			ev = append(ev, event{timePasses, 6, 0, 1})
		}
		if w.sweeps < 2 {
			often := 3
			if w.shape.counting {
				often = 12
			}
			ev = append(ev, event{sweepRuns, 0, 0, often})
		}
	}
	if w.shape.outages {
		ev = append(ev, event{allLinesCut, 0, 0, 1})
	}
	return ev
}

// happen lets one event happen. It reports false when the scheduler has chosen that the faults stop.
func (w *World) happen(e event) bool {
	w.steps++
	w.tally.Steps++
	w.hash(uint64(e.kind), uint64(e.i), uint64(e.j), uint64(w.now))
	switch e.kind {
	case callGoesOn:
		w.step(w.running[e.i])
	case frameGoesUp:
		w.goesUp(e.i)
	case frameComesDown:
		f := w.down[e.i]
		w.down = append(w.down[:e.i], w.down[e.i+1:]...)
		w.arrives(f)
	case timerRunsOut:
		d := w.devices[e.i]
		w.tracef("%s: a timer", d.name)
		d.fire(d.due())
	case replicaCatchesUp:
		w.count(indexLags)
		w.replica.take(e.i)
	case lineCloses:
		l := w.closing[e.i]
		w.closing = append(w.closing[:e.i], w.closing[e.i+1:]...)
		w.close(l)
	case lateCallLands:
		late := w.limbo[e.i]
		w.limbo = append(w.limbo[:e.i], w.limbo[e.i+1:]...)
		w.tracef("lands late: %s", late.name)
		late.apply()
	case personActs:
		w.acts--
		w.devices[e.i].do(act(e.j))
	case timePasses:
		w.pass(jumps()[e.i])
	case sweepRuns:
		w.sweep()
	case allLinesCut:
		w.outage()
	case faultsStop:
		return false
	}
	return true
}

func (w *World) goesUp(i int) {
	f := w.up[i]
	for _, earlier := range w.up[:i] {
		if earlier.line == f.line {
			w.count(frameReordered)
			break
		}
	}
	w.up = append(w.up[:i], w.up[i+1:]...)
	if !f.line.open && (!w.faulty || !w.ch.happens(w.shape.rates[frameAfterEnd])) {
		w.tracef("lost with its connection: %s", f.body)
		return
	}
	w.handle(f)
}

// sweep is what the schedule does each minute.
func (w *World) sweep() {
	if w.sweeps > 0 {
		w.count(sweepTwice)
	}
	w.sweeps++
	w.swept = w.now
	w.tracef("the sweep runs")
	w.invoke(sweepName, nil, func() { w.sweeps-- }, func(ctx context.Context) {
		_, _ = w.code().sweep(ctx, gateway.SweepEvent{}) // a failed run is followed by the next
		w.sweeps--
	})
}

// outage cuts every line at once: everyone comes back together.
func (w *World) outage() {
	w.count(outage)
	w.tracef("everyone is cut off")
	for _, l := range w.order {
		w.hangUp(l)
	}
}

func (w *World) time() time.Time { return time.UnixMilli(w.now) }

// pass lets time pass.
func (w *World) pass(ms int64) {
	w.presence(ms)
	w.now += ms
	w.tracef("— %v later", time.Duration(ms)*time.Millisecond)
	for _, v := range append([]*invocation{}, w.running...) {
		if w.now-v.started > maxRun {
			w.count(timedOut)
			w.tracef("%s is timed out", v.label())
			w.kill(v)
		}
	}
	kept := w.limbo[:0]
	for _, l := range w.limbo {
		if l.until > w.now { // else it was never applied
			kept = append(kept, l)
		}
	}
	w.limbo = kept
	if ms >= 5000 {
		w.replica.catchUp()
		for range w.closing {
			w.count(disconnectLate)
			if ms >= hours {
				w.count(disconnectHours)
			}
		}
	}
	w.expire()
	for _, l := range w.order {
		switch {
		case !l.open:
		case w.now-l.born >= lifeLimit:
			w.count(lifeCut)
			w.hangUp(l)
		case w.now-l.active >= idleLimit:
			w.count(idleCut)
			w.hangUp(l)
		}
	}
	if w.shape.long && w.now-w.swept >= 60_000 && w.sweeps < 2 {
		w.sweep()
	}
}

// expire deletes rows whose time to live is over, as the database does some time within two days.
func (w *World) expire() {
	for _, l := range w.order {
		if put, there := w.rows[l.id]; !there || w.now-put < rowLife {
			continue
		}
		if w.faulty && w.ch.of(2) == 1 {
			w.count(ttlLate)
			continue
		}
		_, _ = w.inner.DeleteConnection(context.Background(), l.id) // memory never fails
		delete(w.rows, l.id)
	}
}

// renewal is the age at which a client opens the next connection, in ms.
const renewal = 105 * 60_000

// presence notes who is there while time passes, for who may not be taken for gone. Their clients ping all the while, or
// are frozen from the next ping on. Whoever waits for an answer has not been heard yet, and whoever was replaced, told or
// not, is there no more.
func (w *World) presence(ms int64) {
	frozen := w.faulty && w.ch.of(2) == 1
	for _, d := range w.devices {
		if !d.there() || d.line.stamp < d.person.newest || d.waits() {
			continue
		}
		until := max(w.now, min(w.now+ms, d.line.born+renewal))
		if t := d.due(); frozen && t != nil {
			until = min(until, t.at)
		}
		if d.line.stamp >= int64(w.law.people[d.person.id].Seat.At) {
			d.person.here = max(d.person.here, until)
		}
		d.line.active = max(d.line.active, until)
	}
}
