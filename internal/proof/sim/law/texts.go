package law

import (
	"slices"

	"rejoin/internal/chat"
)

// SameWords is what every agent writes in scenarios that test texts with the same words.
const SameWords = "same"

// Numbered checks a text that has got its number.
func (l *Law) Numbered(t chat.Send) {
	if v := l.world.Applying(); v != nil {
		v.numbered, v.waits = t.No, l.Rooms[t.Room].Status == chat.StatusWaiting
	}
	l.lastText[t.Room] = l.world.Now()
	if t.Side == chat.Agent {
		delete(l.waitsSince, t.Room)
	} else if l.waitsSince[t.Room] == 0 {
		l.waitsSince[t.Room] = l.world.Now()
	}
	p := l.person(t.Who)
	if r := l.Rooms[t.Room]; p == nil || r.Member(t.Side).Who != t.Who {
		l.Break("INTRUDER", "%s writes as the %s of room %s", t.Who, t.Side, t.Room)
	}
	if r := l.room(t.Room); r.Seq > r.Settled+int64(l.rules.Unsettled) {
		l.Break("UNSETTLED", "room %s gets text %d, and its end would read more than %d places", t.Room, r.Seq, l.rules.Unsettled)
	}
	if by := (member{t.Room, t.Side}); (t.No-1)%l.rules.Burst == 0 {
		if began := l.burstAt[by]; began != 0 && t.Now < began.After(l.rules.BurstWindow) {
			l.Break("TOO_FAST", "the %s of room %s has written %d texts in %d ms", t.Side, t.Room, l.rules.Burst, t.Now-began)
		}
		l.burstAt[by] = t.Now
	}
}

// MessagePut checks a place after a put. ok: the store reported that the message is stored.
func (l *Law) MessagePut(m chat.Message, ok bool) {
	here := place{m.Room, m.Seq}
	found := l.messages(m.Customer, m.Room, m.Seq, m.Seq)
	if len(found) == 0 {
		if ok {
			l.Break("NOT_STORED", "%s is empty after a put", here)
		}
		return
	}
	is := found[0]
	if was, known := l.stored[here]; known {
		if was != is {
			l.Break("OVERWRITTEN", "%s held %q and holds %q (void: %t)", here, was.Text, is.Text, is.Void)
		}
		return
	}
	l.stored[here] = is
	if v := l.world.Applying(); v != nil && is.From != chat.System {
		v.stored = is.No
	}
	if is.Void {
		l.world.Count(NumbersVoided)
	}
	if is.Text == "" || is.Text == SameWords {
		return
	}
	r := l.Rooms[is.Room]
	t := l.Texts[is.Text]
	switch {
	case t == nil, is.From == chat.Customer && t.By.Person.ID != r.Customer.Who,
		is.From == chat.Agent && !slices.Contains(r.Held, t.By.Person.ID):
		l.Break("FORGED", "%q at %s is not the %s's", is.Text, here, is.From)
		return
	case r.Status == chat.StatusEnded:
		l.Break("STORED_AFTER_END", "%q at %s after the end", is.Text, here)
	case t.Failed != "":
		l.Break("FAILED_STORED", "%q was reported as failed (%s) and is stored at %s", is.Text, t.Failed, here)
	}
	if other, twice := l.storedAt[is.Text]; twice {
		l.Break("DOUBLED", "%q at %s and at %s", is.Text, other, here)
	}
	l.storedAt[is.Text] = here
}

// Acked checks a text that a client reports as acknowledged: it is stored once, at this place and time (ms), in its
// sender's order.
func (l *Law) Acked(c *Client, key, room string, seq, time int64) {
	t := l.Texts[key]
	if t == nil {
		l.Break("ACK_OF_NOTHING", "%s: %q is acknowledged, but nobody wrote it", c.Name, key)
		return
	}
	l.checkPatience(t)
	here, by := place{chat.RoomID(room), seq}, writer{c, room}
	if t.Words != key {
		l.checkAckOfSameWords(t, here)
		return
	}
	stored, is := l.storedAt[key]
	switch {
	case !is:
		l.Break("ACK_UNSTORED", "%q is acknowledged at %s and stored nowhere", key, here)
	case stored != here:
		l.Break("ACK_ELSEWHERE", "%q is acknowledged at %s and stored at %s", key, here, stored)
	case int64(l.stored[here].At) != time:
		l.Break("ACK_TIME", "%q is acknowledged with another time than the stored one", key)
	case t.Failed != "":
		l.Break("FAILED_ACKED", "%q is acknowledged after it was reported as failed", key)
	case l.lastAcked[by] >= seq:
		l.Break("ORDER", "%q of %s at %d, after a later one at %d", key, c.Name, seq, l.lastAcked[by])
	}
	l.lastAcked[by] = seq
	t.Acked, t.Room, t.Seq = true, room, seq
}

// checkAckOfSameWords checks an acknowledged text whose words others write too: this writer's text is stored at the place,
// and no other text was acknowledged there.
func (l *Law) checkAckOfSameWords(t *Text, here place) {
	stored := l.stored[here]
	if other := l.ackedAt[here]; other != nil && other != t {
		l.Break("ACK_SHARED", "%q and %q are both acknowledged at %s", t.Key, other.Key, here)
	}
	if stored.Text != t.Words || stored.By != t.By.Person.Name {
		l.Break("ACK_ELSEWHERE", "%q is acknowledged at %s, where %q of %s is stored", t.Key, here, stored.Text, stored.By)
	}
	l.ackedAt[here] = t
	t.Acked, t.Room, t.Seq = true, string(here.room), here.seq
}

// TextFailed checks a text that a client reports as failed: it is stored nowhere.
func (l *Law) TextFailed(c *Client, key, code string) {
	t := l.Texts[key]
	if t == nil {
		return
	}
	if where, stored := l.storedAt[key]; stored {
		l.Break("FAILED_STORED", "%q of %s is reported as failed (%s) and stored at %s", key, c.Name, code, where)
	}
	t.Failed = code
}
