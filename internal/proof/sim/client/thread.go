package client

// Times, in ms.
const (
	gapWait       = 250 // how long a gap may stay before a join asks for it, since frames overtake each other
	undecidedWait = 2000
	readEvery     = 1000
	typingEvery   = 3000
)

// Thread is one room as one client knows it: its messages, the client's own unsent texts, and when to ask for what is missing.
type Thread struct {
	ID        string
	Room      *RoomObject
	Since     int64 // every number up to here is either known or void
	NewestSeq int64 // the newest number that any frame named
	Mine      bool  // agents: this one holds the room
	Online    bool  // the other side

	side         string
	out          outbox
	joinAt       int64
	confirmedOn  int // number of the connection on which the server last confirmed this room
	messages     map[int64]Message
	voids        map[int64]bool
	newestEvent  int64 // seq of the newest event; an older room object does not show what it changed
	onlineRev    int64
	toldTypingAt int64
	seenSeq      int64
	toldSeq      int64
	readRefused  bool // the server refused a read mark permanently: no mark is sent twice
	nextReadAt   int64
}

func newThread(id, side string) *Thread {
	return &Thread{ID: id, side: side, joinAt: never, messages: map[int64]Message{}, voids: map[int64]bool{}, onlineRev: -1}
}

// Message is the message with a number, if it is known.
func (t *Thread) Message(seq int64) (Message, bool) {
	m, known := t.messages[seq]
	return m, known
}

// IsVoid tells whether the number is known to have no message.
func (t *Thread) IsVoid(seq int64) bool { return t.voids[seq] }

// Pending lists the client's own texts without an ack.
func (t *Thread) Pending() []*Own { return t.out.texts }

func (t *Thread) ended() bool { return t.Room != nil && t.Room.Status == statusEnded }

func (t *Thread) peer() string {
	if t.side == sideAgent {
		return sideCustomer
	}
	return sideAgent
}

// merge merges a room object with or without a page of messages. Returns whether it is the newest one known.
func (t *Thread) merge(p *roomUpdate, now int64) bool {
	room, from := p.Room, t.Since
	for _, m := range p.Messages {
		t.put(m)
	}
	for _, seq := range p.Void {
		t.voids[seq] = true
		delete(t.messages, seq)
	}
	t.NewestSeq = max(t.NewestSeq, room.Seq)
	t.out.no = max(t.out.no, room.No)
	fresh := t.Room == nil || room.Rev >= t.Room.Rev
	if fresh {
		t.Room = room
	}
	if room.Rev >= t.onlineRev {
		t.onlineRev, t.Online = room.Rev, room.online(t.peer())
	}
	t.advanceSince()
	if p.Through == nil && p.Messages == nil {
		t.updateJoinAt(now)
		return fresh
	}
	if !t.readRefused {
		t.toldSeq = min(t.toldSeq, room.Read[t.side]) // a read frame has no answer
	}
	through := int64(0)
	if p.Through != nil {
		through = *p.Through
	}
	switch {
	case t.complete():
		t.joinAt = never
	case p.More && t.Since > from && t.Since >= through: // just the next page
		t.joinAt = now
	default:
		t.joinAt = now + undecidedWait
	}
	return fresh
}

func (t *Thread) message(m Message, now int64) {
	if t.voids[m.Seq] {
		return
	}
	t.put(m)
	if m.From == fromSystem {
		t.newestEvent = max(t.newestEvent, m.Seq)
	}
	t.updateJoinAt(now)
}

// acked returns the text that the ack acknowledges, if any.
func (t *Thread) acked(n *roomEvent, now int64) *Own {
	own := t.out.acked(*n.No)
	if own == nil {
		t.NewestSeq = max(t.NewestSeq, n.Seq) // its text was shown as failed; the message is still missing
	} else if _, held := t.messages[n.Seq]; !held {
		t.put(Message{Seq: n.Seq, From: t.side, Text: own.Text, At: n.At})
	}
	t.updateJoinAt(now)
	return own
}

// refused returns the text that has failed for good, if one has.
func (t *Thread) refused(e *errorFrame, now int64) *Own {
	own := t.out.refused(e, now)
	if e.Code == "ended" && !t.ended() {
		t.joinAt = min(t.joinAt, now)
	}
	return own
}

func (t *Thread) presence(n *roomEvent) {
	if n.Who == t.peer() && n.Rev >= t.onlineRev {
		t.onlineRev, t.Online = n.Rev, n.Online
	}
}

// seen marks every message as seen. Returns whether any was new.
func (t *Thread) seen() bool {
	before := t.seenSeq
	for seq := range t.messages {
		t.seenSeq = max(t.seenSeq, seq)
	}
	return t.seenSeq > before
}

func (t *Thread) mayTellTyping(now int64) bool {
	if now < t.toldTypingAt+typingEvery || t.Room == nil || t.ended() {
		return false
	}
	t.toldTypingAt = now
	return true
}

// readMark is the read mark that is due.
func (t *Thread) readMark(now int64) int64 {
	t.nextReadAt, t.toldSeq = now+readEvery, t.seenSeq
	return t.seenSeq
}

func (t *Thread) readMarkDue() int64 {
	known := int64(0)
	if t.Room != nil {
		known = t.Room.Read[t.side]
	}
	if t.seenSeq > max(t.toldSeq, known) && !t.ended() {
		return t.nextReadAt
	}
	return never
}

func (t *Thread) put(m Message) {
	if !t.voids[m.Seq] {
		t.messages[m.Seq] = m
		t.NewestSeq = max(t.NewestSeq, m.Seq)
	}
}

func (t *Thread) complete() bool {
	known := int64(0)
	if t.Room != nil {
		known = t.Room.Seq
	}
	return t.Since >= t.NewestSeq && known >= t.newestEvent
}

func (t *Thread) updateJoinAt(now int64) {
	t.advanceSince()
	if t.complete() {
		t.joinAt = never
	} else {
		t.joinAt = min(t.joinAt, now+gapWait)
	}
}

func (t *Thread) advanceSince() {
	for {
		if _, held := t.messages[t.Since+1]; !held && !t.voids[t.Since+1] {
			return
		}
		t.Since++
	}
}
