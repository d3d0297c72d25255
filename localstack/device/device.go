// Package device is a page of a person: the clients' state machine, on real sockets and real time. A ledger keeps what was written, and what
// each text's sender was told.
package device

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/coder/websocket"

	"rejoin/internal/proof/sim/client"
)

// Options are what a page needs of its surroundings.
type Options struct {
	Name   string // of the device, which survives a reload
	Agent  bool   // an agent's page, not a customer's
	Report client.Report
	Rand   *rand.Rand // used in the device's goroutine only
	// Dial opens a socket with the person's token.
	Dial func(context.Context) (*websocket.Conn, error)
	// Received is called with each frame that arrives, in the device's goroutine; may be nil.
	Received func(frame []byte)
}

// Device is a page of a person. All its events are handled in one goroutine, one after another; what Do and Until call runs there too, and
// all fields belong to it.
type Device struct {
	Name     string           // of the device
	Customer *client.Customer // one of the two
	Agent    *client.Agent

	Abandoned time.Time       // when the page was left without the answer to a command; zero if never
	Caught    []time.Duration // how long each new connection took until nothing was missing
	Dialled   int

	options  Options
	ctx      context.Context // the device's life
	inbox    chan func()
	saved    *client.Saved
	openedAt time.Time // when the newest connection opened; zero once the client has caught up
	awaited  []condition
}

// condition is what Until waits for.
type condition struct {
	holds func() bool
	met   chan time.Time
}

var _ client.Effects = (*Device)(nil)

// New returns a device that handles its events until the context ends. Its page is not open yet.
func New(ctx context.Context, o Options) *Device {
	d := &Device{Name: o.Name, options: o, ctx: ctx, inbox: make(chan func(), 64)}
	go d.run()
	return d
}

func (d *Device) run() {
	for {
		select {
		case do := <-d.inbox:
			do()
			d.noteCatchUp()
			d.checkAwaited()
		case <-d.ctx.Done():
			return
		}
	}
}

// Post runs a function in the device's goroutine, after the events before it.
func (d *Device) Post(do func()) {
	select {
	case d.inbox <- do:
	case <-d.ctx.Done():
	}
}

// Do is Post, but waits until the function has returned.
func (d *Device) Do(do func()) {
	done := make(chan struct{})
	d.Post(func() {
		do()
		close(done)
	})
	select {
	case <-done:
	case <-d.ctx.Done():
	}
}

// Until waits until a condition holds, which is asked after each event of the device. It returns the moment, or false if the context ended
// before.
func (d *Device) Until(ctx context.Context, holds func() bool) (time.Time, bool) {
	c := condition{holds, make(chan time.Time, 1)}
	d.Post(func() { d.awaited = append(d.awaited, c) })
	select {
	case at := <-c.met:
		return at, true
	case <-ctx.Done():
	case <-d.ctx.Done():
	}
	return time.Time{}, false
}

func (d *Device) checkAwaited() {
	waiting := d.awaited[:0]
	for _, c := range d.awaited {
		if c.holds() {
			c.met <- time.Now()
		} else {
			waiting = append(waiting, c)
		}
	}
	d.awaited = waiting
}

// Open loads the page.
func (d *Device) Open() {
	if d.options.Agent {
		d.Agent = client.NewAgent(d, d.options.Report, d.saved)
		d.Agent.Open()
	} else {
		d.Customer = client.NewCustomer(d, d.options.Report, false, d.saved)
		d.Customer.Open()
	}
}

// Leave closes the page, and keeps what it saves.
func (d *Device) Leave() {
	if d.Session().Unanswered() {
		d.Abandoned = time.Now()
	}
	d.openedAt = time.Time{}
	d.Session().Close()
	d.saved = d.Session().Saved()
}

// Reload leaves the page and loads it again.
func (d *Device) Reload() {
	d.Leave()
	d.Open()
}

// noteCatchUp notes how long a new connection took to catch up with what was missed.
func (d *Device) noteCatchUp() {
	if !d.openedAt.IsZero() && d.Session().Joined() && d.Complete() {
		d.Caught = append(d.Caught, time.Since(d.openedAt))
		d.openedAt = time.Time{}
	}
}

// Session is what customers' and agents' sessions have in common.
type Session interface {
	Line() client.LineState
	Joined() bool
	Unanswered() bool
	Rooms() []*client.Thread
	Close()
	Saved() *client.Saved
}

// Session is the open page's.
func (d *Device) Session() Session {
	if d.Agent != nil {
		return d.Agent
	}
	return d.Customer
}

// Talks lists the open rooms in which this device may write.
func (d *Device) Talks() (talks []*client.Thread) {
	for _, t := range d.Session().Rooms() {
		here := d.Agent != nil && t.Mine || d.Customer != nil && t.ID == d.Customer.CurrentRoom()
		if here && t.Room != nil && t.Room.Status != "ended" {
			talks = append(talks, t)
		}
	}
	return talks
}

// Complete tells whether the device has everything that it knows to exist.
func (d *Device) Complete() bool {
	for _, t := range d.Talks() {
		if t.Since < max(t.NewestSeq, t.Room.Seq) {
			return false
		}
	}
	return true
}

// Now implements client.Effects.
func (d *Device) Now() int64 { return time.Now().UnixMilli() }

// Rand implements client.Effects.
func (d *Device) Rand(n int64) int64 { return d.options.Rand.Int64N(n) }

// Device implements client.Effects.
func (d *Device) Device() string { return d.Name }

// Visible implements client.Effects.
func (d *Device) Visible() bool { return true }

// After implements client.Effects.
func (d *Device) After(ms int64, do func()) func() {
	off := false
	timer := time.AfterFunc(time.Duration(ms)*time.Millisecond, func() {
		d.Post(func() {
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
