package world

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"rejoin/internal/auth"
	"rejoin/internal/chat"
	"rejoin/internal/proof/sim/client"
	"rejoin/internal/proof/sim/law"
)

// Flood is a time in which one script connects again and again from one address, each time as somebody new who starts a chat, while a
// shop's chats go on. The clock is simulated. The shop has the quotas of a new account and the limits of the template.
type Flood struct {
	PerSecond   int // the script's connections; 0: there is none
	Seconds     int
	FromOne     int // how many one address may make in a minute: ConnectsFromOne
	ConnectRate int // new connections of the stage in a second, and in a burst
}

// UsualFlood is a minute of 200 connections a second, on a stage with the template's defaults.
func UsualFlood() Flood { return Flood{PerSecond: 200, Seconds: 60, FromOne: 300, ConnectRate: 400} }

// Felt is what came of a Flood. Times are those of what began in the minute from its beginning.
type Felt struct {
	Took    [Steps][]time.Duration // sorted, of the shop's people
	Refused map[string]int         // what the shop's people were refused, in the whole run, by what
	Script  map[string]int         // what became of the script's connections
	Broken  []law.Violation
}

// Step is something that people wait for.
type Step int

// The steps of a chat.
const (
	Join     Step = iota // from opening the page until the first join is answered
	Take                 // from an agent's take until the room is theirs
	Ack                  // from writing a text to its ack
	Delivery             // from writing a text until the other side shows it
	Steps                // how many there are
)

func (s Step) String() string { return [Steps]string{"join", "take", "ack", "delivery"}[s] }

// Percentile is the time within which so many of a hundred were.
func (f *Felt) Percentile(s Step, percent int) time.Duration {
	if len(f.Took[s]) == 0 {
		return 0
	}
	return f.Took[s][max(0, (len(f.Took[s])*percent+99)/100-1)]
}

// When things happen, in ms from the start.
const (
	floodFrom, floodTo = 30_000, 90_000
	floodRest          = 90_000 // from the end of the flood to the end of the run
	shopChats          = 140
	shopEvery          = 1000 // from one chat to the next
	shopAgents         = 10
	shopTexts          = 8 // of each side
)

// Flood runs the shop's chats, with a flood or without.
func (f *Fixture) Flood(of Flood) Felt {
	known := *f
	known.known = maps.Clone(f.known)
	w := newWorld(1, scenario{
		name: "a flood",
		can: capacities{
			connects: rate{of.ConnectRate, of.ConnectRate}, frames: rate{10_000, 5000}, route: rate{1000, 1000}, runs: 1000,
			posts: rate{10_000, 5000}, units: rate{1000, 1000},
		},
		deployed: law.Limits{Connects: of.FromOne, AtOnce: 50, InSecond: 10, Patience: 120_000},
	}, choicesOf(1), &known, &Counts{})
	w.times = usualTimes()
	defer w.stopCoroutines()
	shop := &shop{World: w, felt: Felt{Refused: map[string]int{}, Script: map[string]int{}}, wanted: map[chat.PersonID][]wanted{}}
	shop.open()
	shop.plan(floodFrom, func() { shop.flood(of.PerSecond, start+floodFrom+int64(of.Seconds)*1000) })
	w.runUntil(start+floodFrom+int64(of.Seconds)*1000+floodRest, shop.look)
	for _, took := range shop.felt.Took {
		slices.Sort(took)
	}
	shop.felt.Broken = w.law.Broken
	return shop.felt
}

// shop is the people of a shop, and the script.
type shop struct {
	*World
	felt   Felt
	clock  *device // whose timers are the plans
	wanted map[chat.PersonID][]wanted
	dials  int // of the script
}

// wanted is what somebody waits for.
type wanted struct {
	step  Step
	since int64
	is    func() bool // it is there
}

// plan does something later, in ms from the start.
func (s *shop) plan(at int64, do func()) { s.clock.After(start+at-s.now, do) }

// later does something in so many ms.
func (s *shop) later(ms int64, do func()) { s.clock.After(ms, do) }

// expect notes that a device's user waits for something from now on.
func (s *shop) expect(d *device, step Step, is func() bool) {
	s.wanted[d.Person.ID] = append(s.wanted[d.Person.ID], wanted{step, s.now, is})
}

// person is one of the shop's people, with their device.
func (s *shop) person(side chat.Side, i int, letter rune) *device {
	words := fmt.Sprintf("token %c%d", letter, i)
	identity := auth.Identity{Who: fmt.Sprintf("c_%d", i), Name: words}
	if side == chat.Agent {
		identity = auth.Identity{Who: fmt.Sprintf("a_%d", i), Name: words, Agent: true, Until: s.time().Add(lasts)}
	}
	s.fixture.known[words] = identity
	s.addPerson(side, i, 1, letter, words)
	d := s.devices[len(s.devices)-1]
	d.address = fmt.Sprintf("192.0.%d.%d", i/200, i%200)
	s.watched.persons, s.watched.clients = append(s.watched.persons, d.Person), append(s.watched.clients, &d.Client)
	return d
}

// open lets the agents connect, and plans the chats.
func (s *shop) open() {
	s.clock = &device{w: s.World}
	s.devices = append(s.devices, s.clock)
	agents := make([]*device, shopAgents)
	for i := range agents {
		agents[i] = s.person(chat.Agent, i, 'A')
		s.plan(int64(i*100), func() { agents[i].do(opensPage) })
	}
	for i := range shopChats {
		customer := s.person(chat.Customer, i, 'C')
		s.plan(int64(5000+i*shopEvery), func() { s.begin(customer, agents[i%shopAgents]) })
	}
}

