package client

import "strconv"

const (
	maxTries = 6 // how often a command is sent while the server answers that it may succeed later
	maxJoins = 3 // how often a join is sent on one connection, before the line reconnects
)

// role is what differs between a customer's session and an agent's.
type role interface {
	// joinFrame is the next join; without a device only its required fields.
	joinFrame(id string, device string) *frame
	// joinAt is when the next join is due, or never.
	joinAt() int64
	onScreen() bool
	// received handles any frame but those about one room. action: of the frame that it answers; latest: it answers the
	// newest join.
	received(kind string, body []byte, action string, latest bool)
	// unknownRoom: a frame came about a room that this client does not know.
	unknownRoom(room string)
	// wantsMessages tells whether this client keeps the room's messages.
	wantsMessages(t *Thread) bool
	// refused is an error about a text.
	refused(e *errorFrame)
	// joinRefused is an error in answer to a join. True: the next join asks for something else, so it need not wait.
	joinRefused(e *errorFrame) bool
	// poll sends what else is due on a joined line.
	poll(isDue func(at int64) bool)
}

// pendingCommand is a command without an answer.
type pendingCommand struct {
	id     string
	frame  frame
	done   func(e *errorFrame) // nil: answered without an error
	repeat repeat
}

// session is what both sides share: the line, joins, commands that are repeated until answered, and the texts of all rooms.
// Each event calls step, which does what is due and sets one timer for the next deadline.
type session struct {
	fx      Effects
	report  Report
	role    role
	side    string
	line    *line
	threads []*Thread
	pending []*pendingCommand
	joining struct {
		id     string
		repeat repeat
	}
	minimalJoin bool // the server has refused the optional fields of the join
	count       int
	isOpen      bool
	stepping    bool
	cancel      func()
}

func (s *session) init(fx Effects, report Report, me role, side string) {
	s.fx, s.report, s.role, s.side = fx, report, me, side
	s.line = newLine(fx, s)
}

// Open connects, and stays connected.
func (s *session) Open() {
	s.isOpen = true
	s.line.open()
	s.step()
}

// TakeOver makes this device the current one again after it was replaced.
func (s *session) TakeOver() { s.Open() }

// Close disconnects.
func (s *session) Close() {
	s.isOpen = false
	s.line.close(Idle)
	s.joining.id = ""
	s.pending = nil
	s.step()
}

// Nudge tells that the page was shown or hidden, or the device came online.
func (s *session) Nudge() {
	s.line.nudge()
	s.step()
}

// Line is the line's state.
func (s *session) Line() LineState { return s.line.state }

// Waits tells whether a sent frame still needs an answer in time.
func (s *session) Waits() bool { return s.line.answerBy < never || s.joining.id != "" }

// Unanswered tells whether a command has had no answer yet.
func (s *session) Unanswered() bool { return len(s.pending) > 0 }

// Joined tells whether a join was answered on the current connection.
func (s *session) Joined() bool { return s.line.joined }

// Rooms lists the rooms that the client knows, in the order in which it learned of them.
func (s *session) Rooms() []*Thread { return s.threads }

func (s *session) thread(id string) *Thread {
	for _, t := range s.threads {
		if t.ID == id {
			return t
		}
	}
	return nil
}

func (s *session) removeThread(id string) {
	for i, t := range s.threads {
		if t.ID == id {
			s.threads = append(s.threads[:i:i], s.threads[i+1:]...)
			return
		}
	}
}

// sendCommand sends a command, and repeats it until it is answered. Equal commands are sent once.
func (s *session) sendCommand(f frame, done func(*errorFrame)) {
	for _, a := range s.pending {
		if a.frame.Action == f.Action && a.frame.Room == f.Room && a.frame.Agent == f.Agent && a.frame.Status == f.Status {
			s.step()
			return
		}
	}
	s.pending = append(s.pending, &pendingCommand{id: s.nextID(f.Action), frame: f, done: done})
	s.step()
}

// cancelCommands cancels commands that a newer state of the room or a newer command has settled.
func (s *session) cancelCommands(which func(f *frame) bool) {
	kept := s.pending[:0:0]
	for _, a := range s.pending {
		if !which(&a.frame) {
			kept = append(kept, a)
		}
	}
	s.pending = kept
}

