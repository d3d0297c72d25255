package sim

import (
	"fmt"

	"rejoin/internal/chat"
	"rejoin/internal/proof/sim/client"
)

// person is a customer or an agent, with one or more devices.
type person struct {
	id     chat.PersonID
	side   chat.Side
	name   string
	admin  bool
	tokens []token // each until it runs out; who has no more was removed
	wishes int     // chats that they asked for, and that are still to be opened
	newest int64   // stamp of the newest connection on which a join was answered
	here   int64   // when one of their devices was last there, ms
}

// token lets its person in until it runs out; 0 = never.
type token struct {
	words string
	until int64
}

// visits tells whether they are a visitor, whom the shop does not know.
func (p *person) visits(c *Crowd) bool { return p.tokens[0].words == c.customers[0] }

// token is the one that they have now, or had last.
func (p *person) token(now int64) token {
	for _, t := range p.tokens {
		if t.until == 0 || t.until >= now {
			return t
		}
	}
	return p.tokens[len(p.tokens)-1]
}

// removed tells whether nothing lets them in any more.
func (p *person) removed(now int64) bool {
	last := p.tokens[len(p.tokens)-1]
	return last.until != 0 && last.until < now
}

// device is a page of a person: the deployed client's state machine, and what the world does to it.
type device struct {
	w        *World
	person   *person
	name     string
	customer *client.Customer
	agent    *client.Agent
	saved    *client.Saved
	on       bool // the page is open
	hidden   bool
	asleep   int64 // until when
	skew     int64
	line     *line  // the newest that it knows to be open
	by       string // the device that it was last told to be replaced by
	timers   []*timer
	texts    []*text
	raw      *intruder
	tape     *tape
}

// timer is something that a device does later, by its own clock.
type timer struct {
	at   int64
	do   func()
	dead bool
}

// text is what somebody wrote.
type text struct {
	key    string
	words  string // the key, in most worlds
	device *device
	acked  bool
	failed string // the code
	gone   bool   // the user dropped it after it failed
	room   string
	seq    int64
}

// populate puts people and their devices into the world.
func (w *World) populate() {
	add := func(side chat.Side, i, devices int, letter string, tokens ...string) {
		p := &person{side: side}
		for _, words := range tokens {
			identity := w.crowd.known[words]
			p.id, p.name, p.admin = chat.PersonID(identity.Who), identity.Name, identity.Admin
			t := token{words: words}
			if side == chat.Agent {
				t.until = identity.Until.UnixMilli()
			}
			p.tokens = append(p.tokens, t)
		}
		w.people = append(w.people, p)
		for k := range devices {
			w.devices = append(w.devices, &device{w: w, person: p, name: fmt.Sprintf("%s%d%c", letter, i+1, 'a'+k)})
		}
	}
	for i := range w.shape.customers {
		add(chat.Customer, i, w.shape.devices, "C", w.crowd.customers[i])
	}
	for i := range w.shape.agents {
		tokens := []string{w.crowd.brief[i], w.crowd.agents[i]}
		switch {
		case w.shape.blocking && i == w.shape.agents-1:
			tokens = w.crowd.admins[i : i+1]
		case !w.shape.lapsing:
			tokens = tokens[1:]
		case i > 0: // removed
			tokens = tokens[:1]
		}
		add(chat.Agent, i, w.shape.desks, "A", tokens...)
	}
	if w.shape.intruders {
		add(chat.Customer, most-1, 1, "X", w.crowd.customers[most-1])
		add(chat.Agent, most-1, 1, "Y", w.crowd.agents[most-1])
		for _, d := range w.devices[len(w.devices)-2:] {
			d.raw = &intruder{}
		}
	}
}

// Now implements client.Effects.
func (d *device) Now() int64 { return d.w.now + d.skew }

// Rand implements client.Effects.
func (d *device) Rand(n int64) int64 { return int64(mix(&d.w.noise) % uint64(n)) }

// Visible implements client.Effects.
func (d *device) Visible() bool { return !d.hidden }

// Device implements client.Effects.
func (d *device) Device() string { return d.name }

// After implements client.Effects.
func (d *device) After(ms int64, do func()) func() {
	t := &timer{at: d.w.now + ms, do: do}
	d.timers = append(d.timers, t)
	return func() { t.dead = true }
}

// Dial implements client.Effects.
func (d *device) Dial(e client.SocketEvents) client.Socket {
	return d.w.dial(d, d.person.token(d.w.now).words, e)
}

// due is the device's first timer that has run out, or the first to come.
func (d *device) due() *timer {
	var first *timer
	kept := d.timers[:0]
	for _, t := range d.timers {
		if t.dead {
			continue
		}
		kept = append(kept, t)
		if first == nil || t.at < first.at {
			first = t
		}
	}
	d.timers = kept
	return first
}

// fire runs a timer.
func (d *device) fire(t *timer) {
	t.dead = true
	t.do()
	d.w.listen(d)
}

// Acked implements client.Report.
func (d *device) Acked(key, room string, no int, seq, at int64) {
	d.w.did(acknowledged)
	d.w.tracef("%s: %q is acknowledged at %s#%d (no %d)", d.name, key, room, seq, no)
	d.w.law.acked(d.w, d, key, room, seq, at)
}

// Failed implements client.Report.
func (d *device) Failed(key, room, code string) {
	d.w.did(toldFailed)
	d.w.tracef("%s: %q has failed in %s: %s", d.name, key, room, code)
	d.w.law.failed(d.w, d, key, code)
}

// listen looks at what a device's client has come to know.
func (w *World) listen(d *device) {
	if d.raw != nil || !d.on {
		return
	}
	if l := d.line; l != nil && !l.joined && !l.closed && d.joined() {
		l.joined = true
		d.person.newest = max(d.person.newest, l.stamp)
	}
}

func (d *device) joined() bool {
	if d.customer != nil {
		return d.customer.Joined()
	}
	return d.agent != nil && d.agent.Joined()
}

// waits tells whether the client awaits an answer, without which it gives the line up.
func (d *device) waits() bool {
	if d.customer != nil {
		return d.customer.Waits()
	}
	return d.agent != nil && d.agent.Waits()
}

func (d *device) state() client.LineState {
	if d.customer != nil {
		return d.customer.Line()
	}
	return d.agent.Line()
}

func (d *device) rooms() []*client.Thread {
	switch {
	case !d.on || d.raw != nil:
		return nil
	case d.customer != nil:
		return d.customer.Rooms()
	}
	return d.agent.Rooms()
}

// there tells whether a person would say that they are connected.
func (d *device) there() bool {
	return d.on && d.raw == nil && d.asleep <= d.w.now && d.line.live() && d.line.joined && d.joined()
}
