package sim

import (
	"fmt"
	"slices"

	"rejoin/internal/chat"
	"rejoin/internal/proof/sim/client"
)

// blockable is the newest room whose customer can be blocked, or let in again: agents try it of any, and may it of some.
func (w *World) blockable(a act) chat.RoomID {
	for _, id := range slices.Backward(w.law.order) {
		if a == blocks || w.law.people[w.law.rooms[id].Customer.Who].Blocked {
			return id
		}
	}
	return ""
}

// block asks that the customer of a room be kept out, or let in again.
func (d *device) block(room chat.RoomID, out bool) {
	d.line.Send(fmt.Appendf(nil, `{"action":"block","id":"b","room":%q,"blocked":%t}`, room, out))
}

// letAllIn lets everybody in again, so that all can end as it does where nobody is blocked. Admins come for it.
func (w *World) letAllIn() {
	for _, p := range w.people {
		if !w.law.people[p.id].Blocked {
			continue
		}
		for _, d := range w.devices {
			switch {
			case !d.person.admin:
			case !d.on:
				d.do(opensPage)
			case d.state() == client.ReplacedState:
				d.do(takesOver)
			case d.there():
				d.block(w.law.people[p.id].Room, false)
			}
		}
	}
}

// blockedRightly holds that a customer is blocked by who holds a room of theirs, or held it last, or by an admin, and let
// in again by an admin alone.
func (w *World) blockedRightly(before, after chat.Person) {
	if after.Blocked == before.Blocked {
		return
	}
	if after.Blocked {
		w.did(blocked)
		w.law.barred[after.ID] = w.invoked
	} else {
		w.did(letIn)
		w.law.letIn[after.ID] = w.invoked
	}
	if v := w.applying; v != nil {
		by := v.line.device.person
		if may := by.admin || after.Blocked && v.sawTheirs(by.id, after.ID); !may {
			w.breaks("BLOCKED_BY", "%s sets whether %s is blocked to %t, which is not theirs to do", by.id, after.ID, after.Blocked)
		}
	}
}

// sawTheirs tells whether the invocation has seen that the agent holds a room of the customer's, or held it last.
func (v *invocation) sawTheirs(agent, customer chat.PersonID) bool {
	for _, r := range v.knew {
		if r.Agent.Who == agent && r.Customer.Who == customer {
			return true
		}
	}
	return false
}

// keptOut holds what the answer to a block promises: the customer is blocked, has no open room, and was told that it
// ended, unless an admin has let them in meanwhile.
func (w *World) keptOut(v *invocation, asked *request) {
	who := w.law.rooms[asked.Room].Customer.Who
	if !asked.Blocked || w.law.letIn[who] >= v.id {
		return
	}
	if !w.law.people[who].Blocked {
		w.breaks("NOT_BLOCKED", "%s answers that %s is blocked, who is not", v.label(), who)
	}
	w.endedRightly(v, w.law.people[who].Room)
	for _, id := range w.law.order {
		if r := w.law.rooms[id]; r.Customer.Who == who && r.Status != chat.StatusEnded {
			w.breaks("GOES_ON", "%s answers that %s is blocked, whose room %s is %s", v.label(), who, id, r.Status)
		}
	}
}

// admitted holds that nobody is let in who has been blocked since before they asked.
func (w *World) admitted(v *invocation, who chat.PersonID) {
	if w.law.people[who].Blocked && w.law.barred[who] < v.id {
		w.breaks("LET_IN", "%s lets %s in, who is blocked", v.label(), who)
	}
}
