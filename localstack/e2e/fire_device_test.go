package e2e_test

import (
	"context"
	"math/rand/v2"
	"net/url"
	"sync"
	"time"

	"github.com/coder/websocket"

	machine "rejoin/internal/proof/sim/client"
)

// device is a page of a person: the clients' state machine, on real sockets and real time. All its events are handled in
// one goroutine, one after another.
type device struct {
	ctx      context.Context // the device's life
	name     string
	network  *network
	token    func() string
	report   machine.Report
	rng      *rand.Rand
	inbox    chan func()
	saved    *machine.Saved
	customer *machine.Customer // one of the two
	agent    *machine.Agent

	abandoned time.Time // when the page was left without the answer to a command; zero if never
	openedAt  time.Time // when the newest connection opened; zero once the client has caught up
	caught    []time.Duration
	dialled   int
}

var (
	_ machine.Effects = (*device)(nil)
	_ machine.Socket  = (*socket)(nil)
)

func (d *device) run() {
	for {
		select {
		case do := <-d.inbox:
			do()
			d.noteCatchUp()
		case <-d.ctx.Done():
			return
		}
	}
}

// post runs a function in the device's goroutine.
func (d *device) post(do func()) {
	select {
	case d.inbox <- do:
	case <-d.ctx.Done():
	}
}

// ask is post, but waits until the function has returned.
func (d *device) ask(do func()) {
	done := make(chan struct{})
	d.post(func() {
		do()
		close(done)
	})
	select {
	case <-done:
	case <-d.ctx.Done():
	}
}

// open loads the page.
func (d *device) open(agent bool) {
	if agent {
		d.agent = machine.NewAgent(d, d.report, d.saved)
		d.agent.Open()
	} else {
		d.customer = machine.NewCustomer(d, d.report, false, d.saved)
		d.customer.Open()
	}
}

// leave closes the page, and keeps what it saves.
func (d *device) leave() {
	if d.session().Unanswered() {
		d.abandoned = time.Now()
	}
	d.openedAt = time.Time{}
	d.session().Close()
	d.saved = d.session().Saved()
}

func (d *device) reload() {
	d.leave()
	d.open(d.agent != nil)
}

// noteCatchUp notes how long a new connection took to catch up with what was missed.
func (d *device) noteCatchUp() {
	if !d.openedAt.IsZero() && d.session().Joined() && d.complete() {
		d.caught = append(d.caught, time.Since(d.openedAt))
		d.openedAt = time.Time{}
	}
}

// session is what customers' and agents' sessions have in common.
type session interface {
	Line() machine.LineState
	Joined() bool
	Unanswered() bool
	Rooms() []*machine.Thread
	Close()
	Saved() *machine.Saved
}

func (d *device) session() session {
	if d.agent != nil {
		return d.agent
	}
	return d.customer
}

// talks lists the open rooms in which this device may write.
func (d *device) talks() (talks []*machine.Thread) {
	for _, t := range d.session().Rooms() {
		here := d.agent != nil && t.Mine || d.customer != nil && t.ID == d.customer.CurrentRoom()
		if here && t.Room != nil && t.Room.Status != "ended" {
			talks = append(talks, t)
		}
	}
	return talks
}

// complete tells whether the device has everything that it knows to exist.
func (d *device) complete() bool {
	for _, t := range d.talks() {
		if t.Since < max(t.NewestSeq, t.Room.Seq) {
			return false
		}
	}
	return true
}

// Now implements machine.Effects.
func (d *device) Now() int64 { return time.Now().UnixMilli() }

// Rand implements machine.Effects.
func (d *device) Rand(n int64) int64 { return d.rng.Int64N(n) }

// Device implements machine.Effects.
func (d *device) Device() string { return d.name }

// Visible implements machine.Effects.
func (d *device) Visible() bool { return true }

// After implements machine.Effects.
func (d *device) After(ms int64, do func()) func() {
	off := false
	timer := time.AfterFunc(time.Duration(ms)*time.Millisecond, func() {
		d.post(func() {
			if !off {
				do()
			}
		})
	})
	return func() {
		off = true
		timer.Stop()
	}
}

// socket is one connection, like a browser's WebSocket: sent frames are queued, and closing does not wait.
type socket struct {
	device *device
	events machine.SocketEvents
	cancel context.CancelFunc
	mu     sync.Mutex
	queue  [][]byte
	more   chan struct{}
}

// Dial implements machine.Effects.
func (d *device) Dial(e machine.SocketEvents) machine.Socket {
	d.dialled++
	ctx, cancel := context.WithCancel(d.ctx)
	s := &socket{device: d, events: e, cancel: cancel, more: make(chan struct{}, 1)}
	go s.live(ctx, d.network.ws+"?token="+url.QueryEscape(d.token()))
	return s
}

func (s *socket) live(ctx context.Context, at string) {
	defer s.cancel()
	conn, _, err := websocket.Dial(ctx, at, nil)
	if err != nil {
		s.device.post(s.events.Closed)
		return
	}
	defer func() { _ = conn.CloseNow() }()
	conn.SetReadLimit(1 << 20)
	s.device.post(func() {
		s.device.openedAt = time.Now()
		s.events.Opened()
	})
	go s.write(ctx, conn)
	for {
		_, body, err := conn.Read(ctx)
		if err != nil {
			s.device.post(s.events.Closed)
			return
		}
		s.device.post(func() { s.events.Frame(body) })
	}
}

func (s *socket) write(ctx context.Context, conn *websocket.Conn) {
	for {
		select {
		case <-s.more:
		case <-ctx.Done():
			return
		}
		s.mu.Lock()
		queue := s.queue
		s.queue = nil
		s.mu.Unlock()
		for _, body := range queue {
			if conn.Write(ctx, websocket.MessageText, body) != nil {
				return
			}
		}
	}
}

// Send implements machine.Socket.
func (s *socket) Send(body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue = append(s.queue, body)
	select {
	case s.more <- struct{}{}:
	default:
	}
}

// Close implements machine.Socket. It sends no close frame, which the server must tolerate.
func (s *socket) Close() { s.cancel() }
