package law

import (
	"time"

	"rejoin/internal/chat"
)

// serving is whether anybody serves the shop's customers, and the number of the invocation during which that last changed.
type serving struct {
	is    bool
	since int
}

// ServingMayChange notes whether anybody serves, after the shop has opened or closed, or somebody has come or gone.
func (l *Law) ServingMayChange() {
	is := false
	for id, p := range l.People {
		is = is || id.IsAgent() && p.Status == chat.StatusOnline && p.Seat.Conn != ""
	}
	if is = is && l.world.Open(); is != l.serving.is {
		l.serving = serving{is, l.world.Invocations()}
	}
}

// knows tells whether the invocation must have found out rightly whether anybody serves: it has been so since before it began,
// and no index that it read was late.
func (l *Law) knows(v *Invocation) bool {
	return l.limits.Nights && v != nil && !v.Stale && v.ID > l.serving.since
}

// checkKept: a room is kept from its start if nobody serves then, and only then.
func (l *Law) checkKept(r chat.Room) {
	if l.knows(l.world.Applying()) && (r.Kept != 0) == l.serving.is {
		l.Break("KEPT", "room %s is kept: %t, and somebody serves: %t", r.ID, r.Kept != 0, l.serving.is)
	}
}

// isPending tells whether a question that is kept still waits for an answer, or for its customer to read it.
func isPending(r chat.Room) bool {
	unanswered := r.Agent.NoSeq == 0 || r.Customer.NoSeq > r.Agent.NoSeq
	return unanswered || r.Customer.Read < r.Agent.NoSeq
}

// isUnanswered tells whether no agent has written in a room that is kept.
func isUnanswered(r chat.Room) bool { return r.Kept != 0 && r.Agent.NoSeq == 0 }

// isQuestion tells whether the room belongs on the list of questions left.
func isQuestion(r chat.Room) bool {
	return r.Status == chat.StatusWaiting && r.Kept != 0 && isPending(r) && r.Customer.Seat.Gone != 0
}

// checkLists: a room comes onto the list only as a question that is left, and leaves it when it does not wait any longer.
func (l *Law) checkLists(before, after chat.Room) {
	switch {
	case before.Kept != 0 && after.Kept == 0 && after.TakenAt != before.TakenAt && before.Customer.Seat.Online():
		// an agent took it while its customer was here
	case before.Kept != 0 && after.Kept != before.Kept:
		l.Break("UNKEPT", "room %s was kept since %d, and is since %d", after.ID, before.Kept, after.Kept)
	case after.Left && after.Status != chat.StatusWaiting:
		l.Break("MISLISTED", "room %s is %s, and on the list of questions left", after.ID, after.Status)
	case after.Left && !before.Left:
		l.world.Count(QuestionsLeft)
		if !isQuestion(after) {
			l.Break("MISLISTED", "room %s comes onto the list of questions left, and is none", after.ID)
		}
	case before.Left && !after.Left && after.Status == chat.StatusWaiting:
		l.world.Count(QuestionsBack)
	}
}

// checkListed: when a customer's join or $disconnect has been handled, their room is on its list, unless somebody has changed it
// since.
func (l *Law) checkListed(v *Invocation) {
	if by := v.person(); v.Name != DisconnectName && v.Name != "join" || by.Side != chat.Customer {
		return
	}
	for _, id := range v.came {
		if r := l.Rooms[id]; r.Rev == v.lastRead[id].Rev && r.Left != isQuestion(r) {
			l.Break("MISLISTED", "%s leaves room %s on the wrong list: among the questions left: %t", v.Label(), id, r.Left)
		}
	}
}

// Listed checks that each question that is left is on its list, after everybody has left and the sweep has checked each room.
// certain: long enough, so that no other is on it either.
func (l *Law) Listed(certain bool) {
	for _, id := range l.Opened {
		if r := l.Rooms[id]; r.Left && !isQuestion(r) && certain {
			l.Break("MISLISTED", "room %s is on the list of questions left, and is none", id)
		} else if isQuestion(r) && !r.Left && l.world.Now()-int64(r.Customer.Seat.Gone) > 2*l.rules.Recheck.Milliseconds() {
			l.Break("MISLISTED", "room %s is a question that is left, and not on their list", id)
		}
	}
}

// checkKeptEnd: no sweep ends a question that is left before its time, and none that nobody could have answered.
func (l *Law) checkKeptEnd(before, r chat.Room) {
	v := l.world.Applying()
	gone := r.Customer.Seat.Gone != 0 // as the sweep has found
	if !v.is(SweepName) || !gone || !isPending(before) {
		return
	}
	if before.Kept == 0 {
		if r.Reason == chat.Abandoned && l.knows(v) && !l.serving.is {
			l.Break("LOST", "room %s ends as %s while nobody serves", r.ID, r.Reason)
		}
		return
	}
	if r.Reason == chat.Expired {
		l.world.Count(QuestionsExpired)
	}
	last := max(before.Kept, before.Customer.NoAt, before.Agent.NoAt)
	if kept := l.world.Now() - int64(last); kept < l.rules.KeepLeft.Milliseconds()-Slack {
		l.Break("LOST", "room %s ends as %s, %v after its question was left", r.ID, r.Reason, time.Duration(kept)*time.Millisecond)
	}
}

// backAs is the event by which the sweep gives back a room that an agent held: an answered question, or another room.
func (l *Law) backAs(before, after chat.Room) (chat.Event, Counter) {
	if l.world.Applying().is(SweepName) && isQuestion(after) && before.Agent.NoSeq > before.Customer.NoSeq {
		return chat.EventLeft, QuestionsAnswered
	}
	return chat.EventReleased, Releases
}
