package sim

import "rejoin/internal/chat"

// acked holds what an ack promises: the text is stored, once, at this place, in its sender's order.
func (l *law) acked(w *World, d *device, key, room string, seq, time int64) {
	t := w.texts[key]
	if t == nil {
		w.breaks("ACK_OF_NOTHING", "%s: an ack of %q, which nobody wrote", d.name, key)
		return
	}
	here := at{chat.RoomID(room), seq}
	if t.words != key {
		l.ackedSame(w, t, here)
		return
	}
	stored, is := l.texts[key]
	switch {
	case !is:
		w.breaks("ACK_UNSTORED", "%q is acknowledged at %s and stored nowhere", key, place(here.room, seq))
	case stored != here:
		w.breaks("ACK_ELSEWHERE", "%q is acknowledged at %s and stored at %s", key, place(here.room, seq), place(stored.room, stored.seq))
	case int64(l.places[here].At) != time:
		w.breaks("ACK_TIME", "%q is acknowledged with another time than it is stored with", key)
	case t.failed != "":
		w.breaks("FAILED_ACKED", "%q is acknowledged after it was told as failed", key)
	case l.last[by{d, room}] >= seq:
		w.breaks("ORDER", "%q of %s at %d, after a later one at %d", key, d.name, seq, l.last[by{d, room}])
	}
	l.last[by{d, room}] = seq
	t.acked, t.room, t.seq = true, room, seq
}

// ackedSame holds of words that others write as well that this text of theirs is stored, and no other is meant.
func (l *law) ackedSame(w *World, t *text, here at) {
	stored := l.places[here]
	if other := l.shared[here]; other != nil && other != t {
		w.breaks("ACK_SHARED", "%q and %q are both acknowledged at %s", t.key, other.key, place(here.room, here.seq))
	}
	if stored.Text != t.words || stored.By != t.device.person.name {
		w.breaks("ACK_ELSEWHERE", "%q is acknowledged at %s, where %q of %s is stored", t.key, place(here.room, here.seq), stored.Text, stored.By)
	}
	l.shared[here] = t
	t.acked, t.room, t.seq = true, string(here.room), here.seq
}

// failed holds that what is told as failed is not stored.
func (l *law) failed(w *World, d *device, key, code string) {
	t := w.texts[key]
	if t == nil {
		return
	}
	if where, stored := l.texts[key]; stored {
		w.breaks("FAILED_STORED", "%q of %s is told as failed (%s) and stored at %s", key, d.name, code, place(where.room, where.seq))
	}
	t.failed = code
}

// told looks at what is pushed to whom.
func (w *World) told(l *line, p chat.Push) {
	if _, answers := p.(chat.Refused); answers {
		return // a frame of theirs, also one that comes too late
	}
	if l.until != 0 && max(l.until, l.since) < w.law.cleared-slack {
		w.breaks("OUTLIVED", "%s is told %T on %s, whose token had run out when the sweep last looked", l.device.name, p, l.id)
	}
	var room chat.RoomID
	switch p := p.(type) {
	case chat.Replaced:
		if l == l.device.line {
			l.device.by = p.By
		}
		return
	case chat.MessagePush:
		room = p.Message.Room
	case chat.RoomPush:
		room = p.View.Room.ID
	case chat.PresencePush:
		room = p.Room
	case chat.TypingPush:
		room = p.Room
	case chat.ReadPush:
		room = p.Room
	case chat.QueueAdd, chat.QueueRemove:
		if l.device.person.side != chat.Agent {
			w.breaks("LEAK", "%s is told of the queue", l.device.name)
		}
		return
	default:
		return
	}
	r, who := w.law.rooms[room], l.device.person.id
	if r.Customer.Who != who && !r.WasHeldBy(who) {
		w.breaks("LEAK", "%s is told of room %s: %T", l.device.name, room, p)
	}
}

func (l *law) allEnded() bool {
	for _, r := range l.rooms {
		if r.Status != chat.StatusEnded {
			return false
		}
	}
	return true
}

// leftovers looks at what stays behind when everybody has left.
func (l *law) leftovers(w *World) {
	for _, id := range l.order {
		r := l.rooms[id]
		if r.Status != chat.StatusEnded {
			w.breaks("STAYS_OPEN", "room %s is %s after %d min alone", id, r.Status, leaveFor/60_000)
			return
		}
		for seq := int64(1); seq <= r.Seq; seq++ {
			if _, decided := l.places[at{id, seq}]; !decided {
				w.breaks("UNDECIDED", "%s is undecided after the end", place(id, seq))
			}
		}
		if l.places[at{id, 1}].Event != chat.EventOpened || l.places[at{id, r.Seq}].Event != chat.EventEnded {
			w.breaks("FRAMED", "the history of room %s does not go from its opening to its end", id)
		}
	}
	for _, m := range l.moves {
		if got := l.places[m.at].Event; got != m.event {
			w.breaks("UNTOLD", "%s should tell %q and tells %q", place(m.at.room, m.at.seq), m.event, got)
		}
	}
	if waiting := w.replica.where(func(r chat.Room) bool { return r.Status != chat.StatusEnded }); len(waiting) > 0 {
		w.breaks("INDEXED", "%v are still in an index", waiting)
	}
}
