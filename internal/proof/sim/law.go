package sim

import (
	"context"
	"reflect"
	"slices"

	"rejoin/internal/chat"
)

// law watches every write as it is applied, and remembers what was promised.
type law struct {
	rooms   map[chat.RoomID]chat.Room // as last written
	people  map[chat.PersonID]chat.Person
	order   []chat.RoomID
	opened  int
	places  map[at]chat.Message
	texts   map[string]at // where a text is stored
	moves   []move
	spoken  map[chat.RoomID]int64 // when a text was last numbered, ms
	asked   map[chat.RoomID]int64 // when the customer's first text was that no agent's has come after, ms
	shared  map[at]*text          // which text of the same words was acknowledged there
	posted  map[at]bool           // texts that somebody was to be told of
	toldEnd map[end]bool          // people who were to be told of an end
	healed  map[chair]int64       // the rev at which a mark that says that nobody is there was last taken back
	last    map[by]int64          // seq of the newest acknowledged text
	runs    map[run]chat.Millis   // when the last run of a side's texts began
	barred  map[chat.PersonID]int // the newest invocation when somebody was last blocked
	letIn   map[chat.PersonID]int // and when they were last let in again
	cleared int64                 // when the last sweep began that came to its end with nothing left undone, ms
}

// at is a place in a room.
type at struct {
	room chat.RoomID
	seq  int64
}

// end is a room's, as told to a person.
type end struct {
	room chat.RoomID
	who  chat.PersonID
}

// chair is a side's in a room.
type chair struct {
	room chat.RoomID
	side chat.Side
}

// by is a device in a room.
type by struct {
	device *device
	room   string
}

// run is a side's, of a room.
type run struct {
	room chat.RoomID
	side chat.Side
}

// move is a change of a room that its history must tell.
type move struct {
	at    at
	event chat.Event
}

func newLaw() *law {
	return &law{
		rooms: map[chat.RoomID]chat.Room{}, people: map[chat.PersonID]chat.Person{}, places: map[at]chat.Message{}, texts: map[string]at{},
		spoken: map[chat.RoomID]int64{}, asked: map[chat.RoomID]int64{}, last: map[by]int64{}, posted: map[at]bool{}, shared: map[at]*text{}, toldEnd: map[end]bool{}, runs: map[run]chat.Millis{},
		healed: map[chair]int64{}, barred: map[chat.PersonID]int{}, letIn: map[chat.PersonID]int{},
	}
}

// slack is what clocks that differ may make of a time, in ms.
const slack = 1000

// wrote looks at a room after a write that may have changed it.
func (w *World) wrote(id chat.RoomID) {
	after, _ := w.inner.Room(context.Background(), id) // memory never fails
	before, known := w.law.rooms[id]
	if after.ID == "" || known && reflect.DeepEqual(before, after) {
		return
	}
	w.law.rooms[id] = after
	if w.applying != nil {
		w.applying.wrote = true
	}
	w.replica.pending = append(w.replica.pending, update{room: &after})
	if !known {
		w.law.order = append(w.law.order, id)
		w.law.opened++
		w.did(opened)
		w.onlyOpen(after)
		w.wanted(after)
		if p, _ := w.inner.Person(context.Background(), after.Customer.Who); p.Seat.At > after.Customer.Seat.At {
			w.breaks("OLDER_ACTS", "room %s is opened by an older connection", id)
		} else if p.Blocked {
			w.breaks("BARRED", "room %s is opened for %s, who is blocked", id, p.ID)
		}
		for _, other := range w.law.order {
			if o := w.law.rooms[other]; o.Customer.Who == after.Customer.Who && o.ID > id {
				w.breaks("BACKWARDS", "room %s comes before %s", id, o.ID)
			}
		}
		if after.Rev != 1 || after.Seq != 1 || after.Status != chat.StatusWaiting {
			w.breaks("BIRTH", "room %s begins as %s at rev %d, seq %d", id, after.Status, after.Rev, after.Seq)
		}
		return
	}
	w.grows(before, after)
	w.moves(before, after)
	for _, side := range []chat.Side{chat.Customer, chat.Agent} {
		w.seats(before, after, side)
	}
}

