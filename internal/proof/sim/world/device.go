package world

import (
	"fmt"

	"rejoin/internal/chat"
	"rejoin/internal/proof/sim/client"
	"rejoin/internal/proof/sim/law"
)

// person is a customer or an agent with the tokens that they get, one after the other. An agent without further tokens was
// removed.
type person struct {
	law.Person
	tokens []token
}

// token lets its person in until it expires, ms; 0: never.
type token struct {
	words string
	until int64
}

// token is the first one that has not expired, or else the last.
func (p *person) token(now int64) string {
	for _, t := range p.tokens {
		if t.until == 0 || t.until >= now {
			return t.words
		}
	}
	return p.tokens[len(p.tokens)-1].words
}

// isVisitor tells whether they are a visitor: not logged in at the shop.
func (p *person) isVisitor(f *Fixture) bool { return p.tokens[0].words == f.customers[0] }

// device is a page of a person: the client's state machine, and its environment.
type device struct {
	law.Client
	w        *World
	owner    *person
	hidden   bool
	address  string
	skew     int64       // how much its clock differs, ms
	socket   *connection // the newest one that the client knows to be open, or nil
	timers   []*timer
	program  program   // nil: it runs our client
	recorder *recorder // nil: it is not recorded
}

// program is what a device runs instead of our client.
type program interface {
	can(d *device, a action) bool
	do(d *device, a action)
	leave()
}

// timer is something that a device does later.
type timer struct {
	at   int64
	do   func()
	dead bool
}

// populate puts people and their devices into the world.
func (w *World) populate() {
	s, f := &w.scenario, w.fixture
	for i := range s.customers {
		w.addPerson(chat.Customer, i, s.devices, 'C', f.customers[i])
	}
	for i := range s.agents {
		tokens := []string{f.brief[i], f.agents[i]}
		switch {
		case s.blocking && i == s.agents-1:
			tokens = f.admins[i : i+1]
		case !s.expiring:
			tokens = tokens[1:]
		case i > 0: // removed
			tokens = tokens[:1]
		}
		w.addPerson(chat.Agent, i, s.desks, 'A', tokens...)
	}
	if s.intruders {
		w.addPerson(chat.Customer, maxOfKind-1, 1, 'X', f.customers[maxOfKind-1])
		w.addPerson(chat.Agent, maxOfKind-1, 1, 'Y', f.agents[maxOfKind-1])
		for _, d := range w.devices[len(w.devices)-2:] {
			d.program, d.Program, d.Intruder = &intruder{}, true, true
		}
	}
	for i := range s.greedy {
		w.addPerson(chat.Customer, i, 1, 'G', f.greedy[i])
		d := w.devices[len(w.devices)-1]
		d.program, d.Program, d.Person.Greedy = &greedy{habit: habits()[i%3]}, true, true
		if s.oneAddress {
			d.address = "198.51.100.1"
		}
	}
	for _, p := range w.people {
		w.watched.persons = append(w.watched.persons, &p.Person)
	}
	for _, d := range w.devices {
		w.watched.clients = append(w.watched.clients, &d.Client)
	}
}

// addPerson adds a person and their devices, whose names begin with the letter.
func (w *World) addPerson(side chat.Side, i, devices int, letter rune, tokens ...string) {
	p := &person{Person: law.Person{Side: side}}
	for _, words := range tokens {
		identity := w.fixture.known[words]
		p.ID, p.Name, p.Admin = chat.PersonID(identity.Who), identity.Name, identity.Admin
		if side == chat.Agent {
			p.Expires = identity.Until.UnixMilli()
		}
		p.tokens = append(p.tokens, token{words, p.Expires})
	}
	w.people = append(w.people, p)
	for k := range devices {
		d := &device{w: w, owner: p, address: fmt.Sprintf("192.0.2.%d", len(w.devices)+1)}
		d.Name, d.Person = fmt.Sprintf("%c%d%c", letter, i+1, 'a'+k), &p.Person
		w.devices = append(w.devices, d)
	}
}

// Now implements client.Effects.
func (d *device) Now() int64 { return d.w.now + d.skew }

// Rand implements client.Effects.
func (d *device) Rand(n int64) int64 { return int64(mix(&d.w.noise) % uint64(n)) }

// Visible implements client.Effects.
func (d *device) Visible() bool { return !d.hidden }

// Device implements client.Effects.
func (d *device) Device() string { return d.Name }

// After implements client.Effects.
func (d *device) After(ms int64, do func()) func() {
	t := &timer{at: d.w.now + ms, do: do}
	d.timers = append(d.timers, t)
	return func() { t.dead = true }
}

// Dial implements client.Effects.
func (d *device) Dial(e client.SocketEvents) client.Socket {
	return d.w.dial(d, d.owner.token(d.w.now), e)
}

// due is the device's earliest timer, or nil.
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
	d.noteJoin()
}

// Acked implements client.Report.
func (d *device) Acked(key, room string, no int, seq, at int64) {
	d.w.did(law.TextsAcknowledged)
	d.w.tracef("%s: %q is acknowledged at %s#%d (no %d)", d.Name, key, room, seq, no)
	d.w.law.Acked(&d.Client, key, room, seq, at)
}

// Failed implements client.Report.
func (d *device) Failed(key, room, code string) {
	d.w.did(law.TextsFailed)
	d.w.tracef("%s: %q has failed in %s: %s", d.Name, key, room, code)
	d.w.law.TextFailed(&d.Client, key, code)
}

// noteJoin notes whether a join was answered on the newest connection.
func (d *device) noteJoin() {
	if d.program != nil || !d.On {
		return
	}
	if c := d.socket; c != nil && !c.Joined && !c.Closed && d.Joined() {
		c.Joined = true
		d.owner.Newest = max(d.owner.Newest, c.Stamp)
	}
}

// connected tells whether its page shows that it is connected, and rightly so.
func (d *device) connected() bool { return d.Connected(d.w.now) }