// begin lets a customer come, who starts a chat, which an agent takes, whatever else waits.
func (s *shop) begin(customer, agent *device) {
	customer.do(opensPage)
	s.expect(customer, Join, customer.Joined)
	s.later(2000, func() { customer.do(starts) })
	s.later(4000, func() { s.take(customer, agent) })
}

// take lets the agent take the room as soon as there is one.
func (s *shop) take(customer, agent *device) {
	talk := customer.Talk()
	if talk == nil {
		s.later(1000, func() { s.take(customer, agent) })
		return
	}
	room := chat.RoomID(talk.ID)
	agent.input(inputTake, talk.ID)
	s.expect(agent, Take, func() bool { t := agent.Thread(room); return t != nil && t.Mine })
	s.later(1000, func() { s.talk(customer, agent, room, shopTexts) })
}

// talk lets both write a text, and then the next one.
func (s *shop) talk(customer, agent *device, room chat.RoomID, texts int) {
	if texts == 0 {
		customer.do(endsChat)
		return
	}
	customer.write()
	s.follow(customer, agent, room)
	s.later(1500, func() {
		text := fmt.Sprintf("%s to %s.%d", agent.Name, customer.Name, texts)
		t := &law.Text{Key: text, Words: text, By: &agent.Client, Written: s.now}
		agent.Texts = append(agent.Texts, t)
		s.law.Texts[text] = t
		agent.input(inputSend, string(room), text, text)
		s.follow(agent, customer, room)
		s.later(1500, func() { s.talk(customer, agent, room, texts-1) })
	})
}

// follow waits for the ack and the delivery of the text that a device has just written.
func (s *shop) follow(by, to *device, room chat.RoomID) {
	text := by.Texts[len(by.Texts)-1]
	s.expect(by, Ack, func() bool { return text.Acked })
	s.expect(to, Delivery, func() bool {
		t := to.Thread(room)
		if t == nil {
			return false
		}
		for seq := t.NewestSeq; seq > max(0, t.NewestSeq-10); seq-- {
			if m, known := t.Message(seq); known && m.Text == text.Words {
				return true
			}
		}
		return false
	})
}

// look sees what comes down to a device: what it is refused, and what it has waited for.
func (s *shop) look(e event) (after func()) {
	if e.kind != frameComesDown {
		return func() {}
	}
	f := s.down[e.i]
	d, refused := f.connection.device, s.felt.Refused
	if d.Person.Greedy {
		refused = s.felt.Script
	}
	var failed struct{ Code, Message string }
	switch {
	case f.event == closes && f.connection.Opened == 0:
		refused["connections refused"]++
	case f.event == carriesFrame && (bytes.HasPrefix(f.body, []byte(`{"type":"error"`)) || bytes.HasPrefix(f.body, []byte(`{"message":`))):
		_ = json.Unmarshal(f.body, &failed) // it is ours
		refused[cmp.Or(failed.Code, failed.Message)]++
	}
	return func() {
		s.wanted[d.Person.ID] = slices.DeleteFunc(s.wanted[d.Person.ID], func(w wanted) bool {
			if !w.is() {
				return false
			}
			if since := w.since - start; since >= floodFrom && since < floodTo {
				s.felt.Took[w.step] = append(s.felt.Took[w.step], time.Duration(s.now-w.since)*time.Millisecond)
			}
			return true
		})
	}
}

// flood lets the script connect, and again soon after, until its time is over.
func (s *shop) flood(perSecond int, until int64) {
	if perSecond == 0 || s.now >= until {
		return
	}
	for range max(1, perSecond*scriptEvery/1000) {
		s.dialAsSomebodyNew()
	}
	s.later(scriptEvery, func() { s.flood(perSecond, until) })
}

// scriptEvery is how often the script connects, in ms.
const scriptEvery = 5

// dialAsSomebodyNew lets the script make an identity and connect.
func (s *shop) dialAsSomebodyNew() {
	s.dials++
	words := fmt.Sprintf("script %d", s.dials)
	s.fixture.known[words] = auth.Identity{Who: fmt.Sprintf("v_script%d", s.dials)}
	owner := &person{Person: law.Person{ID: chat.PersonID(s.fixture.known[words].Who), Side: chat.Customer, Greedy: true, Requests: math.MaxInt32}}
	d := &device{w: s.World, owner: owner, address: "198.51.100.1"}
	d.Name, d.Person, d.Program = words, &owner.Person, true
	s.watched.persons = append(s.watched.persons, d.Person)
	line := &scriptLine{shop: s, name: words}
	gateway := s.counts.faults[connectRefused] // so many so far
	line.socket = s.dial(d, words, line)
	s.felt.Script["connections"]++
	s.felt.Script["of them refused by the gateway"] += int(s.counts.faults[connectRefused] - gateway)
}

// scriptLine is one of the script's connections: it starts a chat and writes a text.
type scriptLine struct {
	*shop
	name   string
	socket *connection
	wrote  bool
}

var _ client.SocketEvents = (*scriptLine)(nil)

// Opened implements client.SocketEvents.
func (l *scriptLine) Opened() {
	l.socket.Send([]byte(`{"action":"join","id":"j","start":true,"profile":{"name":"N"}}`))
}

// Frame implements client.SocketEvents.
func (l *scriptLine) Frame(body []byte) {
	var f struct {
		Type string
		Room struct{ ID string }
	}
	if json.Unmarshal(body, &f) != nil || f.Room.ID == "" || l.wrote {
		return
	}
	l.wrote = true
	l.felt.Script["chats"]++
	l.law.Texts[l.name] = &law.Text{Key: l.name, Words: l.name, By: &l.socket.device.Client}
	l.socket.Send(fmt.Appendf(nil, `{"action":"message","room":%q,"no":1,"text":%q}`, f.Room.ID, l.name))
}

// Closed implements client.SocketEvents.
func (l *scriptLine) Closed() {}
