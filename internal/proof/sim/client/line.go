package client

import "encoding/json"

// LineState is the state of a line.
type LineState int

// The states. Replaced: another device took over, and the line waits for TakeOver. Refused: the server refuses the join.
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
	openTimeout       = 10_000
	notCurrentWait    = 1000
	heartbeatOnScreen = 25_000
	heartbeatHidden   = 4 * 60_000
	heartbeatLate     = 60_000 // later than a throttled page's timers: the device slept
	renewFrom         = 105 * 60_000
	renewWithin       = 10 * 60_000
	joinEvery         = 5 // every fifth heartbeat is a join, because a pong says nothing about the room
	maxReclaims       = 3 // how often a device that was replaced by itself reconnects before it gives way
)

// listener is how a session handles its line's events.
type listener interface {
	lineOpened()
	handleFrame(body []byte, current bool)
	heartbeat(asJoin bool)
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

// line is one person's line to the server: a series of connections, one of which is current. It notices a dead connection,
// reconnects with backoff, and replaces a connection without a break before the gateway closes it.
type line struct {
	fx          Effects
	listener    listener
	state       LineState
	joined      bool // a join was answered on the current connection
	current     *connection
	old         *connection
	next        *connection
	count       int
	tryAt       int64
	tries       int   // connections in a row on which no join was answered
	refusals    int   // how much is turned away: each refusal adds one, each answer takes half
	quietUntil  int64 // until then nothing is sent but heartbeats and the first join
	reclaims    int   // how often this device has replaced itself since the last heartbeat
	answerBy    int64
	heartbeatAt int64
	heartbeats  int
}

func newLine(fx Effects, to listener) *line {
	return &line{fx: fx, listener: to, tryAt: never, answerBy: never}
}

// id is the number of the current connection; 0 if there is none.
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

// nudge: the device is online again, or the page is shown again. The line reconnects now, or checks that it is alive.
func (l *line) nudge() {
	now := l.fx.Now()
	l.quietUntil = 0 // for one frame; its refusal brings the next, longer pause
	switch {
	case l.state == Lost || l.state == Connecting:
		l.tryAt = now
	case l.joined && l.fx.Visible():
		l.heartbeat(now-l.heartbeatAt > heartbeatOnScreen)
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

// askServer sends a frame that the server answers. While frames are turned away, one at a time is sent.
func (l *line) askServer(f *frame) {
	l.send(f)
	if l.refusals > 0 {
		l.turnedAway(l.fx.Now() + answerTimeout)
	}
}

// expectAnswer: a frame was sent. If no answer comes within answerTimeout, the line reconnects.
func (l *line) expectAnswer(now int64) { l.answerBy = min(l.answerBy, now+answerTimeout) }

// answered: a frame was answered. accepted: by the server, and it did not ask to repeat it.
func (l *line) answered(accepted bool) {
	l.answerBy = never
	if !accepted {
		return
	}
	l.quietUntil = 0
	if l.joined { // a client that is turned away on each new connection must not begin anew with each
		l.refusals /= 2
	}
}

// turnedAway: a frame was turned away, and the answer does not say which one; or one has no answer by this time.
func (l *line) turnedAway(now int64) {
	if now >= l.quietUntil {
		l.refusals++
	}
	l.quietUntil = now + backoff(l.fx, l.refusals)
}

// joinAnswered: a join was answered on the current connection. Only now the old one is closed.
func (l *line) joinAnswered() {
	l.drop(&l.old)
	if l.joined {
		return
	}
	l.joined, l.state = true, OpenState
	l.tries, l.heartbeats = 0, 0
	l.heartbeatAt = l.fx.Now()
}

// notCurrent: the server answered not_current, because a newer connection of this person has joined.
func (l *line) notCurrent() {
	wait, pause := int64(notCurrentWait), l.nextPause()
	if l.tries > 1 {
		wait += pause
	}
	l.reconnectIn(wait)
}

func (l *line) reconnect() { l.reconnectIn(l.nextPause()) }

// reconnectIn drops the connections and opens another after a time.
func (l *line) reconnectIn(wait int64) {
	l.drop(&l.current)
	l.drop(&l.old)
	l.joined, l.answerBy = false, never
	l.retryIn(wait)
}

// replaced: a newer connection of this person has joined. sameDevice: it is this device's own older connection, whose join
// came late and looked newer by a clock that was ahead; the line reconnects. After maxReclaims it gives way, because a
// duplicated tab has the same device name.
func (l *line) replaced(current, sameDevice bool) {
	switch {
	case !current:
		l.drop(&l.old)
	case sameDevice && l.reclaims < maxReclaims:
		l.reclaims++
		l.notCurrent()
	default:
		l.close(ReplacedState)
	}
}

func (l *line) due() int64 {
	at := l.tryAt
	if l.next != nil {
		at = l.next.since + openTimeout
	}
	at = min(at, l.answerBy)
	if l.joined {
		at = min(at, l.heartbeatAt+l.heartbeatInterval())
	}
	return at
}

func (l *line) tick(now int64) {
	if now >= l.answerBy {
		l.reconnect()
	}
	if l.next != nil && now >= l.next.since+openTimeout {
		l.openFailed()
	}
	if l.next == nil && now >= l.tryAt {
		l.connect(now)
	}
	if l.joined && now >= l.heartbeatAt+l.heartbeatInterval() {
		l.heartbeats++
		late := now >= l.heartbeatAt+l.heartbeatInterval()+heartbeatLate // the server may have ended this connection, so it joins
		l.heartbeat(late || l.heartbeats%joinEvery == 0 && l.listener.onScreen())
	}
}

func (l *line) heartbeatInterval() int64 {
	if l.listener.onScreen() {
		return heartbeatOnScreen
	}
	return heartbeatHidden
}

func (l *line) heartbeat(asJoin bool) {
	l.reclaims = 0
	l.heartbeatAt = l.fx.Now()
	l.listener.heartbeat(asJoin)
}

func (l *line) nextPause() int64 {
	l.tries++
	return backoff(l.fx, l.tries+l.refusals)
}

func (l *line) retryIn(wait int64) {
	if l.next == nil {
		l.tryAt = l.fx.Now() + wait
	}
	if l.current == nil && (l.state == OpenState || l.tries+l.refusals > 3) {
		l.state = Lost
	}
}

func (l *line) openFailed() {
	l.drop(&l.next)
	l.retryIn(l.nextPause())
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
	l.listener.lineOpened()
	l.listener.step()
}

// Frame implements SocketEvents.
func (c *connection) Frame(body []byte) {
	l := c.line
	if c != l.current && c != l.old {
		return
	}
	l.listener.handleFrame(body, c == l.current)
	l.listener.step()
}

// Closed implements SocketEvents.
func (c *connection) Closed() {
	l := c.line
	switch c {
	case l.next:
		l.openFailed()
	case l.current:
		l.reconnect()
	case l.old:
		l.old = nil
	default:
		return
	}
	l.listener.step()
}
