package world

import (
	"context"

	"rejoin/internal/gateway"
	"rejoin/internal/proof/sim/law"
)

// eventKind is what the scheduler can let happen next.
type eventKind int

const (
	callIsMade eventKind = iota // a strand's next call
	frameGoesUp
	frameComesDown
	timerFires
	replicaUpdates
	disconnectRuns
	lateCallIsApplied
	personActs
	timePasses
	sweepRuns
	outageBegins
	hoursChange
	faultsStop
)

// event is one thing that can happen next.
type event struct {
	kind   eventKind
	i      int // which invocation, frame, device, jump …
	j      int // of callIsMade: the strand; of personActs: the action
	weight int
}

// overtaking is how many of the first in a line may go next: so frames and events overtake each other.
const overtaking = 4

// jumps lists how much time may pass at once, in ms; those from the fourth on only in long scenarios.
func jumps() [7]int64 { return [...]int64{100, 6_000, 31_000, 130_000, 305_000, 601_000, hours} }

const (
	// hours is longer than a connection and its row live.
	hours = 135 * 60_000
	// day is the longest history, because tokens expire.
	day = 15 * 60 * 60_000
)

// next lists what can happen now.
func (w *World) next() []event {
	ev := w.events[:0]
	for i := range min(len(w.running), 6) {
		ready := w.running[i].ready()
		for j, s := range w.running[i].strands {
			switch {
			case s.call.apply == nil: // it waits for other strands
			case s.stalled:
				ev = append(ev, event{callIsMade, i, j, 2})
			default: // one with many strands is no faster
				ev = append(ev, event{callIsMade, i, j, 100 / ready})
			}
		}
	}
	for i := range min(len(w.up), overtaking) {
		ev = append(ev, event{frameGoesUp, i, 0, 60})
	}
	for i := range min(len(w.down), overtaking) {
		if w.down[i].connection.device.Asleep <= w.now {
			ev = append(ev, event{frameComesDown, i, 0, 60})
		}
	}
	for i, d := range w.devices {
		if t := d.due(); t != nil && t.at <= w.now && d.Asleep <= w.now {
			ev = append(ev, event{timerFires, i, 0, 60})
		}
	}
	lag := 15
	switch {
	case w.scenario.lagging || w.scenario.desks > 1:
		lag = 2
	case w.scenario.storms():
		lag = 400
	}
	for i := range min(len(w.replica.pending), overtaking) {
		ev = append(ev, event{replicaUpdates, i, 0, lag})
	}
	closing := 8
	if w.scenario.prompt {
		closing = 60
	}
	for i := range min(len(w.closing), overtaking) {
		ev = append(ev, event{disconnectRuns, i, 0, closing})
	}
	for i := range min(len(w.late), overtaking) {
		ev = append(ev, event{lateCallIsApplied, i, 0, 10})
	}
	if w.faulty {
		ev = w.disturbed(ev)
	}
	w.events = ev
	return ev
}

// disturbed adds the events that happen only while people act and faults occur.
func (w *World) disturbed(ev []event) []event {
	atRest := len(ev) == 0
	if atRest {
		ev = append(ev, event{faultsStop, 0, 0, 1})
	} else if w.scenario.patient {
		return ev
	}
	if w.actions > 0 {
		for i, d := range w.devices {
			for a := range actions {
				if d.can(a) {
					ev = append(ev, event{personActs, i, int(a), w.scenario.weight(a)})
				}
			}
		}
	}
	if w.scenario.storms() { // time passes only while nothing is under way: so it is a matter of capacity what comes late
		if atRest {
			ev = append(ev, event{timePasses, 0, 0, 120}, event{timePasses, 1, 0, 60}, event{timePasses, 2, 0, 10})
		}
		return ev
	}
	ev = append(ev, event{timePasses, 0, 0, 4}, event{timePasses, 1, 0, 4}, event{timePasses, 2, 0, 1})
	if w.scenario.long {
		minutes := 2
		if w.scenario.patient {
			minutes = 60
		}
		ev = append(ev, event{timePasses, 3, 0, minutes}, event{timePasses, 4, 0, 2}, event{timePasses, 5, 0, 2})
		if w.now-start < day {
			ev = append(ev, event{timePasses, 6, 0, 1})
		}
		if w.sweeps < 2 {
			weight := 3
			if w.scenario.counting {
				weight = 12
			}
			ev = append(ev, event{sweepRuns, 0, 0, weight})
		}
	}
	if w.scenario.nights {
		ev = append(ev, event{hoursChange, 0, 0, 3})
	}
	if w.scenario.outages {
		ev = append(ev, event{outageBegins, 0, 0, 1})
	}
	return ev
}

// happen lets one event happen. It returns false if that is the end of the faults.
func (w *World) happen(e event) bool {
	w.steps++
	w.counts.Steps++
	w.hash(uint64(e.kind), uint64(e.i), uint64(e.j), uint64(w.now))
	switch e.kind {
	case callIsMade:
		v := w.running[e.i]
		w.step(v, v.strands[e.j])
	case frameGoesUp:
		w.goesUp(e.i)
	case frameComesDown:
		f := w.down[e.i]
		w.down = append(w.down[:e.i], w.down[e.i+1:]...)
		w.arrive(f)
	case timerFires:
		d := w.devices[e.i]
		w.tracef("%s: a timer", d.Name)
		d.fire(d.due())
	case replicaUpdates:
		w.count(indexLags)
		w.replica.take(e.i)
	case disconnectRuns:
		c := w.closing[e.i]
		w.closing = append(w.closing[:e.i], w.closing[e.i+1:]...)
		w.disconnect(c)
	case lateCallIsApplied:
		late := w.late[e.i]
		w.late = append(w.late[:e.i], w.late[e.i+1:]...)
		w.tracef("applied late: %s", late.name)
		late.apply()
	case personActs:
		w.actions--
		w.devices[e.i].do(action(e.j))
	case timePasses:
		w.pass(jumps()[e.i])
	case sweepRuns:
		w.sweep()
	case outageBegins:
		w.outage()
	case hoursChange:
		w.changeHours()
	case faultsStop:
		return false
	}
	return true
}

func (w *World) goesUp(i int) {
	f := w.up[i]
	for _, earlier := range w.up[:i] {
		if earlier.connection == f.connection {
			w.count(frameReordered)
			break
		}
	}
	w.up = append(w.up[:i], w.up[i+1:]...)
	if !f.connection.Open && (!w.faulty || !w.choices.happens(w.scenario.rates[frameAfterEnd])) {
		w.tracef("lost with its connection: %s", f.body)
		return
	}
	w.handle(f)
}

// sweep runs the sweep, as the schedule does each minute.
func (w *World) sweep() {
	if !w.used.runs() { // the schedule tries it again
		return
	}
	if w.sweeps > 0 {
		w.count(sweepTwice)
	}
	w.sweeps++
	w.swept = w.now
	w.tracef("the sweep runs")
	w.invoke(law.SweepName, nil, func() { w.sweeps-- }, func(ctx context.Context) {
		_, _ = w.code().sweep(ctx, gateway.SweepEvent{}) // after a failed run the next one goes on
		w.sweeps--
	})
}

// outage cuts every connection at once, so that everybody comes back at the same time.
func (w *World) outage() {
	w.count(outage)
	w.tracef("everyone is cut off")
	for _, c := range w.dialled {
		w.hangUp(c)
	}
}
