package law

import (
	"reflect"
	"slices"

	"rejoin/internal/chat"
)

// RoomWritten checks a room after a write that may have changed it. It returns the room, and whether it changed.
func (l *Law) RoomWritten(id chat.RoomID) (after chat.Room, changed bool) {
	after = l.room(id)
	before, known := l.Rooms[id]
	if after.ID == "" || known && reflect.DeepEqual(before, after) {
		return after, false
	}
	l.Rooms[id] = after
	l.roomChanges++
	l.waiting = append(l.waiting, l.waiting[len(l.waiting)-1]+waits(after)-waits(before))
	if v := l.world.Applying(); v != nil {
		v.changes++
		if (before.Customer.Seat.Gone == 0) != (after.Customer.Seat.Gone == 0) {
			v.came = append(v.came, id)
		}
	}
	if !known {
		l.Opened = append(l.Opened, id)
		l.opened(after)
		return after, true
	}
	l.checkNumbers(before, after)
	l.checkChange(before, after)
	l.checkLists(before, after)
	for _, side := range []chat.Side{chat.Customer, chat.Agent} {
		l.checkSeat(before, after, side)
	}
	return after, true
}

// waits is 1 for a room that waits and has never been held.
func waits(r chat.Room) int {
	if r.Status == chat.StatusWaiting && len(r.Held) == 0 {
		return 1
	}
	return 0
}

// opened checks a new room.
func (l *Law) opened(r chat.Room) {
	if v := l.world.Applying(); v != nil {
		v.opens = true
	}
	l.world.Count(RoomsOpened)
	l.checkOnlyOpenRoom(r)
	l.checkRequested(r)
	l.checkStarts(r)
	l.checkRoomForMore(r)
	l.checkKept(r)
	if p := l.personRow(r.Customer.Who); p.Seat.At > r.Customer.Seat.At {
		l.Break("OLDER_ACTS", "room %s is opened by an older connection", r.ID)
	} else if p.Blocked {
		l.Break("BARRED", "room %s is opened for %s, who is blocked", r.ID, p.ID)
	}
	for _, other := range l.Opened {
		if o := l.Rooms[other]; o.Customer.Who == r.Customer.Who && o.ID > r.ID {
			l.Break("BACKWARDS", "room %s sorts before the older %s", r.ID, o.ID)
		}
	}
	if r.Rev != 1 || r.Seq != 1 || r.Status != chat.StatusWaiting {
		l.Break("BIRTH", "room %s begins as %s at rev %d, seq %d", r.ID, r.Status, r.Rev, r.Seq)
	}
}

// checkRequested: a room is opened only for a customer whose request is still open, or who has a text that waits for a room.
func (l *Law) checkRequested(r chat.Room) {
	p, unplaced := l.person(r.Customer.Who), 0
	for _, c := range l.world.Clients() {
		switch {
		case c.Person != p:
		case c.Customer != nil:
			unplaced += c.Customer.TextsForNewRoom()
		default:
			unplaced += c.Saved.TextsForNewRoom()
		}
	}
	if p.Requests == 0 && unplaced == 0 && !p.Greedy {
		l.Break("UNWANTED", "room %s is opened for %s, who did not ask for it", r.ID, p.ID)
	}
	p.Requests = 0
}

func (l *Law) checkOnlyOpenRoom(r chat.Room) {
	n := 0
	for _, id := range l.Opened {
		if o := l.Rooms[id]; o.Customer.Who == r.Customer.Who && o.Status != chat.StatusEnded {
			n++
		}
	}
	if n > 1 {
		l.Break("TWO_OPEN", "%s has %d open rooms", r.Customer.Who, n)
	}
}

// checkNumbers checks how numbers grow, and what may change in an ended room.
func (l *Law) checkNumbers(before, after chat.Room) {
	id := after.ID
	if after.Rev != before.Rev+1 {
		l.Break("REV", "room %s goes from rev %d to %d", id, before.Rev, after.Rev)
	}
	if after.Seq != before.Seq && after.Seq != before.Seq+1 {
		l.Break("SEQ", "room %s goes from seq %d to %d", id, before.Seq, after.Seq)
	}
	if before.Ratings != after.Ratings {
		l.checkRating(before, after)
	}
	if same := withChangesAfterEnd(before, after); before.Status == chat.StatusEnded && !reflect.DeepEqual(same, after) {
		l.Break("AFTER_END", "room %s changes after its end", id)
	} else if before.Status != chat.StatusEnded && reflect.DeepEqual(withoutRev(before), withoutRev(after)) { // a rating may be repeated
		l.Break("IDLE_WRITE", "a write changes nothing of room %s", id)
	}
	if after.Status == chat.StatusEnded && after.SweepAt != 0 {
		l.Break("ENDED_DUE", "room %s has ended, but its next check is set", id)
	}
	l.checkSettled(before, after)
	for _, agent := range before.Held {
		if !slices.Contains(after.Held, agent) {
			l.Break("HELD", "room %s forgets that %s held it", id, agent)
		}
	}
	for _, side := range []chat.Side{chat.Customer, chat.Agent} {
		b, a := before.Member(side), after.Member(side)
		if a.Next < b.Next || a.No < b.No || a.Read < b.Read || a.NoSeq < b.NoSeq {
			l.Break("SHRINKS", "room %s: a number of the %s goes back", id, side)
		}
		if a.Read > after.Seq || a.NoSeq > after.Seq {
			l.Break("AHEAD", "room %s: a number of the %s is beyond its seq", id, side)
		}
		if a.No != b.No && (a.Next != a.No+1 || a.NoSeq != after.Seq || after.Seq != before.Seq+1) {
			l.Break("NUMBER", "room %s: the %s's number %d has no place of its own", id, side, a.No)
		}
	}
}

