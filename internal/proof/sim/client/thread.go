package client

// How long things are waited for, in ms.
const (
	gapAfter       = 250 // a hole may close by itself: frames overtake each other
	undecidedAfter = 2000
	readEvery      = 1000
	typingEvery    = 3000
)

// Thread is one room's messages as one client holds them, its own unsent texts, and what it must ask for.
type Thread struct {
	ID     string
	Room   *RoomObject
	Since  int64 // everything up to here is held, or known to stay empty
	Top    int64 // the newest number heard of
	Mine   bool  // agents: this one holds the room
	Online bool  // the other side

	side    string
	out     outbox
	askAt   int64
	claimed int // the connection on which the server last answered for this room
	held    map[int64]Message
	voids   map[int64]bool
	news    int64 // seq of the newest event; an older room object does not know of it
	onRev   int64
	typed   int64
	mark    int64
	told    int64
	barred  bool // a read mark was refused for good: none is told twice
	readAt  int64
}

func newThread(id, side string) *Thread {
	return &Thread{ID: id, side: side, askAt: never, held: map[int64]Message{}, voids: map[int64]bool{}, onRev: -1}
}

// Message is what is held at a place.
func (t *Thread) Message(seq int64) (Message, bool) {
	m, held := t.held[seq]
	return m, held
}

// IsVoid tells whether the place is known to stay empty.
func (t *Thread) IsVoid(seq int64) bool { return t.voids[seq] }

// Pending are the own texts that are not acknowledged.
func (t *Thread) Pending() []*Own { return t.out.texts }

func (t *Thread) ended() bool { return t.Room != nil && t.Room.Status == statusEnded }

func (t *Thread) peer() string {
	if t.side == sideAgent {
		return sideCustomer
	}
	return sideAgent
}

// merge takes in a room object, alone or with a page. True: it is the newest one known.
func (t *Thread) merge(p *part, now int64) bool {
	room, from := p.Room, t.Since
	for _, m := range p.Messages {
		t.put(m)
	}
	for _, seq := range p.Void {
		t.voids[seq] = true
		delete(t.held, seq)
	}
	t.Top = max(t.Top, room.Seq)
	t.out.no = max(t.out.no, room.No)
	fresh := t.Room == nil || room.Rev >= t.Room.Rev
	if fresh {
		t.Room = room
	}
	if room.Rev >= t.onRev {
		t.onRev, t.Online = room.Rev, room.online(t.peer())
	}
	t.absorb()
	if p.Through == nil && p.Messages == nil {
		t.follow(now)
		return fresh
	}
	if !t.barred {
		t.told = min(t.told, room.Read[t.side]) // a read frame has no answer
	}
	through := int64(0)
	if p.Through != nil {
		through = *p.Through
	}
	switch {
	case t.complete():
		t.askAt = never
	case p.More && t.Since > from && t.Since >= through: // just the next page
		t.askAt = now
	default:
		t.askAt = now + undecidedAfter
	}
	return fresh
}

func (t *Thread) message(m Message, now int64) {
	if t.voids[m.Seq] {
		return
	}
	t.put(m)
	if m.From == fromSystem {
		t.news = max(t.news, m.Seq)
	}
	t.follow(now)
}

// acked returns the text that the ack settles, if any.
func (t *Thread) acked(n *news, now int64) *Own {
	own := t.out.acked(*n.No)
	if own == nil {
		t.Top = max(t.Top, n.Seq) // of a text told as failed: still news
	} else if _, held := t.held[n.Seq]; !held {
		t.put(Message{Seq: n.Seq, From: t.side, Text: own.Text, At: n.At})
	}
	t.follow(now)
	return own
}

// refused returns the text that has failed for good, if one has.
func (t *Thread) refused(e *failure, now int64) *Own {
	own := t.out.refused(e, now)
	if e.Code == "ended" && !t.ended() {
		t.askAt = min(t.askAt, now)
	}
	return own
}

func (t *Thread) presence(n *news) {
	if n.Who == t.peer() && n.Rev >= t.onRev {
		t.onRev, t.Online = n.Rev, n.Online
	}
}

// seen: the user has seen everything that is held. False: had so before.
func (t *Thread) seen() bool {
	before := t.mark
	for seq := range t.held {
		t.mark = max(t.mark, seq)
	}
	return t.mark > before
}

func (t *Thread) mayType(now int64) bool {
	if now < t.typed+typingEvery || t.Room == nil || t.ended() {
		return false
	}
	t.typed = now
	return true
}

// read is the read mark to tell now; 0: none.
func (t *Thread) read(now int64) int64 {
	if t.readDue() > now {
		return 0
	}
	t.readAt, t.told = now+readEvery, t.mark
	return t.mark
}

func (t *Thread) readDue() int64 {
	known := int64(0)
	if t.Room != nil {
		known = t.Room.Read[t.side]
	}
	if t.mark > max(t.told, known) && !t.ended() {
		return t.readAt
	}
	return never
}

func (t *Thread) due(line int) int64 { return min(t.out.due(line), t.readDue()) }

func (t *Thread) put(m Message) {
	if !t.voids[m.Seq] {
		t.held[m.Seq] = m
		t.Top = max(t.Top, m.Seq)
	}
}

func (t *Thread) complete() bool {
	known := int64(0)
	if t.Room != nil {
		known = t.Room.Seq
	}
	return t.Since >= t.Top && known >= t.news
}

func (t *Thread) follow(now int64) {
	t.absorb()
	if t.complete() {
		t.askAt = never
	} else {
		t.askAt = min(t.askAt, now+gapAfter)
	}
}

func (t *Thread) absorb() {
	for {
		if _, held := t.held[t.Since+1]; !held && !t.voids[t.Since+1] {
			return
		}
		t.Since++
	}
}
