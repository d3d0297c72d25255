package law

import (
	"time"

	"rejoin/internal/chat"
)

// RoomRead notes the state of the world when the sweep reads a room.
func (l *Law) RoomRead(r chat.Room) {
	v := l.world.Applying()
	if !v.is(SweepName) {
		return
	}
	if v.swept == nil {
		v.swept = map[chat.RoomID]sight{}
	}
	lastHere := map[chat.PersonID]int64{}
	for _, p := range l.world.People() {
		lastHere[p.ID] = p.LastHere
	}
	v.swept[r.ID] = sight{r.Rev, lastHere, l.People[r.Agent.Who].Seat}
}

// away tells whether the person had been away for as long as a rule says: when the sweep read the room, or now if the room
// has changed since.
func (l *Law) away(before chat.Room, id chat.PersonID, rule time.Duration) bool {
	p := l.person(id)
	if p == nil {
		return true
	}
	here := p.LastHere
	if v := l.world.Applying(); v != nil && v.swept[before.ID].rev == before.Rev {
		here = v.swept[before.ID].lastHere[id]
	}
	return here == 0 || l.world.Now()-here >= rule.Milliseconds()-Slack
}

// longestSilence is how long a live connection may carry nothing, in ms.
const longestSilence = 4 * 60_000

// checkEnd: no rule ends a room whose customer is present, or has just written.
func (l *Law) checkEnd(before, r chat.Room) {
	rules := chat.DefaultRules()
	l.checkKeptEnd(before, r)
	switch r.Reason {
	case chat.Abandoned, chat.CustomerLeft, chat.Expired:
		if !l.away(before, r.Customer.Who, rules.Left) {
			l.Break("THROWN_OUT", "room %s ends as %s though its customer was present", r.ID, r.Reason)
		}
	case chat.Idle:
		if l.waitsSince[r.ID] != 0 {
			l.Break("NOT_IDLE", "room %s ends as idle though its customer waits for an answer", r.ID)
		}
		if l.world.Now()-l.lastText[r.ID] < rules.Idle.Milliseconds()-Slack {
			l.Break("NOT_IDLE", "room %s ends as idle though somebody wrote", r.ID)
		}
	}
}

// checkRelease: the sweep takes no room from an agent who is present, unless the customer has waited for an answer for as
// long as the rule says, or is gone and has been answered as long ago.
func (l *Law) checkRelease(before chat.Room, as chat.Event) {
	now, rules := l.world.Now(), chat.DefaultRules()
	if quiet := max(l.lastText[before.ID], int64(before.TakenAt)); as == chat.EventLeft && now-quiet >= rules.Idle.Milliseconds()-Slack {
		return
	}
	waits := l.waitsSince[before.ID]
	if waits == 0 && isUnanswered(before) { // nobody has written anything
		waits = int64(before.TakenAt)
	}
	if waits != 0 && now-max(waits, int64(before.TakenAt)) >= rules.Idle.Milliseconds()-Slack {
		return
	}
	v := l.world.Applying()
	if !v.is(SweepName) {
		return
	}
	read, seat := v.swept[before.ID].agent, l.People[before.Agent.Who].Seat
	// The sweep could know this: when it read the room, the agent had a newer connection, which was in use.
	if c := l.world.Connection(seat.Conn); read == seat && read.At > before.Agent.Seat.At &&
		c != nil && c.Open && now-c.Active < longestSilence && c.Active < v.Started {
		l.Break("PASSED_OVER", "the sweep takes room %s from %s, who is connected on %s", before.ID, before.Agent.Who, read.Conn)
	}
	if !l.away(before, before.Agent.Who, rules.Away) {
		l.Break("TAKEN_AWAY", "the sweep takes room %s from %s, who is present", before.ID, before.Agent.Who)
	}
}
