package world

import (
	"fmt"
	"slices"

	"rejoin/internal/chat"
	"rejoin/internal/proof/sim/law"
)

// History is how one simulation ended.
type History struct {
	Seed     uint64
	Scenario string
	Hash     uint64 // of everything that happened: equal histories have equal hashes
	Steps    int
	Broken   []law.Violation // empty: the law held
	Story    []string        // what happened, line by line; set by Replay and Follow
	Choices  []int32         // what chance decided; set by Replay
}

// String lists what was broken.
func (h History) String() string {
	s := fmt.Sprintf("seed %d (%s), step %d", h.Seed, h.Scenario, h.Steps)
	for _, v := range h.Broken {
		s += fmt.Sprintf("\n  %s at step %d: %s", v.Code, v.Step, v.Words)
	}
	return s
}

// Run simulates one seed, and adds what happened to counts.
func (f *Fixture) Run(seed uint64, counts *Counts) History {
	return f.world(seed, choicesOf(seed), counts).run()
}

// Replay simulates a seed again, with its story and its choices.
func (f *Fixture) Replay(seed uint64) History {
	ch := choicesOf(seed)
	ch.record = true
	w := f.world(seed, ch, &Counts{})
	w.tracing = true
	return w.run()
}

// Follow simulates a seed's world with these choices instead of the seed's. After the last one, every choice is harmless.
func (f *Fixture) Follow(seed uint64, made []int32, story bool) History {
	w := f.world(seed, &choices{follow: true, replay: made}, &Counts{})
	w.tracing = story
	return w.run()
}

// world makes the world that the seed chooses.
func (f *Fixture) world(seed uint64, ch *choices, counts *Counts) *World {
	return newWorld(seed, f.scenarios[seed%uint64(len(f.scenarios))], ch, f, counts)
}

// How long the end of a history takes, in ms of simulated time.
const (
	settleFor = 6 * 60_000  // at most, until everything is as it should be after faults
	calmFor   = 3 * 60_000  // the same after a storm: every fifth heartbeat tells what a refused post did not
	leaveFor  = 45 * 60_000 // at most, until every room has ended after everybody left
	listFor   = 75 * 60_000 // at most, until every question that is left is on its list, and no other: the sweep checks them each hour
)

// leavesFor is how long it takes at most until every room has ended after everybody left, in ms.
func (w *World) leavesFor() int64 {
	if w.scenario.nights {
		return listFor + w.keepLeft().Milliseconds()
	}
	return leaveFor
}

// settles is how long it takes at most until everything is as it should be, in ms.
func (s *scenario) settles() int64 {
	if s.storms() || s.dry > 0 {
		return calmFor
	}
	return settleFor
}

// run simulates the history to its end.
func (w *World) run() History {
	w.seatCrowd()
	w.queueBacklog()
	w.begin()
	w.faulty, w.actions = true, w.scenario.actions
	for w.steps < w.scenario.steps && !w.broken() {
		ev := w.next()
		if !w.happen(ev[w.choices.weighted(ev)]) {
			break
		}
	}
	w.faulty = false
	if !w.broken() {
		w.tracef("———— the faults stop ————")
		w.dismissCrowd()
		w.dismissBacklog()
		w.used.dry = w.scenario.dry > 0
		w.rest(w.now + w.scenario.dry)
		w.used.dry = false
		w.settle()
	}
	if !w.broken() {
		w.tracef("———— everybody leaves ————")
		w.empty()
	}
	w.stopCoroutines()
	w.counts.Seeds++
	if w.broken() {
		w.counts.Broken++
	}
	return History{
		Seed: w.seed, Scenario: w.scenario.name, Hash: w.sum, Steps: w.steps,
		Broken: w.law.Broken, Story: w.story, Choices: w.choices.made,
	}
}

func (w *World) broken() bool { return len(w.law.Broken) > 0 }

func (w *World) stopCoroutines() {
	for _, v := range slices.Clone(w.running) {
		w.unwind(v)
	}
	for _, c := range w.idle {
		c.stop()
	}
}

