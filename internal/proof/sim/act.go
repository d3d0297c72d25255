package sim

import (
	"fmt"

	"rejoin/internal/chat"
	"rejoin/internal/proof/sim/client"
)

// act is something that a person does, or that happens to their device.
type act int

const (
	opensPage act = iota
	leavesPage
	writes
	starts
	endsChat
	takes
	releases
	transfers
	changesStatus
	reads
	types
	retries
	discards
	reloads
	sleeps
	hides
	takesOver
	lineIsCut
	lineIsOneWay
	lineIsDropped
	overreads
	grades
	edits
	claims
	intrudes
	blocks
	letsIn
	actsInAll
)

func (a act) String() string {
	return [actsInAll]string{
		"opens the page", "leaves", "writes", "starts a chat", "ends the chat", "takes", "releases", "transfers", "changes status",
		"reads", "types", "retries", "discards", "reloads", "falls asleep", "is hidden or shown", "takes over", "loses the line",
		"loses the line one way", "drops the line", "reads what is not there", "rates", "edits a canned message", "claims what is held", "intrudes",
		"blocks a customer", "lets a customer in again",
	}[a]
}

// weight is how often an act is chosen among the others.
func (s *shape) weight(a act) int {
	if s.often[a] > 0 {
		return s.often[a]
	}
	switch a {
	case opensPage, starts, takes:
		return 15
	case writes:
		return 20
	case endsChat, sleeps, reloads, leavesPage, changesStatus, lineIsOneWay:
		return 2
	case hides, types, reads:
		return 1
	case intrudes:
		return 15
	}
	return 3
}

// can tells whether the act makes sense now.
func (d *device) can(a act) bool {
	if d.raw != nil {
		return d.raw.can(d, a)
	}
	w, s := d.w, &d.w.shape
	agent := d.person.side == chat.Agent
	switch a {
	case opensPage:
		return !d.on
	case intrudes:
		return false
	}
	if !d.on || d.asleep > d.w.now {
		return false
	}
	switch a {
	case leavesPage, reloads, sleeps, hides:
		return true
	case takesOver:
		return d.state() == client.ReplacedState
	case writes:
		return len(d.texts) < s.texts && d.mayWrite()
	case starts:
		return !agent && d.joined() && d.talk() == nil && d.w.law.opened < s.rooms
	case endsChat:
		return s.ends && d.talk() != nil
	case takes:
		return agent && len(d.agent.Queue()) > 0
	case releases:
		return agent && s.moves && d.talk() != nil
	case transfers:
		return agent && s.moves && d.talk() != nil && s.agents > 1
	case changesStatus:
		return agent && s.moves && d.joined()
	case reads, types:
		return d.talk() != nil
	case overreads:
		return s.intruders && d.talk() != nil && d.line.live()
	case grades:
		return !agent && s.ends && w.law.opened > 0 && d.line.live()
	case claims:
		return agent && s.moves && d.line.live() && d.held() != ""
	case edits:
		return agent && s.moves && d.joined() && d.line.live()
	case blocks, letsIn:
		return agent && s.blocking && d.joined() && d.line.live() && d.w.blockable(a) != ""
	case retries, discards:
		return d.failedText() != nil
	case lineIsCut, lineIsOneWay, lineIsDropped:
		return d.line.live()
	}
	return false
}

// talk is an open room that the device may write in; of several the newest.
func (d *device) talk() *client.Thread {
	var found *client.Thread
	for _, t := range d.rooms() {
		if t.Room == nil || t.Room.Status == string(chat.StatusEnded) {
			continue
		}
		if d.customer != nil && t.ID == d.customer.Present() || d.agent != nil && t.Mine {
			found = t
		}
	}
	return found
}

// mayWrite: a customer may write before there is a room, as long as one may be opened for it.
func (d *device) mayWrite() bool {
	return d.talk() != nil || d.customer != nil && d.joined() && d.w.law.opened < d.w.shape.rooms
}

func (d *device) failedText() *text {
	for _, t := range d.texts {
		if t.failed != "" && !t.gone {
			return t
		}
	}
	return nil
}