// checkSettled: what counts as settled grows, and each of its places holds a message or a void marker.
func (l *Law) checkSettled(before, after chat.Room) {
	if after.Settled < before.Settled || after.Settled > after.Seq {
		l.Break("SETTLED", "room %s of seq %d goes from %d settled places to %d", after.ID, after.Seq, before.Settled, after.Settled)
	}
	if more := after.Settled - before.Settled; more > int64(len(l.messages(after.Customer.Who, after.ID, before.Settled+1, after.Settled))) {
		l.Break("SETTLED", "room %s counts places up to %d as settled, and one of them is empty", after.ID, after.Settled)
	}
}

// withChangesAfterEnd is the room before, with everything that may change after an end taken from the room after: read
// marks, and what a rating and counting change.
func withChangesAfterEnd(before, after chat.Room) chat.Room {
	before.Rev, before.Customer.Read, before.Agent.Read = after.Rev, after.Customer.Read, after.Agent.Read
	before.Rating, before.Ratings, before.Customer.Seat, before.Counted = after.Rating, after.Ratings, after.Customer.Seat, after.Counted
	return before
}

// withoutRev is a room without the fields that every write may change.
func withoutRev(r chat.Room) chat.Room {
	r.Rev, r.Customer.Seat.Prev, r.Agent.Seat.Prev = 0, "", ""
	return r
}

// checkRating: only an ended room is rated, only by its customer, and only so often, where a repeat does not count. checkSeat
// notices a rating by an older connection.
func (l *Law) checkRating(before, after chat.Room) {
	l.world.Count(Ratings)
	v := l.world.Applying()
	if v != nil && (v.Name != "rate" || v.person().ID != after.Customer.Who) {
		l.Break("RATED", "room %s is rated, but not by its customer", after.ID)
	}
	l.toldOfEnd[ending{after.ID, after.Customer.Who}] = true // a customer who rates a chat knows that it has ended
	if before.Status != chat.StatusEnded {
		l.Break("RATED", "room %s is rated while it is %s", after.ID, before.Status)
	}
	if after.Ratings > chat.MaxRatings {
		l.Break("RATED_OFTEN", "room %s is rated for time %d", after.ID, after.Ratings)
	}
	if after.Rating == before.Rating && after.Customer.Seat.Conn == before.Customer.Seat.Conn {
		l.Break("RATED_OFTEN", "room %s counts a repeated rating", after.ID)
	}
}

// checkChange checks who may hold the room, and notes the system message that must tell of the change.
func (l *Law) checkChange(before, after chat.Room) {
	if after.Customer.Who != before.Customer.Who {
		l.Break("STOLEN", "room %s goes from %s to %s", after.ID, before.Customer.Who, after.Customer.Who)
	}
	if held := after.Agent.Who != ""; after.Status != chat.StatusEnded && held != (after.Status == chat.StatusActive) {
		l.Break("HOLDER", "room %s is %s and held by %q", after.ID, after.Status, after.Agent.Who)
	}
	if l.world.Applying().is(DisconnectName) {
		if after.SweepAt > before.SweepAt {
			l.Break("PUT_OFF", "a $disconnect postpones the next check of room %s", after.ID)
		}
		if before.Status != chat.StatusActive && after.SweepAt != before.SweepAt && !before.Left {
			l.Break("PULLED", "a $disconnect moves the next check of room %s, which is %s", after.ID, before.Status)
		}
	}
	var event chat.Event
	var counter Counter
	switch {
	case after.Status == chat.StatusEnded && before.Status != chat.StatusEnded:
		event, counter = chat.EventEnded, RoomsEnded
		l.checkEnd(before, after)
		l.checkEndedWithMany(before)
	case before.Status == chat.StatusWaiting && after.Status == chat.StatusActive:
		event, counter = chat.EventTaken, Takes
	case before.Status == chat.StatusActive && after.Status == chat.StatusWaiting:
		event, counter = l.backAs(before, after)
		l.checkRelease(before, event)
	case before.Agent.Who != after.Agent.Who:
		event, counter = chat.EventTransferred, Transfers
		if v := l.world.Applying(); v != nil && v.Name != "transfer" {
			l.Break("TWO_HOLDERS", "room %s goes from %s to %s by %s", after.ID, before.Agent.Who, after.Agent.Who, v.Name)
		}
	case after.Warned != before.Warned:
		event, counter = chat.EventIdleWarning, IdleWarnings
		if l.waitsSince[after.ID] != 0 || after.Customer.Seat.Gone != 0 && isUnanswered(after) {
			event, counter = chat.EventUnansweredWarning, UnansweredWarnings
		}
	case before.Kept == 0 && after.Kept != 0:
		event, counter = chat.EventLeft, RoomsKept
	default:
		return
	}
	l.world.Count(counter)
	if after.Seq != before.Seq+1 {
		l.Break("UNTOLD", "room %s is %s without a system message", after.ID, event)
	}
	l.changes = append(l.changes, change{place{after.ID, after.Seq}, event})
}
