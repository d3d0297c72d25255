package sim

import (
	"time"

	"rejoin/internal/chat"
)

func (w *World) person(id chat.PersonID) *person {
	for _, p := range w.people {
		if p.id == id {
			return p
		}
	}
	return nil
}

// looks notes what a sweep sees as it reads a room.
func (w *World) looks(r chat.Room) {
	v := w.applying
	if v == nil || v.name != sweepName {
		return
	}
	if v.looked == nil {
		v.looked = map[chat.RoomID]look{}
	}
	here := map[chat.PersonID]int64{}
	for _, p := range w.people {
		here[p.id] = p.here
	}
	v.looked[r.ID] = look{r.Rev, here, w.law.people[r.Agent.Who].Seat}
}

// gone tells whether the person had been away for as long as a rule asks, when the sweep looked at the room; or now, if
// the room has changed since.
func (w *World) gone(before chat.Room, id chat.PersonID, rule time.Duration) bool {
	p := w.person(id)
	if p == nil {
		return true
	}
	here := p.here
	if v := w.applying; v != nil && v.looked[before.ID].rev == before.Rev {
		here = v.looked[before.ID].here[id]
	}
	return here == 0 || w.now-here >= rule.Milliseconds()-slack
}

// quiet is how long a line that lives may carry nothing, in ms.
const quiet = 4 * 60_000

// endsRightly holds that nobody is thrown out who is there, or writes.
func (w *World) endsRightly(before, r chat.Room) {
	rules := chat.DefaultRules()
	switch r.Reason {
	case chat.Abandoned, chat.CustomerLeft:
		if !w.gone(before, r.Customer.Who, rules.Left) {
			w.breaks("THROWN_OUT", "room %s ends as %s though its customer was there", r.ID, r.Reason)
		}
	case chat.Idle:
		if w.law.asked[r.ID] != 0 {
			w.breaks("NOT_IDLE", "room %s ends as idle though its customer waits for an answer", r.ID)
		}
		if w.now-w.law.spoken[r.ID] < rules.Idle.Milliseconds()-slack {
			w.breaks("NOT_IDLE", "room %s ends as idle though somebody wrote", r.ID)
		}
	}
}

// releasedRightly holds that the sweep takes no room from an agent who is there, unless their customer has waited for an
// answer for as long as the rule asks.
func (w *World) releasedRightly(before chat.Room) {
	if asked := w.law.asked[before.ID]; asked != 0 && w.now-max(asked, int64(before.TakenAt)) >= chat.DefaultRules().Idle.Milliseconds()-slack {
		return
	}
	if v := w.applying; v != nil && v.name == sweepName {
		own, l := v.looked[before.ID].seat, w.lines[w.law.people[before.Agent.Who].Seat.Conn]
		if own == w.law.people[before.Agent.Who].Seat && own.At > before.Agent.Seat.At && l != nil && l.open && w.now-l.active < quiet && l.active < v.started { // as the sweep could know
			w.breaks("PASSED_OVER", "the sweep takes room %s from %s, who sits on %s", before.ID, before.Agent.Who, own.Conn)
		}
	}
	if v := w.applying; v != nil && v.name == sweepName && !w.gone(before, before.Agent.Who, chat.DefaultRules().Away) {
		w.breaks("TAKEN_AWAY", "the sweep takes room %s from %s, who is there", before.ID, before.Agent.Who)
	}
}
