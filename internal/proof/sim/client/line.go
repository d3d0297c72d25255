package client

import "encoding/json"

// LineState is what a line is.
type LineState int

// The states. Replaced: a newer device took over; it waits for TakeOver. Refused: the server will not have its join.
const (
	Idle LineState = iota
	Connecting
	OpenState
	Lost
	ReplacedState
	RefusedState
)

// Times of a line, in ms.
const (
	answer       = 5000 // a ping, a join or a text that is not answered in this time is lost
	opening      = 10_000
	backoffMin   = 250
	backoffMax   = 30_000
	superseded   = 1000
	beatOnScreen = 25_000
	beatHidden   = 4 * 60_000
	beatLate     = 60_000 // a heartbeat that is later than a throttled page's timers are: the device slept
	renewFrom    = 105 * 60_000
	renewWithin  = 10 * 60_000
	proof        = 5 // every so many-th heartbeat is a join
	maxReclaims  = 3
)

// owner is whose line it is.
type owner interface {
	openedLine()
	frameCame(body []byte, current bool)
	beat(proof bool)
	onScreen() bool
	step()
}

// connection is one socket of a line.
type connection struct {
	line   *line
	id     int
	since  int64
	socket Socket
}

// line is one person's line to the server: kept open, found dead, opened again, and renewed without a break.
type line struct {
	fx       Effects
	owner    owner
	state    LineState
	joined   bool // a join was answered on the current connection
	current  *connection
	old      *connection
	next     *connection
	count    int
	tryAt    int64
	tries    int
	stale    int // not_current without replaced, in a row
	reclaims int // replaced by this very device, since a line of it last lived long enough for a heartbeat
	answerBy int64
	beatAt   int64
	beats    int
}

func newLine(fx Effects, o owner) *line {
	return &line{fx: fx, owner: o, tryAt: never, answerBy: never}
}

// id is the number of the current connection; 0 when there is none.
func (l *line) id() int {
	if l.current == nil {
		return 0
	}
	return l.current.id
}

func (l *line) open() {
	switch l.state {
	case Lost:
		l.nudge()
	case Connecting, OpenState:
	default:
		l.state, l.tries, l.reclaims, l.tryAt = Connecting, 0, 0, l.fx.Now()
	}
}

func (l *line) close(state LineState) {
	l.state, l.joined = state, false
	l.tryAt, l.answerBy = never, never
	l.drop(&l.current)
	l.drop(&l.old)
	l.drop(&l.next)
}

// nudge: the device is online again or the page is shown. No more waiting, and is the line still good?
func (l *line) nudge() {
	now := l.fx.Now()
	switch {
	case l.state == Lost || l.state == Connecting:
		l.tryAt = now
	case l.joined && l.fx.Visible():
		l.heartbeat(now-l.beatAt > beatOnScreen)
	}
}

func (l *line) send(f *frame) {
	if l.current == nil {
		return
	}
	body, err := json.Marshal(f)
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	l.current.socket.Send(body)
}

// expect: what was just sent must be answered in time, or the line is dead.
func (l *line) expect(now int64) { l.answerBy = min(l.answerBy, now+answer) }

func (l *line) heard() { l.answerBy = never }

// welcome: a join was answered on the current connection. The old one goes only now: make before break.
func (l *line) welcome() {
	l.drop(&l.old)
	if l.joined {
		return
	}
	l.joined, l.state = true, OpenState
	l.tries, l.stale, l.beats = 0, 0, 0
	l.beatAt = l.fx.Now()
}

// notCurrent: a newer connection of this person has joined, though nobody said `replaced`.
func (l *line) notCurrent() {
	wait := int64(superseded)
	if l.stale > 0 {
		wait = max(wait, l.backoff())
	}
	l.stale++
	l.loseFor(wait)
}

func (l *line) lose() { l.loseFor(l.backoff()) }

// loseFor gives the connection up and opens another after a time.
func (l *line) loseFor(wait int64) {
	l.drop(&l.current)
	l.drop(&l.old)
	l.joined, l.answerBy = false, never
	l.miss(wait)
}

// replaced: a newer connection of this person has joined. When it is this very device's, it is an older one in truth,
// whose join came late and whose age was told by a clock that was ahead. Two pages that take each other for the same
// device, as a duplicated tab does, give way in the end.
func (l *line) replaced(current, own bool) {
	switch {
	case !current:
		l.drop(&l.old)
	case own && l.reclaims < maxReclaims:
		l.reclaims++
		l.notCurrent()
	default:
		l.close(ReplacedState)
	}
}

func (l *line) due() int64 {
	at := l.tryAt
	if l.next != nil {
		at = l.next.since + opening
	}
	at = min(at, l.answerBy)
	if l.joined {
		at = min(at, l.beatAt+l.rhythm())
	}
	return at
}

func (l *line) tick(now int64) {
	if now >= l.answerBy {
		l.lose()
	}
	if l.next != nil && now >= l.next.since+opening {
		l.failed()
	}
	if l.next == nil && now >= l.tryAt {
		l.connect(now)
	}
	if l.joined && now >= l.beatAt+l.rhythm() {
		l.beats++
		slept := now >= l.beatAt+l.rhythm()+beatLate // the server may take us for gone by now, and a pong mends nothing
		l.heartbeat(slept || l.beats%proof == 0 && l.owner.onScreen())
	}
}

func (l *line) rhythm() int64 {
	if l.owner.onScreen() {
		return beatOnScreen
	}
	return beatHidden
}

func (l *line) heartbeat(proof bool) {
	l.reclaims = 0
	l.beatAt = l.fx.Now()
	l.owner.beat(proof)
}

// backoff is full jitter, so that a fleet that lost its lines together does not come back together.
func (l *line) backoff() int64 {
	most := int64(backoffMax)
	if l.tries < 6 {
		most = 2 * backoffMin << l.tries
	}
	l.tries++
	return max(backoffMin, l.fx.Rand(most))
}

func (l *line) miss(wait int64) {
	if l.next == nil {
		l.tryAt = l.fx.Now() + wait
	}
	if l.current == nil && (l.state == OpenState || l.tries > 3) {
		l.state = Lost
	}
}

func (l *line) failed() {
	l.drop(&l.next)
	l.miss(l.backoff())
}

func (l *line) drop(c **connection) {
	gone := *c
	*c = nil
	if gone != nil && gone.socket != nil {
		gone.socket.Close()
	}
}

func (l *line) connect(now int64) {
	l.count++
	c := &connection{line: l, id: l.count, since: now}
	l.next = c
	c.socket = l.fx.Dial(c)
}

// Opened implements SocketEvents.
func (c *connection) Opened() {
	l := c.line
	if l.next != c {
		return
	}
	l.next = nil
	l.drop(&l.old)
	l.old, l.current = l.current, c
	l.joined, l.answerBy = false, never
	l.tryAt = l.fx.Now() + renewFrom + l.fx.Rand(renewWithin)
	l.owner.openedLine()
	l.owner.step()
}

// Frame implements SocketEvents.
func (c *connection) Frame(body []byte) {
	l := c.line
	if c != l.current && c != l.old {
		return
	}
	l.owner.frameCame(body, c == l.current)
	l.owner.step()
}

// Closed implements SocketEvents.
func (c *connection) Closed() {
	l := c.line
	switch c {
	case l.next:
		l.failed()
	case l.current:
		l.lose()
	case l.old:
		l.old = nil
	default:
		return
	}
	l.owner.step()
}
