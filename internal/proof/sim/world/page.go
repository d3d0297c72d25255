package world

import (
	"fmt"
	"slices"

	"rejoin/internal/chat"
	"rejoin/internal/proof/sim/client"
	"rejoin/internal/proof/sim/law"
)

// held is a room that the agent holds, even if their client does not know it.
func (d *device) held() chat.RoomID {
	for _, id := range d.w.law.Opened {
		if r := d.w.law.Rooms[id]; r.Status == chat.StatusActive && r.Agent.Who == d.Person.ID {
			return id
		}
	}
	return ""
}

// edit saves or deletes one of two saved replies, at a version that may be old.
func (d *device) edit() {
	key, version := d.w.choices.of(2), d.w.choices.of(4)
	if d.w.choices.of(4) == 1 {
		d.socket.Send(fmt.Appendf(nil, `{"action":"cannedDelete","id":"d","scope":"mine","key":"k%d","version":%d}`, key, version))
		return
	}
	optional := ""
	if version > 0 {
		optional = fmt.Sprintf(`,"version":%d`, version)
	}
	d.socket.Send(fmt.Appendf(nil, `{"action":"cannedPut","id":"p","scope":"mine","key":"k%d","title":"t","text":"%d"%s}`,
		key, d.w.choices.of(100), optional))
}

// open loads the page.
func (d *device) open() {
	for _, other := range d.w.devices {
		if other != d && other.owner == d.owner && other.On && d.w.faulty {
			d.w.count(secondDevice)
			break
		}
	}
	d.On, d.Asleep, d.hidden = true, 0, false
	effects, report := d.interfaces()
	d.recorder.begin("open")
	if d.Person.Side == chat.Customer {
		d.Customer = client.NewCustomer(effects, report, d.owner.isVisitor(d.w.fixture), d.Saved)
		d.Customer.Open()
	} else {
		d.Agent = client.NewAgent(effects, report, d.Saved)
		d.Agent.Open()
	}
	d.recorder.end()
}

// leave closes the page, and keeps what it saves.
func (d *device) leave() {
	d.recorder.begin("close")
	d.page().Close()
	d.recorder.end()
	if d.Customer != nil {
		d.Saved = d.Customer.Saved()
	} else {
		d.Saved = d.Agent.Saved()
	}
	d.On, d.Customer, d.Agent = false, nil, nil
	for _, t := range d.timers {
		t.dead = true
	}
}

// write writes a new text.
func (d *device) write() {
	t := &law.Text{Key: fmt.Sprintf("%s.%d", d.Name, len(d.Texts)+1), By: &d.Client, Written: d.w.now}
	t.Words = t.Key
	if d.Agent != nil && d.w.scenario.sameWords {
		t.Words = law.SameWords
	}
	d.Texts = append(d.Texts, t)
	d.w.law.Texts[t.Key] = t
	d.w.did(law.TextsWritten)
	d.w.tracef("%s: %q", d.Name, t.Key)
	if d.Customer != nil {
		d.input(inputSend, t.Words, t.Key)
	} else {
		d.input(inputSend, d.Talk().ID, t.Words, t.Key)
	}
}

// blockable is the newest room whose customer can be blocked, or unblocked. Agents try it for any room, allowed or not.
func (w *World) blockable(a action) chat.RoomID {
	for _, id := range slices.Backward(w.law.Opened) {
		if a == blocks || w.law.People[w.law.Rooms[id].Customer.Who].Blocked {
			return id
		}
	}
	return ""
}

// block sends a request to block or unblock the customer of a room.
func (d *device) block(room chat.RoomID, blocked bool) {
	d.socket.Send(fmt.Appendf(nil, `{"action":"block","id":"b","room":%q,"blocked":%t}`, room, blocked))
}

// unblockAll lets an admin unblock everybody, so that blocked customers can settle too.
func (w *World) unblockAll() {
	for _, p := range w.people {
		if !w.law.People[p.ID].Blocked {
			continue
		}
		for _, d := range w.devices {
			switch {
			case !d.Person.Admin:
			case !d.On:
				d.do(opensPage)
			case d.State() == client.ReplacedState:
				d.do(takesOver)
			case d.connected():
				d.block(w.law.People[p.ID].Room, false)
			}
		}
	}
}