// do acts.
func (d *device) do(a act) {
	w := d.w
	w.tracef("%s %s", d.name, a)
	if d.raw != nil {
		d.raw.do(d, a)
		return
	}
	switch a {
	case opensPage:
		d.open()
	case leavesPage:
		d.leave()
	case writes:
		d.write()
	case starts:
		d.person.wishes++
		d.press(pressStart, "name", "topic")
	case endsChat:
		d.press(pressEnd, d.talk().ID)
	case takes:
		queue := d.agent.Queue()
		d.press(pressTake, queue[w.ch.of(len(queue))])
	case releases:
		d.press(pressRelease, d.talk().ID)
	case transfers:
		for _, p := range w.people {
			if p.side == chat.Agent && p != d.person {
				d.press(pressTransfer, d.talk().ID, string(p.id))
				break
			}
		}
	case changesStatus:
		d.press(pressStatus, []string{string(chat.StatusOnline), string(chat.StatusAway)}[w.ch.of(2)])
	case reads:
		d.press(pressSeen, d.talk().ID)
	case types:
		d.press(pressTyping, d.talk().ID)
	case overreads: // no client of ours does
		d.line.Send(fmt.Appendf(nil, `{"action":"read","room":%q,"seq":%d}`, d.talk().ID, 1_000_000))
	case grades:
		rooms := w.law.order
		d.line.Send(fmt.Appendf(nil, `{"action":"rate","id":"r","room":%q,"score":%d}`, rooms[w.ch.of(len(rooms))], 1+w.ch.of(5)))
	case edits:
		d.edit()
	case claims: // another's client might, before it joins
		d.line.Send(fmt.Appendf(nil, `{"action":"take","id":"claim","room":%q}`, d.held()))
	case blocks, letsIn:
		d.block(w.blockable(a), a == blocks)
	case retries:
		t := d.failedText()
		t.failed, t.room = "", ""
		d.press(pressRetry, t.key)
	case discards:
		t := d.failedText()
		t.gone = true
		d.press(pressDiscard, t.key)
	case reloads:
		w.count(pageReloaded)
		d.leave()
		d.open()
	case sleeps:
		w.count(asleep)
		d.asleep = w.now + []int64{20_000, 200_000, 420_000, 900_000}[w.ch.of(4)]
	case hides:
		d.hidden = !d.hidden
		d.press(nudged)
	case takesOver:
		d.press(pressTakeOver)
	case lineIsCut:
		w.count(lineCut)
		d.line.up, d.line.down = false, false
	case lineIsOneWay:
		w.count(lineOneWay)
		d.line.up = false
	case lineIsDropped:
		w.count(lineDropped)
		d.line.up, d.line.down, d.line.closed = false, false, true
		d.line.events.Closed()
	}
	w.listen(d)
}

// held is a room that the agent holds, whether their client knows or not.
func (d *device) held() chat.RoomID {
	for _, id := range d.w.law.order {
		if r := d.w.law.rooms[id]; r.Status == chat.StatusActive && r.Agent.Who == d.person.id {
			return id
		}
	}
	return ""
}

// edit saves or deletes one of two canned messages, as of a version that need not be the newest.
func (d *device) edit() {
	key, version := d.w.ch.of(2), d.w.ch.of(4)
	if d.w.ch.of(4) == 1 {
		d.line.Send(fmt.Appendf(nil, `{"action":"cannedDelete","id":"d","scope":"mine","key":"k%d","version":%d}`, key, version))
		return
	}
	optional := ""
	if version > 0 {
		optional = fmt.Sprintf(`,"version":%d`, version)
	}
	d.line.Send(fmt.Appendf(nil, `{"action":"cannedPut","id":"p","scope":"mine","key":"k%d","title":"t","text":"%d"%s}`,
		key, d.w.ch.of(100), optional))
}

// open loads the page.
func (d *device) open() {
	for _, other := range d.w.devices {
		if other != d && other.person == d.person && other.on && d.w.faulty {
			d.w.count(secondDevice)
			break
		}
	}
	d.on, d.asleep, d.hidden = true, 0, false
	effects, report := d.ends()
	d.tape.begin("open")
	if d.person.side == chat.Customer {
		d.customer = client.NewCustomer(effects, report, d.person.visits(d.w.crowd), d.saved)
		d.customer.Open()
	} else {
		d.agent = client.NewAgent(effects, report, d.saved)
		d.agent.Open()
	}
	d.tape.end()
}

// leave closes the page; what it kept stays.
func (d *device) leave() {
	d.tape.begin("close")
	d.page().Close()
	d.tape.end()
	if d.customer != nil {
		d.saved = d.customer.Saved()
	} else {
		d.saved = d.agent.Saved()
	}
	d.on, d.customer, d.agent = false, nil, nil
	for _, t := range d.timers {
		t.dead = true
	}
}

// cannedWords are what every agent writes in some worlds.
const cannedWords = "same"

func (d *device) write() {
	t := &text{key: fmt.Sprintf("%s.%d", d.name, len(d.texts)+1), device: d}
	t.words = t.key
	if d.agent != nil && d.w.shape.canned {
		t.words = cannedWords
	}
	d.texts = append(d.texts, t)
	d.w.texts[t.key] = t
	d.w.did(sent)
	d.w.tracef("%s: %q", d.name, t.key)
	if d.customer != nil {
		d.press(pressSend, t.words, t.key)
	} else {
		d.press(pressSend, d.talk().ID, t.words, t.key)
	}
}
