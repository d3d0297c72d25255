package world

import (
	"fmt"

	"rejoin/internal/chat"
	"rejoin/internal/proof/sim/client"
	"rejoin/internal/proof/sim/law"
)

// action is something that a person does, or that happens to their device.
type action int

const (
	opensPage action = iota
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
	readsTooFar
	grades
	edits
	claims
	intrudes
	grabs
	blocks
	letsIn
	endsMany
	actions
)

func (a action) String() string {
	return [actions]string{
		"opens the page", "leaves", "writes", "starts a chat", "ends the chat", "takes", "releases", "transfers", "changes status",
		"reads", "types", "retries", "discards", "reloads", "falls asleep", "is hidden or shown", "takes over", "loses the line",
		"loses the line one way", "drops the line", "reads what is not there", "rates", "edits a canned message", "claims what is held", "intrudes", "grabs",
		"blocks a customer", "lets a customer in again", "ends the chats of many",
	}[a]
}

// weight is how often an action is chosen, relative to the others.
func (s *scenario) weight(a action) int {
	if s.weights[a] > 0 {
		return s.weights[a]
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
	case grabs:
		return 40
	}
	return 3
}

// can tells whether the action is possible now.
func (d *device) can(a action) bool {
	if d.program != nil {
		return d.program.can(d, a)
	}
	w, s := d.w, &d.w.scenario
	agent := d.Person.Side == chat.Agent
	switch a {
	case opensPage:
		return !d.On
	case intrudes, grabs:
		return false
	}
	if s.storms() && !d.calmly(a) {
		return false
	}
	if !d.On || d.Asleep > d.w.now {
		return false
	}
	switch a {
	case leavesPage, reloads, sleeps, hides:
		return true
	case takesOver:
		return d.State() == client.ReplacedState
	case writes:
		return len(d.Texts) < s.texts && d.mayWrite()
	case starts:
		return !agent && d.Joined() && d.Talk() == nil && d.mayStart()
	case endsChat:
		return s.ends && d.Talk() != nil
	case takes:
		return agent && len(d.Agent.Queue()) > 0
	case releases:
		return agent && s.moves && d.Talk() != nil
	case transfers:
		return agent && s.moves && d.Talk() != nil && s.agents > 1
	case changesStatus:
		return agent && s.moves && d.Joined()
	case reads, types:
		return d.Talk() != nil
	case readsTooFar:
		return s.intruders && d.Talk() != nil && d.Connection.Live()
	case grades:
		return !agent && s.ends && len(w.law.Opened) > 0 && d.Connection.Live()
	case claims:
		return agent && s.moves && d.Connection.Live() && d.held() != ""
	case edits:
		return agent && s.moves && d.Joined() && d.Connection.Live()
	case endsMany:
		return agent && s.blocking && d.Joined() && d.Connection.Live()
	case blocks, letsIn:
		return agent && s.blocking && d.Joined() && d.Connection.Live() && d.w.blockable(a) != ""
	case retries, discards:
		return d.failedText() != nil
	case lineIsCut, lineIsOneWay, lineIsDropped:
		return d.Connection.Live()
	}
	return false
}

// calmly tells whether people do this too where others are greedy: only what they come for, and a few reloads.
func (d *device) calmly(a action) bool {
	return a == opensPage || a == writes || a == starts || a == endsChat || a == takes || a == reads || a == reloads && len(d.Dialled) < 5
}

// mayWrite tells whether the user may write. A customer may also write before there is a room, if one may be opened.
func (d *device) mayWrite() bool {
	return d.Talk() != nil || d.Customer != nil && d.Joined() && d.mayStart()
}

// mayStart tells whether one more chat may be begun: a few of each customer where others are greedy, else a few in all.
func (d *device) mayStart() bool {
	if d.w.scenario.storms() {
		return d.w.law.People[d.Person.ID].Chats < 2
	}
	return len(d.w.law.Opened) < d.w.scenario.rooms
}

func (d *device) failedText() *law.Text {
	for _, t := range d.Texts {
		if t.Failed != "" && !t.Discarded {
			return t
		}
	}
	return nil
}

// do does an action.
func (d *device) do(a action) {
	w := d.w
	w.tracef("%s %s", d.Name, a)
	w.law.Acts(&d.Client)
	if d.program != nil {
		d.program.do(d, a)
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
		d.owner.Requests++
		d.input(inputStart, "name", "topic")
	case endsChat:
		d.input(inputEnd, d.Talk().ID)
	case takes:
		queue := d.Agent.Queue()
		d.input(inputTake, queue[w.choices.of(len(queue))])
	case releases:
		d.input(inputRelease, d.Talk().ID)
	case transfers:
		for _, p := range w.people {
			if p.Side == chat.Agent && p != d.owner {
				d.input(inputTransfer, d.Talk().ID, string(p.ID))
				break
			}
		}
	case changesStatus:
		d.input(inputStatus, []string{string(chat.StatusOnline), string(chat.StatusAway)}[w.choices.of(2)])
	case reads:
		d.input(inputSeen, d.Talk().ID)
	case types:
		d.input(inputTyping, d.Talk().ID)
	case readsTooFar: // our client never does
		d.socket.Send(fmt.Appendf(nil, `{"action":"read","room":%q,"seq":%d}`, d.Talk().ID, 1_000_000))
	case grades:
		rooms := w.law.Opened
		d.socket.Send(fmt.Appendf(nil, `{"action":"rate","id":"r","room":%q,"score":%d}`, rooms[w.choices.of(len(rooms))], 1+w.choices.of(5)))
	case edits:
		d.edit()
	case claims: // our client never does before it joins; another client might
		d.socket.Send(fmt.Appendf(nil, `{"action":"take","id":"claim","room":%q}`, d.held()))
	case endsMany:
		act := chat.WaitingActs()[1+w.choices.of(2)]
		pattern := []string{"topic", "1"}[w.choices.of(2)]
		d.socket.Send(fmt.Appendf(nil, `{"action":"endWaiting","id":"w","act":%q,"pattern":%q}`, act, pattern))
	case blocks, letsIn:
		d.block(w.blockable(a), a == blocks)
	case retries:
		t := d.failedText()
		t.Failed, t.Room = "", ""
		d.input(inputRetry, t.Key)
	case discards:
		t := d.failedText()
		t.Discarded = true
		d.input(inputDiscard, t.Key)
	case reloads:
		w.count(pageReloaded)
		d.leave()
		d.open()
	case sleeps:
		w.count(asleep)
		d.Asleep = w.now + []int64{20_000, 200_000, 420_000, 900_000}[w.choices.of(4)]
	case hides:
		d.hidden = !d.hidden
		d.input(inputNudge)
	case takesOver:
		d.input(inputTakeOver)
	case lineIsCut:
		w.count(lineCut)
		d.socket.Up, d.socket.Down = false, false
	case lineIsOneWay:
		w.count(lineOneWay)
		d.socket.Up = false
	case lineIsDropped:
		w.count(lineDropped)
		d.socket.Up, d.socket.Down, d.socket.Closed = false, false, true
		d.socket.events.Closed()
	}
	d.noteJoin()
}