// begin lets everybody connect, customers start chats and an agent take one, all without faults, unless the scenario begins
// with nobody connected. Where there are nights, the customers have gone before.
func (w *World) begin() {
	if w.scenario.fresh {
		return
	}
	seen := map[*person]bool{}
	for _, d := range w.devices {
		if seen[d.owner] || d.program != nil {
			continue
		}
		seen[d.owner] = true
		d.do(opensPage)
		w.rest(0)
		if d.Customer != nil {
			d.do(starts)
			w.rest(0)
			if w.scenario.nights {
				d.do(leavesPage)
				w.rest(0)
			}
		}
	}
	for _, d := range w.devices {
		if d.Agent != nil && d.On && d.can(takes) {
			d.do(takes)
			w.rest(0)
			break
		}
	}
	w.pass(60_000)
	w.rest(0)
	w.steps, w.counts.Steps = 0, w.counts.Steps-int64(w.steps)
	w.tracef("———— people and faults begin ————")
}

// rest lets everything that is under way happen, and time pass up to `until`. It returns false if the world does not come
// to rest.
func (w *World) rest(until int64) bool {
	for range 20_000 {
		if w.broken() {
			return true
		}
		ev := w.next()
		if len(ev) > 0 {
			w.happen(ev[w.choices.weighted(ev)])
			continue
		}
		at := int64(0)
		for _, d := range w.devices {
			if t := d.due(); t != nil {
				if due := max(t.at, d.Asleep); at == 0 || due < at {
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

// settle lets the clients work until everything is as it should be, for settleFor at most.
func (w *World) settle() {
	for _, d := range w.devices {
		d.Asleep, d.hidden = 0, w.scenario.settles() == calmFor
		if d.On {
			d.do(hides) // tells the client that the page is shown, or hidden where there is more time
			d.hidden = false
		}
	}
	for end := w.now + w.scenario.settles(); w.now < end; {
		w.unblockAll()
		if !w.rest(w.now + 10_000) {
			w.law.Break("RESTLESS", "the world does not come to rest")
			return
		}
		if w.broken() || w.law.Unsettled() == nil {
			break
		}
	}
	if v := w.law.Unsettled(); v != nil && !w.broken() {
		w.law.Break(v.Code, "%s", v.Words)
	}
}

// empty lets everybody leave, some without a close frame, and lets the law check what is left.
func (w *World) empty() {
	w.agentsLeave()
	if w.broken() {
		return
	}
	w.othersLeave()
	left := w.now
	for end := left + w.leavesFor(); w.now < end && !w.law.AllEnded() && !w.broken(); {
		w.rest(0)
		w.pass(60_000)
		w.sweepAgain()
		w.law.Listed(w.now-left >= listFor)
	}
	w.rest(0)
	if !w.broken() {
		w.law.Left(int(w.leavesFor()/60_000), w.replica.where(func(r chat.Room) bool { return r.Status != chat.StatusEnded }))
	}
	if !w.broken() && w.scenario.counting {
		w.replica.catchUp()
		w.sweep()
		w.rest(0)
		w.law.AddsUp(clock{w})
	}
}

// agentsLeave lets the agents close their pages. The rooms that they held must return to the queue, or end, within the time
// of the rule.
func (w *World) agentsLeave() {
	heldBy := map[chat.RoomID]chat.PersonID{}
	for _, d := range w.devices {
		if d.Agent == nil || !d.connected() {
			continue
		}
		for _, id := range w.law.Held(&d.Client) {
			heldBy[id] = d.Person.ID
		}
		w.tracef("%s leaves", d.Name)
		d.leave()
	}
	w.replica.catchUp() // $disconnect reads an index of what they hold
	w.rest(0)
	w.pass(chat.DefaultRules().Away.Milliseconds() + law.Slack)
	for range 3 { // a late $disconnect of somebody else may overtake one sweep
		w.sweepAgain()
	}
	w.law.Returned(heldBy)
}

func (w *World) othersLeave() {
	for _, d := range w.devices {
		switch {
		case d.program != nil:
			d.program.leave()
		case d.On:
			if w.choices.of(2) == 1 && d.socket != nil {
				d.socket.Up, d.socket.Down = false, false
			}
			w.tracef("%s leaves", d.Name)
			d.leave()
		}
	}
	if w.choices.of(2) == 1 {
		w.closing = nil // all remaining $disconnects are lost
	}
}

// sweepAgain runs a complete sweep that sees everything.
func (w *World) sweepAgain() {
	w.replica.catchUp()
	if w.sweeps == 0 {
		w.sweep()
	}
	w.rest(0)
}
