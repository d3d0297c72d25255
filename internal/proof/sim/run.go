package sim

import (
	"fmt"

	"rejoin/internal/chat"
)

// History is how a run ended.
type History struct {
	Seed   uint64
	Shape  string
	Hash   uint64
	Broken []Violation
	Story  []string // where it was asked for
	Made   []int32  // the choices, where they were asked for
	Steps  int
}

// Rest, in ms of simulated time.
const (
	settleFor = 6 * 60_000  // how long it may take until all is well again
	leaveFor  = 45 * 60_000 // how long, until every room has ended that everybody left
)

// simulate runs one history to its end.
func simulate(w *World) {
	w.begin()
	w.faulty, w.acts = true, w.shape.acts
	for w.steps < w.shape.steps && len(w.broken) == 0 {
		ev := w.next()
		if !w.happen(ev[w.ch.weighted(ev)]) {
			break
		}
	}
	w.faulty = false
	if len(w.broken) == 0 {
		w.tracef("———— the faults stop ————")
		w.settle()
	}
	if len(w.broken) == 0 {
		w.tracef("———— everybody leaves ————")
		w.empty()
	}
	w.forgetAll()
}

func (w *World) forgetAll() {
	for _, v := range append([]*invocation{}, w.running...) {
		w.unwind(v)
	}
	for _, c := range w.idle {
		c.stop()
	}
}

// begin lets everybody connect, start and be taken, without faults, unless the world starts fresh.
func (w *World) begin() {
	if w.shape.fresh {
		return
	}
	seen := map[*person]bool{}
	for _, d := range w.devices {
		if seen[d.person] || d.raw != nil {
			continue
		}
		seen[d.person] = true
		d.do(opensPage)
		w.calmDown(0)
		if d.customer != nil {
			d.do(starts)
			w.calmDown(0)
		}
	}
	for _, d := range w.devices {
		if d.agent != nil && d.on && d.can(takes) {
			d.do(takes)
			w.calmDown(0)
			break
		}
	}
	w.pass(60_000)
	w.calmDown(0)
	w.steps, w.tally.Steps = 0, w.tally.Steps-int64(w.steps)
	w.tracef("———— people and faults begin ————")
}

// calmDown lets everything happen that is under way, and time pass up to `until`. False: it does not come to rest.
func (w *World) calmDown(until int64) bool {
	for range 20_000 {
		if len(w.broken) > 0 {
			return true
		}
		ev := w.next()
		if len(ev) > 0 {
			w.happen(ev[w.ch.weighted(ev)])
			continue
		}
		at := int64(0)
		for _, d := range w.devices {
			if t := d.due(); t != nil {
				if due := max(t.at, d.asleep); at == 0 || due < at {
					at = due
				}
			}
		}
		if at == 0 || at > until {
			w.pass(max(0, until-w.now))
			return true
		}
		w.pass(max(1, at-w.now))
	}
	return false
}

// settle lets the clients do what they do until all is well, and says what is not when it takes too long.
func (w *World) settle() {
	for _, d := range w.devices {
		d.asleep, d.hidden = 0, false
		if d.on && d.raw == nil {
			d.do(hides) // shown again, and told so
			d.hidden = false
		}
	}
	end := w.now + settleFor
	for w.now < end {
		w.letAllIn()
		if !w.calmDown(w.now + 10_000) {
			w.breaks("RESTLESS", "it does not come to rest")
			return
		}
		if len(w.broken) > 0 || w.wrong() == nil {
			break
		}
	}
	if v := w.wrong(); v != nil && len(w.broken) == 0 {
		w.breaks(v.Code, "%s", v.Words)
	}
}

// empty lets everybody leave, some of them without a word, and looks at what stays behind.
func (w *World) empty() {
	w.agentsLeave()
	if len(w.broken) > 0 {
		return
	}
	for _, d := range w.devices {
		switch {
		case d.raw != nil:
			if d.raw.line != nil {
				d.raw.line.Close()
			}
		case d.on:
			if w.ch.of(2) == 1 && d.line != nil {
				d.line.up, d.line.down = false, false
			}
			w.tracef("%s leaves", d.name)
			d.leave()
		}
	}
	if w.ch.of(2) == 1 {
		w.closing = nil // their $disconnects are lost
	}
	end := w.now + leaveFor
	for w.now < end && !w.law.allEnded() && len(w.broken) == 0 {
		w.calmDown(0)
		w.pass(60_000)
		w.replica.catchUp()
		if w.sweeps == 0 {
			w.sweep()
		}
		w.calmDown(0)
	}
	w.calmDown(0)
	if len(w.broken) == 0 {
		w.law.leftovers(w)
	}
	if len(w.broken) == 0 {
		w.addsUp()
	}
}

// agentsLeave lets the agents close their pages, and holds that what they held is back in the queue in the time that the
// rule gives them, or has ended.
func (w *World) agentsLeave() {
	held := map[chat.RoomID]chat.PersonID{}
	for _, d := range w.devices {
		if d.agent == nil || !d.there() {
			continue
		}
		for _, id := range w.law.order {
			r, newest := w.law.rooms[id], w.law.people[d.person.id].Seat.At
			// Where a newer line of theirs has come and gone unseen, they are given the time anew.
			if r.Status == chat.StatusActive && r.Agent.Seat.Conn == d.line.id && r.Agent.Seat.At == newest {
				held[id] = d.person.id
			}
		}
		w.tracef("%s leaves", d.name)
		d.leave()
	}
	w.replica.catchUp() // $disconnect asks an index for what they hold
	w.calmDown(0)
	w.pass(chat.DefaultRules().Away.Milliseconds() + slack)
	for range 3 { // one may lose to a late $disconnect of somebody else's
		w.replica.catchUp()
		if w.sweeps == 0 {
			w.sweep()
		}
		w.calmDown(0)
	}
	for _, id := range w.law.order {
		if r := w.law.rooms[id]; r.Status == chat.StatusActive && r.Agent.Who == held[id] {
			w.breaks("LINGERS", "room %s is still held by %s, who left", id, r.Agent.Who)
		}
	}
}

// Run simulates one seed.
func (c *Crowd) Run(seed uint64, tally *Tally) History {
	return c.run(seed, chosen(seed), tally, false)
}

// world is the one that the seed chooses.
func (c *Crowd) world(seed uint64, ch *choices, tally *Tally) *World {
	return newWorld(seed, c.shapes[seed%uint64(len(c.shapes))], ch, c, tally)
}

func (c *Crowd) run(seed uint64, ch *choices, tally *Tally, tracing bool) History {
	w := c.world(seed, ch, tally)
	w.tracing = tracing
	simulate(w)
	tally.Seeds++
	if len(w.broken) > 0 {
		tally.Broken++
	}
	return History{
		Seed: seed, Shape: w.shape.name, Hash: w.sum, Broken: w.broken, Story: w.story, Made: ch.made, Steps: w.steps,
	}
}

// String says what was broken.
func (h History) String() string {
	s := fmt.Sprintf("seed %d (%s), step %d", h.Seed, h.Shape, h.Steps)
	for _, v := range h.Broken {
		s += fmt.Sprintf("\n  %s at step %d: %s", v.Code, v.Step, v.Words)
	}
	return s
}
