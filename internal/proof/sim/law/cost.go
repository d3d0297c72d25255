package law

import (
	"fmt"
	"slices"

	"rejoin/internal/chat"
)

// Cost is what one event of a person makes the system do.
type Cost struct {
	Invocations int     // of functions: its own, and those of the $disconnects that it causes
	Posts       int     // frames that are pushed to others
	Writes      float64 // write units, as for texts of at most 1 KB
	Reads       float64 // read units, without those of texts
	Calls       int     // one after the other, which its answer may wait for
	Texts       int     // places of rooms, or saved replies, that are read; each costs a quarter of a unit for each KB
}

// Plus is the sum of two costs.
func (c Cost) Plus(o Cost) Cost {
	return Cost{
		Invocations: c.Invocations + o.Invocations, Posts: c.Posts + o.Posts, Writes: c.Writes + o.Writes, Reads: c.Reads + o.Reads,
		Texts: c.Texts + o.Texts, Calls: c.Calls + o.Calls,
	}
}

// times is a cost n times.
func (c Cost) times(n int) Cost {
	return Cost{
		Invocations: n * c.Invocations, Posts: n * c.Posts, Writes: float64(n) * c.Writes, Reads: float64(n) * c.Reads, Texts: n * c.Texts,
		Calls: n * c.Calls,
	}
}

// within tells whether no part of a cost is more than the other's.
func (c Cost) within(o Cost) bool {
	return c.Invocations <= o.Invocations && c.Posts <= o.Posts && c.Writes <= o.Writes && c.Reads <= o.Reads && c.Texts <= o.Texts && c.Calls <= o.Calls
}

func (c Cost) String() string {
	return fmt.Sprintf("%d invocations, %d posts, %g write units, %g read units, %d texts, %d calls one after the other",
		c.Invocations, c.Posts, c.Writes, c.Reads, c.Texts, c.Calls)
}

// Begins notes that an invocation begins.
func (l *Law) Begins(v *Invocation) {
	v.changes, v.began = l.roomChanges, len(l.waiting)-1
}

// Spends notes what a call of the running invocation costs, and checks that its event has not cost more than its row of
// Bounds allows. What the SDK repeats counts once: that is chance, not a person.
func (l *Law) Spends(c Cost) {
	v := l.world.Current()
	if v == nil || v.Connection == nil { // nobody's
		return
	}
	if c.Writes+c.Reads > 0 {
		l.checkFrameLimit(v)
	}
	v.spent = v.spent.Plus(c)
	e := v.event(l.named)
	b := l.bounds[e]
	if l.limits.Backlog > segment && (e == customerJoins || e == customerStarts) {
		b.Most.Reads -= oldest
	}
	if most := b.Most.Plus(b.Room.times(len(v.rooms))).Plus(v.repairs); !v.spent.within(most) {
		l.Break("COSTS", "%s has cost %s; at most, as %q: %s", v.Label(), v.spent, b.Event, most)
	}
}

// Goes notes how many calls the running invocation has made one after the other.
func (l *Law) Goes(calls int) {
	if v := l.world.Current(); v != nil && calls > v.spent.Calls {
		l.Spends(Cost{Calls: calls - v.spent.Calls})
	}
}

// Repairs allows the running invocation more: it has found a fault to repair, such as a connection that is gone, or must
// begin again because it has lost a race.
func (l *Law) Repairs(c Cost) {
	if v := l.world.Current(); v != nil {
		v.repairs = v.repairs.Plus(c)
	}
}

// Settles allows the running invocation what settling a room at its bound costs.
func (l *Law) Settles() { l.Repairs(l.bounds[settles].Most) }

// Recounts allows the running invocation to count the queue once, which it does for all who come soon after.
func (l *Law) Recounts(c Cost) {
	if v := l.world.Current(); v != nil && !v.recounts {
		v.recounts = true
		l.Repairs(c)
	}
}

// Enters notes that the running invocation looks after one of an agent's rooms.
func (l *Law) Enters(id chat.RoomID) {
	if v := l.world.Current(); v != nil && !slices.Contains(v.rooms, id) {
		v.rooms = append(v.rooms, id)
	}
}
