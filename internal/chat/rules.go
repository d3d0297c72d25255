package chat

import (
	"cmp"
	"fmt"
	"time"
)

// Rules are the parameters of a room's life: when the sweep ends it or moves it on if nobody else does, and how fast
// one may write in it.
type Rules struct {
	Abandon time.Duration // a waiting customer is gone this long: ends as Abandoned
	Left    time.Duration // the customer of an active room is gone this long: ends as CustomerLeft
	Away    time.Duration // the agent is gone this long: the room returns to the queue
	// If nobody has written in an active room for Warn, both sides are warned. If the customer then writes nothing
	// until Idle, the chat ends as Idle. If it is the customer who waits for an answer, the room returns to its old
	// position in the queue instead, so that another agent can answer. Neither happens sooner than Idle−Warn after
	// the warning.
	Warn, Idle time.Duration
	KeepLeft   time.Duration // a question that was left ends this long after its last text, or after it was kept if that was later
	Recheck    time.Duration // an open room is checked again after this time at the latest
	Silent     time.Duration // a connection that carried nothing this long counts as gone. A client pings at least every 4 minutes

	// The numbers of a side's texts are divided into bursts of Burst texts. A burst begins at least BurstWindow after
	// the previous one began. So one may write Burst texts at once, twice as many once, and no more on average.
	Burst       int
	BurstWindow time.Duration
	// The chats that a customer starts come in bursts of the same kind: Starts in each, StartWindow apart.
	Starts      int
	StartWindow time.Duration
	// Waiting is how many customers may wait before no other may start a chat. Those who start at the same moment may
	// exceed it, and rooms that return to the queue always find a place.
	Waiting int
	// LeftAtMost is the same for questions that are left, while nobody serves.
	LeftAtMost int
	// Unsettled is how many places of a room may be unsettled before a text or a change settles some: MaxUnsettled, or
	// fewer in a test.
	Unsettled int
}

// DefaultRules are the rules of a deployment that sets none.
func DefaultRules() Rules {
	return Rules{
		Abandon: 10 * time.Minute, Left: 10 * time.Minute, Away: 2 * time.Minute,
		Warn: 10 * time.Minute, Idle: 15 * time.Minute, Recheck: 10 * time.Minute, Silent: 5 * time.Minute,
		Burst: 20, BurstWindow: 10 * time.Second, Starts: 6, StartWindow: 10 * time.Minute, Waiting: 2000, KeepLeft: 7 * 24 * time.Hour, LeftAtMost: MaxLeft,
		Unsettled: MaxUnsettled,
	}
}

// Check tells why the rules are invalid; nil when they are valid.
func (r Rules) Check() error {
	for name, d := range map[string]time.Duration{
		"abandon": r.Abandon, "left": r.Left, "away": r.Away, "warn": r.Warn, "idle": r.Idle, "look": r.Recheck, "silent": r.Silent, "keepLeft": r.KeepLeft, "within": r.BurstWindow,
		"startsWithin": r.StartWindow,
	} {
		if d < time.Second {
			return fmt.Errorf("the rule %s has to be a second at least, and is %s", name, d)
		}
	}
	if r.Burst < 1 {
		return fmt.Errorf("a side has to be allowed a text at least, and not %d", r.Burst)
	}
	if r.Starts < 1 {
		return fmt.Errorf("a customer has to be allowed a chat at least, and not %d", r.Starts)
	}
	if r.Waiting < 1 {
		return fmt.Errorf("a customer at least has to be allowed to wait, and not %d", r.Waiting)
	}
	if r.LeftAtMost < 1 || r.LeftAtMost > MaxLeft {
		return fmt.Errorf("from 1 to %d questions may be left, and not %d", MaxLeft, r.LeftAtMost)
	}
	if r.Unsettled < 1 {
		return fmt.Errorf("a place at least has to be allowed to be unsettled, and not %d", r.Unsettled)
	}
	if r.Idle <= r.Warn {
		return fmt.Errorf("a chat cannot end as idle after %s when it is warned after %s", r.Idle, r.Warn)
	}
	return nil
}

// bound is a room's Bound when its places up to settled are settled.
func (r Rules) bound(settled int64) int64 { return settled + int64(r.Unsettled) }