// wanted holds that a room is opened for somebody who asked for one, and has not got it yet, or whose text waits for one.
func (w *World) wanted(r chat.Room) {
	p, homeless := w.person(r.Customer.Who), 0
	for _, d := range w.devices {
		switch {
		case d.person != p:
		case d.customer != nil:
			homeless += d.customer.Homeless()
		default:
			homeless += d.saved.Homeless()
		}
	}
	if p.wishes == 0 && homeless == 0 {
		w.breaks("UNWANTED", "room %s is opened for %s, who did not ask for it", r.ID, p.id)
	}
	p.wishes = 0
}

func (w *World) onlyOpen(r chat.Room) {
	n := 0
	for _, id := range w.law.order {
		if o := w.law.rooms[id]; o.Customer.Who == r.Customer.Who && o.Status != chat.StatusEnded {
			n++
		}
	}
	if n > 1 {
		w.breaks("TWO_OPEN", "%s has %d open rooms", r.Customer.Who, n)
	}
}

// grows holds what may only grow, and by how much.
func (w *World) grows(before, after chat.Room) {
	id := after.ID
	if after.Rev != before.Rev+1 {
		w.breaks("REV", "room %s goes from rev %d to %d", id, before.Rev, after.Rev)
	}
	if after.Seq != before.Seq && after.Seq != before.Seq+1 {
		w.breaks("SEQ", "room %s goes from seq %d to %d", id, before.Seq, after.Seq)
	}
	if before.Rating != after.Rating {
		w.grades(before, after)
	}
	if same := marked(before, after); before.Status == chat.StatusEnded && !reflect.DeepEqual(same, after) {
		w.breaks("AFTER_END", "room %s changes after its end", id)
	} else if before.Status != chat.StatusEnded && reflect.DeepEqual(bare(before), bare(after)) { // a rating may be repeated
		w.breaks("IDLE_WRITE", "a write changes nothing of room %s", id)
	}
	if after.Status == chat.StatusEnded && after.SweepAt != 0 {
		w.breaks("ENDED_DUE", "room %s has ended, and is still to be looked at", id)
	}
	for _, agent := range before.Held {
		if !slices.Contains(after.Held, agent) {
			w.breaks("HELD", "room %s forgets that %s held it", id, agent)
		}
	}
	for _, side := range []chat.Side{chat.Customer, chat.Agent} {
		b, a := before.Member(side), after.Member(side)
		if a.Next < b.Next || a.No < b.No || a.Read < b.Read || a.NoSeq < b.NoSeq {
			w.breaks("SHRINKS", "room %s: a number of the %s goes back", id, side)
		}
		if a.Read > after.Seq || a.NoSeq > after.Seq {
			w.breaks("AHEAD", "room %s: a number of the %s is beyond its seq", id, side)
		}
		if a.No != b.No && (a.Next != a.No+1 || a.NoSeq != after.Seq || after.Seq != before.Seq+1) {
			w.breaks("NUMBER", "room %s: the %s's number %d has no place of its own", id, side, a.No)
		}
	}
}

// marked is the room before, with the read marks of the one after, and what a rating and counting change: what may move
// even when it has ended.
func marked(before, after chat.Room) chat.Room {
	before.Rev, before.Customer.Read, before.Agent.Read = after.Rev, after.Customer.Read, after.Agent.Read
	before.Rating, before.Customer.Seat, before.Counted = after.Rating, after.Customer.Seat, after.Counted
	return before
}

// grades holds that an ended room is rated by its customer alone; seats, that no older connection does.
func (w *World) grades(before, after chat.Room) {
	w.did(rated)
	v := w.applying
	if v != nil && (v.name != "rate" || v.line.device.person.id != after.Customer.Who) {
		w.breaks("RATED", "room %s is rated, and not by its customer", after.ID)
	}
	w.law.toldEnd[end{after.ID, after.Customer.Who}] = true // who rates a chat knows that it is over
	if before.Status != chat.StatusEnded {
		w.breaks("RATED", "room %s is rated while it is %s", after.ID, before.Status)
	}
}

// bare is a room without what every write changes.
func bare(r chat.Room) chat.Room {
	r.Rev, r.Customer.Seat.Prev, r.Agent.Seat.Prev = 0, "", ""
	return r
}

