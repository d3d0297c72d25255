package chat

import (
	"fmt"
	"time"
)

// Rules are the parameters of a room's life: when the sweep ends it, or moves it on, if nobody does; and how fast one may
// write in it.
type Rules struct {
	Abandon time.Duration // a customer who waits is gone: Abandoned
	Left    time.Duration // a customer whom an agent has is gone: CustomerLeft
	Away    time.Duration // an agent's line is gone: the room goes back to its place in the queue
	// An agent has it, and nobody wrote for Warn: both sides are warned. If the customer writes nothing until Idle, the chat ends
	// as Idle. If it is the customer who waits for an answer, it goes back to its place in the queue instead, so that another
	// agent can answer. Neither happens sooner than Idle−Warn after the warning.
	Warn, Idle time.Duration
	Recheck    time.Duration // an open room is looked at again after this time at the latest
	Silent     time.Duration // a connection carried nothing, pings included: it counts as gone. A client pings every 4 minutes at least

	// The numbers of a side's texts come in runs of Texts, and a run begins Within after the one before it at least. So
	// one may write as many in a moment, twice as many once, and no more for long.
	Burst       int
	BurstWindow time.Duration
}

// DefaultRules are those of a deployment that sets none.
func DefaultRules() Rules {
	return Rules{
		Abandon: 10 * time.Minute, Left: 10 * time.Minute, Away: 2 * time.Minute,
		Warn: 10 * time.Minute, Idle: 15 * time.Minute, Recheck: 10 * time.Minute, Silent: 5 * time.Minute,
		Burst: 20, BurstWindow: 10 * time.Second,
	}
}

// Check tells why rules cannot be kept; nil when they can.
func (r Rules) Check() error {
	for name, d := range map[string]time.Duration{
		"abandon": r.Abandon, "left": r.Left, "away": r.Away, "warn": r.Warn, "idle": r.Idle, "look": r.Recheck, "silent": r.Silent, "within": r.BurstWindow,
	} {
		if d < time.Second {
			return fmt.Errorf("the rule %s has to be a second at least, and is %s", name, d)
		}
	}
	if r.Burst < 1 {
		return fmt.Errorf("a side has to be allowed a text at least, and not %d", r.Burst)
	}
	if r.Idle <= r.Warn {
		return fmt.Errorf("a chat cannot end as idle after %s when it is warned after %s", r.Idle, r.Warn)
	}
	return nil
}

// previousBurstBy is, for a number that begins a run of texts, when the run before it must have begun at the latest; 0 for one
// within a run.
func (r Rules) previousBurstBy(no int, now Millis) Millis {
	if (no-1)%r.Burst != 0 {
		return 0
	}
	return now.After(-r.BurstWindow)
}

// decision is what becomes of an open room that the sweep looks at.
type decision struct {
	event     Event  // EventEnded, Released, EventIdleWarning, EventUnansweredWarning; empty: nothing yet
	reason    Reason // of an end
	recheckAt Millis // when to look next, unless it ends
}

// decide decides on an open room. Its seats tell who is there by now.
func (r Rules) decide(room Room, now Millis) decision {
	f := decision{recheckAt: now.After(r.Recheck)}
	// due tells whether d has passed since from, which is 0 where nothing is running; if not, it is looked at then.
	due := func(from Millis, d time.Duration) bool {
		if from == 0 {
			return false
		}
		end := from.After(d)
		if end > now {
			f.recheckAt = min(f.recheckAt, end)
		}
		return end <= now
	}
	if room.Status == StatusWaiting {
		if due(room.Customer.Seat.Gone, r.Abandon) {
			f.event, f.reason = EventEnded, Abandoned
		}
		return f
	}
	quiet, warned := room.LastActivityAt(), room.Warned.Seq == room.Seq // nothing has happened since
	asked := room.UnansweredSince()
	waits := asked != 0
	if waits { // however often they ask again
		quiet = max(asked, room.TakenAt)
		// By how long they have waited, not by which came first: the warning of a silent customer may bear a later time than their
		// next text, since clocks differ.
		warned = room.Warned.At >= quiet.After(r.Warn)
	}
	stands := Millis(0)
	if warned {
		quiet, stands = 0, room.Warned.At
	}
	switch {
	case due(room.Customer.Seat.Gone, r.Left):
		f.event, f.reason = EventEnded, CustomerLeft
	case !waits && due(stands, r.Idle-r.Warn):
		f.event, f.reason = EventEnded, Idle
	case due(room.Agent.Seat.Gone, r.Away), waits && due(stands, r.Idle-r.Warn):
		f.event = EventReleased
	case due(quiet, r.Warn):
		f.event = EventIdleWarning
		if waits {
			f.event = EventUnansweredWarning
		}
		due(now, r.Idle-r.Warn)
	}
	return f
}

// apply makes the room what its fate says.
func (r *Room) apply(f decision, now Millis) {
	r.SweepAt = f.recheckAt
	switch f.event {
	case EventEnded:
		r.end(f.reason, now)
	case EventReleased:
		r.requeue()
	case EventIdleWarning, EventUnansweredWarning:
		r.Warned = Warning{Seq: r.Seq + 1, At: now}
	}
}
