package client

import "strconv"

const (
	maxTries = 5 // a join or a command that the server cannot take is tried so often
	maxJoins = 3 // a join without an answer, on a line that answers other things, before the line is given up
)

// self is what differs between a customer's session and an agent's.
type self interface {
	// joinFrame is the next join; without a device it says nothing but what it cannot do without.
	joinFrame(id string, device string) *frame
	// joinAt is when a join is wanted.
	joinAt() int64
	onScreen() bool
	// on takes in a room, desk or queue; action: of the frame that it answers; latest: it answers the newest join.
	on(kind string, body []byte, action string, latest bool)
	// unknown is news of a room that is not known here.
	unknown(room string)
	// follows tells whether the room is one whose messages this client is to have.
	follows(t *Thread) bool
	// refused is an error about a text.
	refused(e *failure)
	// also does what else is due on a joined line; answers when next.
	also(now int64) int64
}

// ask is a command that is sent until it is answered.
type ask struct {
	id    string
	frame frame
	done  func(e *failure) // nil: answered without an error
	due   int64
	line  int
	tries int64
}

// session is what both sides share: the line, joins, commands that are repeated until answered, and the texts of every
// room. Each event calls step, which does what is due and sets one timer for the next deadline.
type session struct {
	fx      Effects
	report  Report
	self    self
	side    string
	line    *line
	threads []*Thread
	asks    []*ask
	joining struct {
		id    string
		due   int64
		tries int64
	}
	bare     bool // the server will not have what was said beside what a join needs
	count    int
	watching bool
	stepping bool
	cancel   func()
}

func (s *session) init(fx Effects, report Report, me self, side string) {
	s.fx, s.report, s.self, s.side = fx, report, me, side
	s.line = newLine(fx, s)
}

// Open connects, and keeps connected.
func (s *session) Open() {
	s.watching = true
	s.line.open()
	s.step()
}

// TakeOver makes this device the current one again after it was replaced.
func (s *session) TakeOver() { s.Open() }

// Close leaves.
func (s *session) Close() {
	s.watching = false
	s.line.close(Idle)
	s.joining.id = ""
	s.asks = nil
	s.step()
}

// Nudge tells that the page was shown or hidden, or the device came online.
func (s *session) Nudge() {
	s.line.nudge()
	s.step()
}

// Line is the line's state.
func (s *session) Line() LineState { return s.line.state }

// Waits tells whether something was sent that is to be answered in time, or is sent again, or the line is dead.
func (s *session) Waits() bool { return s.line.answerBy < never || s.joining.id != "" }

// Joined tells whether a join was answered on the current connection.
func (s *session) Joined() bool { return s.line.joined }

// Rooms are the rooms that are known, in the order in which they became so.
func (s *session) Rooms() []*Thread { return s.threads }

func (s *session) thread(id string) *Thread {
	for _, t := range s.threads {
		if t.ID == id {
			return t
		}
	}
	return nil
}

func (s *session) forgetThread(id string) {
	for i, t := range s.threads {
		if t.ID == id {
			s.threads = append(s.threads[:i:i], s.threads[i+1:]...)
			return
		}
	}
}

// ask sends a command until it is answered; the same one twice is one.
func (s *session) ask(f frame, done func(*failure)) {
	for _, a := range s.asks {
		if a.frame.Action == f.Action && a.frame.Room == f.Room && a.frame.Agent == f.Agent && a.frame.Status == f.Status {
			s.step()
			return
		}
	}
	s.asks = append(s.asks, &ask{id: s.nextID(f.Action), frame: f, done: done})
	s.step()
}

// forget takes back commands that the server's state has answered already.
func (s *session) forget(which func(f *frame) bool) {
	kept := s.asks[:0:0]
	for _, a := range s.asks {
		if !which(&a.frame) {
			kept = append(kept, a)
		}
	}
	s.asks = kept
}

func (s *session) nextID(action string) string {
	s.count++
	return action + ":" + strconv.Itoa(s.count)
}

func (s *session) typingIn(t *Thread) {
	if s.line.joined && t != nil && t.mayType(s.fx.Now()) {
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
	due := s.talk(now)
	due = min(due, s.line.due())
	s.stepping = false
	if s.cancel != nil {
		s.cancel()
		s.cancel = nil
	}
	if due < never && s.watching {
		s.cancel = s.fx.After(max(0, due-s.fx.Now()), s.step)
	}
}

// talk sends what is due on the line; answers when there is more.
func (s *session) talk(now int64) int64 {
	l := s.line
	if l.id() == 0 {
		return never
	}
	if s.joining.id != "" && now >= s.joining.due {
		if s.joining.tries >= maxJoins {
			l.lose()
		} else {
			s.join(s.joining.tries + 1)
		}
	}
	if !l.joined {
		if s.joining.id == "" {
			return never
		}
		return s.joining.due
	}
	if s.joining.id == "" && now >= s.self.joinAt() {
		s.join(1)
	}
	due := s.self.also(now)
	if s.joining.id != "" {
		due = min(due, s.joining.due)
	} else {
		due = min(due, s.self.joinAt())
	}
	for _, a := range s.asks {
		if s.held(&a.frame) {
			continue
		}
		if a.line != l.id() || now >= a.due {
			a.line, a.due = l.id(), now+answer
			a.tries++
			f := a.frame
			f.ID = a.id
			l.send(&f)
		}
		due = min(due, a.due)
	}
	for _, t := range s.threads {
		if own := t.out.next(now, l.id()); own != nil {
			l.send(&frame{Action: "message", Room: t.ID, No: own.No, Text: own.Text})
		}
		if seq := t.read(now); seq > 0 {
			l.send(&frame{Action: "read", Room: t.ID, Seq: seq})
		}
		due = min(due, t.due(l.id()))
	}
	return due
}

// held: who ends a chat or hands it over means: after what they wrote.
func (s *session) held(f *frame) bool {
	switch f.Action {
	case actionEnd, actionRelease, actionTransfer:
		t := s.thread(f.Room)
		return t != nil && t.out.head() != nil
	}
	return false
}

func (s *session) join(tries int64) {
	now := s.fx.Now()
	s.joining.id, s.joining.due, s.joining.tries = s.nextID(actionJoin), now+answer, tries
	device := s.fx.Device()
	if s.bare {
		device = ""
	}
	s.line.send(s.self.joinFrame(s.joining.id, device))
	s.line.expect(now)
}

func (s *session) openedLine() { s.join(1) }

func (s *session) onScreen() bool { return s.self.onScreen() }

func (s *session) beat(proof bool) {
	if proof && s.joining.id == "" {
		s.join(1)
		return
	}
	s.line.send(&frame{Action: "ping"})
	s.line.expect(s.fx.Now())
}

// Discard forgets a failed text.
func (s *session) Discard(key string) {
	for _, t := range s.threads {
		if own := t.out.find(key); own != nil && own.Failed {
			t.out.remove(key)
		}
	}
	s.step()
}