func (s *session) nextID(action string) string {
	s.count++
	return action + ":" + strconv.Itoa(s.count)
}

func (s *session) typingIn(t *Thread) {
	now := s.fx.Now()
	if s.line.joined && now >= s.line.quietUntil && t != nil && t.mayTellTyping(now) {
		s.line.send(&frame{Action: "typing", Room: t.ID})
	}
}

// step does all that is due, and sets the timer for what comes next.
func (s *session) step() {
	if s.stepping {
		return
	}
	s.stepping = true
	now := s.fx.Now()
	s.line.tick(now)
	due := s.sendDue(now)
	due = min(due, s.line.due())
	s.stepping = false
	if s.cancel != nil {
		s.cancel()
		s.cancel = nil
	}
	if due < never && s.isOpen {
		s.cancel = s.fx.After(max(0, due-s.fx.Now()), s.step)
	}
}

// sendDue sends what is due on the line; returns when something is due again.
func (s *session) sendDue(now int64) int64 {
	l, next := s.line, int64(never)
	isDue := func(at int64) bool { // and may the line send? If not, something is due then
		is := now >= max(at, l.quietUntil)
		if !is {
			next = min(next, at)
		}
		return is
	}
	for l.id() != 0 && isDue(s.joinDue()) {
		switch {
		case s.joining.id != "" && s.joining.repeat.tries >= maxJoins:
			l.reconnect()
		case s.joining.id != "":
			s.join(s.joining.repeat)
		default:
			s.join(repeat{})
		}
	}
	if !l.joined {
		return max(next, l.quietUntil)
	}
	s.role.poll(isDue)
	for _, a := range s.pending {
		for !s.waitsForTexts(&a.frame) && isDue(a.repeat.dueAt) {
			a.repeat.markSent(s.fx)
			f := a.frame
			f.ID = a.id
			l.askServer(&f)
		}
	}
	for _, t := range s.threads {
		for isDue(t.out.due()) {
			own := t.out.next(s.fx)
			l.askServer(&frame{Action: "message", Room: t.ID, No: own.No, Text: own.Text})
		}
		for isDue(t.readMarkDue()) {
			l.send(&frame{Action: "read", Room: t.ID, Seq: t.readMark(now)})
		}
	}
	return max(next, l.quietUntil) // which what was sent last may have moved
}

func (s *session) joinDue() int64 {
	switch {
	case s.joining.id != "":
		return s.joining.repeat.dueAt
	case s.line.joined:
		return s.role.joinAt()
	}
	return never
}

// waitsForTexts: ending a chat or handing it over comes after the texts that were written before.
func (s *session) waitsForTexts(f *frame) bool {
	switch f.Action {
	case actionEnd, actionRelease, actionTransfer:
		t := s.thread(f.Room)
		return t != nil && t.out.head() != nil
	}
	return false
}

// join sends a join. again: of the join that this one repeats.
func (s *session) join(again repeat) {
	s.joining.id, s.joining.repeat = s.nextID(actionJoin), again
	s.joining.repeat.markSent(s.fx)
	device := s.fx.Device()
	if s.minimalJoin {
		device = ""
	}
	s.line.askServer(s.role.joinFrame(s.joining.id, device))
	s.line.expectAnswer(s.fx.Now())
}

func (s *session) lineOpened() {
	for _, r := range s.unanswered() {
		r.dueAt = 0
	}
	s.join(repeat{})
}

func (s *session) unanswered() []*repeat {
	all := []*repeat{&s.joining.repeat}
	for _, a := range s.pending {
		all = append(all, &a.repeat)
	}
	for _, t := range s.threads {
		all = append(all, &t.out.repeat)
	}
	return all
}

func (s *session) onScreen() bool { return s.role.onScreen() }

func (s *session) heartbeat(asJoin bool) {
	if asJoin && s.joining.id == "" {
		s.join(repeat{})
		return
	}
	s.line.send(&frame{Action: "ping"})
	s.line.expectAnswer(s.fx.Now())
}

// Discard removes a failed text.
func (s *session) Discard(key string) {
	for _, t := range s.threads {
		if own := t.out.find(key); own != nil && own.Failed {
			t.out.remove(key)
		}
	}
	s.step()
}