// previousBurstBy is the latest time at which the previous burst of texts may have begun, for a number that begins a
// burst; 0 for a number within a burst.
func (r Rules) previousBurstBy(no int, now Millis) Millis {
	return previousBurstBy(no, r.Burst, r.BurstWindow, now)
}

// previousStartsBy is the same for the customer's next start.
func (r Rules) previousStartsBy(chats int, now Millis) Millis {
	return previousBurstBy(chats+1, r.Starts, r.StartWindow, now)
}

func previousBurstBy(no, burst int, window time.Duration, now Millis) Millis {
	if (no-1)%burst != 0 {
		return 0
	}
	return now.After(-window)
}

// decision is what the sweep does with an open room.
type decision struct {
	event     Event  // EventEnded, EventReleased, EventLeft, EventIdleWarning, EventUnansweredWarning; empty: nothing
	reason    Reason // of an end
	recheckAt Millis // when to check next, unless it ends
}

// leftChecks is how much less often than others a question is checked that was left: nothing but its end is to come. If its
// customer comes back, their join sees to it.
const leftChecks = 6

func (r Rules) recheckLeft(now Millis) Millis { return now.After(leftChecks * r.Recheck) }

// decide decides on an open room whose seats were just checked. Whether one that would end as Abandoned is kept instead is for
// the caller to find out.
func (r Rules) decide(room Room, now Millis) decision {
	d := decision{recheckAt: now.After(r.Recheck)}
	// due tells whether period has passed since from, where 0 means that nothing has begun. If not yet, the room is
	// checked again at that moment.
	due := func(from Millis, period time.Duration) bool {
		if from == 0 {
			return false
		}
		end := from.After(period)
		if end > now {
			d.recheckAt = min(d.recheckAt, end)
		}
		return end <= now
	}
	pending := room.Customer.Seat.Gone != 0 && room.Pending() // its customer gets the answer later
	if room.Status == StatusWaiting {
		if pending {
			d.recheckAt = r.recheckLeft(now)
			if due(max(room.Kept, room.Customer.NoAt, room.Agent.NoAt), r.KeepLeft) && due(room.Customer.Seat.Gone, r.Abandon) {
				d.event, d.reason = EventEnded, room.endWaitingAs(Expired)
			}
		} else if due(room.Customer.Seat.Gone, r.Abandon) {
			d.event, d.reason = EventEnded, room.endWaitingAs(Abandoned)
		}
		return d
	}
	quiet, warned := room.LastActivityAt(), room.Warned.Seq == room.Seq // nothing has happened since the warning
	unanswered := room.UnansweredSince()
	waits := unanswered != 0 || pending && !room.answered()
	if waits { // from the first unanswered text, however many follow
		quiet = max(unanswered, room.TakenAt)
		// The time decides, not the order: as clocks differ, the warning of a silent customer may bear a later time
		// than their next text.
		warned = room.Warned.At >= quiet.After(r.Warn)
	}
	warnedAt := Millis(0)
	if warned {
		quiet, warnedAt = 0, room.Warned.At
	}
	switch {
	case pending && !waits: // the agent need not hold it any longer
		if due(room.Agent.Seat.Gone, r.Away) || due(room.LastActivityAt(), r.Idle) {
			d.event = EventLeft
		}
	case !pending && due(room.Customer.Seat.Gone, r.Left):
		d.event, d.reason = EventEnded, CustomerLeft
	case !waits && due(warnedAt, r.Idle-r.Warn):
		d.event, d.reason = EventEnded, Idle
	case due(room.Agent.Seat.Gone, r.Away), waits && due(warnedAt, r.Idle-r.Warn):
		d.event = EventReleased
	case due(quiet, r.Warn):
		d.event = EventIdleWarning
		if waits {
			d.event = EventUnansweredWarning
		}
		due(now, r.Idle-r.Warn)
	}
	return d
}

// apply changes the room as decided.
func (r *Room) apply(d decision, now Millis) {
	r.SweepAt = d.recheckAt
	switch d.event {
	case EventEnded:
		r.end(d.reason, now)
	case EventReleased:
		r.requeue()
	case EventLeft:
		r.Kept = cmp.Or(r.Kept, now)
		r.requeue()
	case EventIdleWarning, EventUnansweredWarning:
		r.Warned = Warning{Seq: r.Seq + 1, At: now}
	}
}