// moves holds who may hold the room, and that its history will tell.
func (w *World) moves(before, after chat.Room) {
	if after.Customer.Who != before.Customer.Who {
		w.breaks("STOLEN", "room %s goes from %s to %s", after.ID, before.Customer.Who, after.Customer.Who)
	}
	if holds := after.Agent.Who != ""; after.Status != chat.StatusEnded && holds != (after.Status == chat.StatusActive) {
		w.breaks("HOLDER", "room %s is %s and held by %q", after.ID, after.Status, after.Agent.Who)
	}
	if v := w.applying; v != nil && v.name == disconnectName && after.SweepAt > before.SweepAt {
		w.breaks("PUT_OFF", "a $disconnect puts off the look at room %s", after.ID)
	}
	if v := w.applying; v != nil && v.name == disconnectName && before.Status != chat.StatusActive && after.SweepAt != before.SweepAt {
		w.breaks("PULLED", "a $disconnect moves the look at room %s, which is %s", after.ID, before.Status)
	}
	var event chat.Event
	var deed deed
	switch {
	case after.Status == chat.StatusEnded && before.Status != chat.StatusEnded:
		event, deed = chat.EventEnded, ended
		w.endsRightly(before, after)
	case before.Status == chat.StatusWaiting && after.Status == chat.StatusActive:
		event, deed = chat.EventTaken, taken
	case before.Status == chat.StatusActive && after.Status == chat.StatusWaiting:
		event, deed = chat.EventReleased, released
		w.releasedRightly(before)
	case before.Agent.Who != after.Agent.Who:
		event, deed = chat.EventTransferred, transferred
		if v := w.applying; v != nil && v.name != "transfer" {
			w.breaks("TWO_HOLDERS", "room %s goes from %s to %s by %s", after.ID, before.Agent.Who, after.Agent.Who, v.name)
		}
	case after.Warned != before.Warned:
		event, deed = chat.EventIdleWarning, warned
		if w.law.asked[after.ID] != 0 {
			event, deed = chat.EventUnansweredWarning, toldUnanswered
		}
	default:
		return
	}
	w.did(deed)
	if after.Seq != before.Seq+1 {
		w.breaks("UNTOLD", "room %s is %s without a place for it", after.ID, event)
	}
	w.law.moves = append(w.law.moves, move{at{after.ID, after.Seq}, event})
}

// seats holds that the newest connection wins, whatever comes late.
func (w *World) seats(before, after chat.Room, side chat.Side) {
	b, a := *before.Member(side), *after.Member(side)
	if b.Who == a.Who && a.Who != "" && a.Seat.At < b.Seat.At {
		w.breaks("OLDER_WINS", "room %s: the %s's connection of %d gives way to one of %d", after.ID, side, b.Seat.At, a.Seat.At)
	}
	if a.Seat.Lost && a.Seat.Gone != 0 {
		w.breaks("MARKED_TWICE", "room %s: the %s is gone, and marked as lost as well", after.ID, side)
	}
	if !b.Seat.Online() && a.Seat.Online() {
		w.law.healed[chair{after.ID, side}] = after.Rev
	}
	v := w.applying
	if v == nil {
		return
	}
	if a.Read != b.Read {
		switch {
		case v.name != "read" || v.line.device.person.id != a.Who:
			w.breaks("READ", "the %s's read mark in room %s is moved by %s", side, after.ID, v.label())
		case chat.Stamp(v.line.stamp) < b.Seat.At:
			w.breaks("OLDER_ACTS", "the read mark in room %s is moved by an older connection", after.ID)
		}
	}
	if a.Seat.Conn != b.Seat.Conn && v.line != nil && a.Seat.Conn == v.line.id && a.Who != v.line.device.person.id {
		w.breaks("INTRUDER", "%s takes the seat of %s in room %s", v.label(), a.Who, after.ID)
	}
	youngest := chat.StampOf(chat.Millis(w.now).After(-chat.YoungConnection) + slack)
	if !b.Seat.Lost && a.Seat.Lost && a.Seat.At > youngest {
		w.breaks("YOUNG", "room %s: a 410 marks the %s's connection, which is young", after.ID, side)
	}
	if b.Seat.Gone != 0 && a.Seat.Gone > b.Seat.Gone && a.Who == b.Who && a.Seat.Conn == b.Seat.Conn && v.name != sweepName {
		w.breaks("GONE_MOVES", "room %s: the %s is gone anew", after.ID, side)
	}
	if v.name == disconnectName &&
		b.Seat != a.Seat && b.Seat.Conn != v.line.id && !onlyGone(b.Seat, a.Seat) {
		w.breaks("LATE_CLOSE", "the $disconnect of %s changes the %s's seat on %s in room %s", v.line.id, side, b.Seat.Conn, after.ID)
	}
}

