package sim

import (
	"context"
	"fmt"
	"slices"

	"rejoin/internal/chat"
	"rejoin/internal/proof/sim/client"
)

// wrong says what is not well yet in a world that is left alone; nil when all is.
func (w *World) wrong() *Violation {
	bad := func(code, format string, args ...any) *Violation {
		return &Violation{Code: code, Words: fmt.Sprintf(format, args...)}
	}
	for _, p := range w.people {
		if w.law.people[p.id].Blocked {
			return bad("STAYS_BLOCKED", "%s is not let in again", p.id)
		}
	}
	for _, d := range w.devices {
		if !d.on || d.raw != nil {
			continue
		}
		if d.state() == client.ReplacedState {
			if d.by == d.Device() {
				return bad("ALONE", "%s waits for its user, and was replaced by nobody but itself", d.name)
			}
			continue
		}
		if d.person.removed(w.now) {
			continue
		}
		if !d.there() {
			return bad("NOT_CONNECTED", "%s is not connected", d.name)
		}
		for _, t := range d.texts {
			if !t.acked && t.failed == "" && !t.gone {
				return bad("STUCK", "%q is neither acknowledged nor told as failed", t.key)
			}
		}
		// A customer's page with no chat on it asks for nothing: it may not have heard that another device took over, and
		// hears so when its user acts.
		if d.customer != nil && d.talk() == nil && w.seated(d.person) != d {
			continue
		}
		var v *Violation
		if d.customer != nil {
			v = w.customerSees(d, bad)
		} else {
			v = w.agentSees(d, bad)
		}
		if v != nil {
			return v
		}
	}
	return nil
}

// seated is the device whose connection is the newest that ever sat for the person.
func (w *World) seated(p *person) *device {
	at := int64(w.law.people[p.id].Seat.At)
	for _, l := range w.order {
		if l.device.person == p && l.stamp == at {
			return l.device
		}
	}
	return nil
}

type says func(code, format string, args ...any) *Violation

func (w *World) customerSees(d *device, bad says) *Violation {
	p, _ := w.inner.Person(context.Background(), d.person.id) // memory never fails
	if p.Room == "" {
		return nil
	}
	if d.customer.Present() != string(p.Room) {
		return bad("WRONG_ROOM", "%s shows room %q, the newest is %s", d.name, d.customer.Present(), p.Room)
	}
	return w.sees(d, w.law.rooms[p.Room], bad)
}

func (w *World) agentSees(d *device, bad says) *Violation {
	queue := d.agent.Queue()
	for _, id := range w.law.order {
		r := w.law.rooms[id]
		if listed := slices.Contains(queue, string(id)); listed != (r.Status == chat.StatusWaiting) {
			return bad("QUEUE", "%s shows %s as waiting: %t, it is %s", d.name, id, listed, r.Status)
		}
		t := d.thread(id)
		held := r.Status == chat.StatusActive && r.Agent.Who == d.person.id
		if shown := t != nil && t.Mine && t.Room.Status != string(chat.StatusEnded); shown != held {
			return bad("HOLDS", "%s shows %s as its own: %t, it is held by %q", d.name, id, shown, r.Agent.Who)
		}
		if held {
			if v := w.sees(d, r, bad); v != nil {
				return v
			}
		}
	}
	return nil
}

func (d *device) thread(id chat.RoomID) *client.Thread {
	for _, t := range d.rooms() {
		if t.ID == string(id) {
			return t
		}
	}
	return nil
}

// sees compares what a member shows of a room with what is stored.
func (w *World) sees(d *device, r chat.Room, bad says) *Violation {
	t := d.thread(r.ID)
	if t == nil || t.Room == nil {
		return bad("UNAWARE", "%s does not know room %s", d.name, r.ID)
	}
	if t.Room.Status != string(r.Status) {
		return bad("STATUS", "%s shows room %s as %s, it is %s", d.name, r.ID, t.Room.Status, r.Status)
	}
	if t.Since != r.Seq {
		return bad("STALE", "%s holds room %s up to %d of %d", d.name, r.ID, t.Since, r.Seq)
	}
	for seq := int64(1); seq <= t.Since; seq++ {
		stored, decided := w.law.places[at{r.ID, seq}]
		shown, has := t.Message(seq)
		switch {
		case has && (!decided || stored.Void):
			return bad("PHANTOM", "%s shows %q at %s, where nothing is stored", d.name, shown.Text, place(r.ID, seq))
		case !has && decided && !stored.Void:
			return bad("MISSED", "%s passed over %s, where %q is stored", d.name, place(r.ID, seq), stored.Text)
		case has && (shown.Text != stored.Text || shown.Event != string(stored.Event)):
			return bad("DIFFERS", "%s shows %q at %s, where %q is stored", d.name, shown.Text, place(r.ID, seq), stored.Text)
		}
	}
	if r.Status == chat.StatusEnded {
		return nil
	}
	side := d.person.side
	if seat := r.Member(side).Seat; seat.Conn != d.line.id || !seat.Online() {
		return bad("UNSEATED", "%s is there on %s, room %s has %q, gone %d, lost: %t", d.name, d.line.id, r.ID, seat.Conn, seat.Gone, seat.Lost)
	}
	for _, o := range w.devices {
		if o.person.id == r.Member(side.Other()).Who && o.there() && !t.Online {
			return bad("OFFLINE", "%s shows %s as away in room %s", d.name, o.name, r.ID)
		}
	}
	return nil
}