// onlyGone tells a mark that a post's answer sets or clears from what the $disconnect itself does.
func onlyGone(b, a chat.Seat) bool {
	a.Gone, b.Gone, a.Lost, b.Lost = 0, 0, false, false
	return a == b
}

// exactly holds, around a write, that it touches the seat of one connection and no other.
func (w *World) exactly(id chat.RoomID, side chat.Side, conn chat.ConnectionID) func() {
	before, _ := w.inner.Room(context.Background(), id) // memory never fails
	return func() {
		after, _ := w.inner.Room(context.Background(), id)
		if after.Rev != before.Rev && before.Member(side).Seat.Conn != conn {
			w.breaks("WRONG_SEAT", "what is for %s changes the seat of %s in room %s", conn, before.Member(side).Seat.Conn, id)
		}
	}
}

// spoke notes that a text was numbered.
func (w *World) spoke(t chat.Send) {
	w.law.spoken[t.Room] = w.now
	if t.Side == chat.Agent {
		delete(w.law.asked, t.Room)
	} else if w.law.asked[t.Room] == 0 {
		w.law.asked[t.Room] = w.now
	}
	p := w.person(t.Who)
	if r := w.law.rooms[t.Room]; p == nil || r.Member(t.Side).Who != t.Who {
		w.breaks("INTRUDER", "%s writes as the %s of room %s", t.Who, t.Side, t.Room)
	}
	if rules, of := w.rules(), (run{t.Room, t.Side}); (t.No-1)%rules.Burst == 0 {
		if began := w.law.runs[of]; began != 0 && t.Now < began.After(rules.BurstWindow) {
			w.breaks("TOO_FAST", "the %s of room %s has written %d texts in %d ms", t.Side, t.Room, rules.Burst, t.Now-began)
		}
		w.law.runs[of] = t.Now
	}
}

// placed looks at a place after something was put there.
func (w *World) placed(m chat.Message, ok bool) {
	found, _ := w.inner.Messages(context.Background(), m.Customer, m.Room, m.Seq, m.Seq) // memory never fails
	if len(found) == 0 {
		if ok {
			w.breaks("NOT_STORED", "%s is empty after a put", place(m.Room, m.Seq))
		}
		return
	}
	here, is := at{m.Room, m.Seq}, found[0]
	if was, known := w.law.places[here]; known {
		if was != is {
			w.breaks("OVERWRITTEN", "%s held %q and holds %q (void: %t)", place(m.Room, m.Seq), was.Text, is.Text, is.Void)
		}
		return
	}
	w.law.places[here] = is
	if is.Void {
		w.did(voided)
	}
	if is.Text == "" || is.Text == cannedWords {
		return
	}
	r := w.law.rooms[is.Room]
	t := w.texts[is.Text]
	switch {
	case t == nil, is.From == chat.Customer && t.device.person.id != r.Customer.Who,
		is.From == chat.Agent && !slices.Contains(r.Held, t.device.person.id):
		w.breaks("FORGED", "%q at %s is not the %s's", is.Text, place(is.Room, is.Seq), is.From)
		return
	case r.Status == chat.StatusEnded:
		w.breaks("STORED_AFTER_END", "%q at %s after the end", is.Text, place(is.Room, is.Seq))
	case t.failed != "":
		w.breaks("FAILED_STORED", "%q was told as failed (%s) and is stored at %s", is.Text, t.failed, place(is.Room, is.Seq))
	}
	if other, twice := w.law.texts[is.Text]; twice {
		w.breaks("DOUBLED", "%q at %s and at %s", is.Text, place(other.room, other.seq), place(is.Room, is.Seq))
	}
	w.law.texts[is.Text] = here
}
