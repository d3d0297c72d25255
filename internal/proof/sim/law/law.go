package law

import (
	"context"
	"fmt"

	"rejoin/internal/chat"
	"rejoin/internal/memory"
)

// World is what the law needs to know of the simulated world.
type World interface {
	Now() int64 // ms since the epoch
	Step() int
	People() []*Person
	Clients() []*Client // one for each device, in a fixed order
	Connection(id chat.ConnectionID) *Connection
	Recorded(id chat.ConnectionID) (since int64, recorded bool) // whether the connection's row is stored, and since when, ms
	Open() bool                                                 // the shop is
	Current() *Invocation                                       // the one that runs now, or nil
	Applying() *Invocation                                      // the one whose call is being applied, or nil
	Invocations() int                                           // so far
	Count(c Counter)
	Trace(format string, args ...any)
}

// Law watches one history. It remembers what was written and what was promised.
type Law struct {
	Broken []Violation
	Rooms  map[chat.RoomID]chat.Room     // as last written
	Opened []chat.RoomID                 // in the order in which they were opened
	People map[chat.PersonID]chat.Person // as last written
	Texts  map[string]*Text              // all texts ever written, by key

	world  World
	store  *memory.Store // read directly, which the world does not notice
	rules  chat.Rules
	limits Limits

	bounds []Bound
	named  map[string]event

	stored           map[place]chat.Message // the content of each decided place
	storedAt         map[string]place       // by a text's words, where it is stored
	changes          []change
	lastText         map[chat.RoomID]int64 // when a text was last numbered, ms
	waitsSince       map[chat.RoomID]int64 // when the customer's first unanswered text was numbered, ms
	ackedAt          map[place]*Text       // in worlds of SameWords: the text that was acknowledged at a place
	posted           map[place]bool        // texts that were posted to somebody, delivered or not
	toldOfEnd        map[ending]bool       // people to whom a room's end was posted, delivered or not
	onlineSince      map[member]int64      // the rev at which a member last came online again
	lastAcked        map[writer]int64      // seq of the newest acknowledged text
	burstAt          map[member]chat.Millis
	blockedDuring    map[chat.PersonID]int      // number of the newest invocation when the person was last blocked
	unblockedIn      map[chat.PersonID]int      // the same of the last unblocking
	seatedDuring     map[chat.PersonID]int      // the same of the last change of their connection
	closed           map[chat.ConnectionID]bool // connections that an invocation has closed, or tried to
	starts           map[chat.PersonID]starting
	connectionCounts map[addressMinute]int
	refusals         map[*Client]*refusals
	waiting          []int // how many rooms have waited after each change of a room, those left out that an agent has released
	served           map[*Connection]*served
	countedFrom      int64              // before, positions may count who has left, ms
	declined         map[*Client]bool   // clients that were told that it is full
	started          map[*Client]string // the id of a client's newest start
	roomChanges      int
	serving          serving
	sweptAt          int64 // when the last complete sweep began, ms
}

// Violation is a clause of the law that was broken.
type Violation struct {
	Code, Words string
	Step        int
}

// place is where a message of a room is stored.
type place struct {
	room chat.RoomID
	seq  int64
}

func (p place) String() string { return fmt.Sprintf("%s#%d", p.room, p.seq) }

// ending is a room's end, and a person to be told of it.
type ending struct {
	room chat.RoomID
	who  chat.PersonID
}

// member is a side of a room.
type member struct {
	room chat.RoomID
	side chat.Side
}

// writer is a device in a room.
type writer struct {
	client *Client
	room   string
}

// change is a change of a room, and the place of the system message that must tell of it.
type change struct {
	place
	event chat.Event
}

// New returns the law of a new world. It reads the store directly, not through the world's calls.
func New(world World, store *memory.Store, rules chat.Rules, limits Limits) *Law {
	return &Law{
		Rooms: map[chat.RoomID]chat.Room{}, People: map[chat.PersonID]chat.Person{}, Texts: map[string]*Text{},
		world: world, store: store, rules: rules, limits: limits, bounds: Bounds(), named: namedEvents(),
		stored: map[place]chat.Message{}, storedAt: map[string]place{},
		lastText: map[chat.RoomID]int64{}, waitsSince: map[chat.RoomID]int64{}, ackedAt: map[place]*Text{},
		posted: map[place]bool{}, toldOfEnd: map[ending]bool{}, onlineSince: map[member]int64{}, lastAcked: map[writer]int64{},
		starts: map[chat.PersonID]starting{}, connectionCounts: map[addressMinute]int{}, refusals: map[*Client]*refusals{}, waiting: []int{0}, declined: map[*Client]bool{}, started: map[*Client]string{}, served: map[*Connection]*served{},
		burstAt: map[member]chat.Millis{}, blockedDuring: map[chat.PersonID]int{}, unblockedIn: map[chat.PersonID]int{},
		seatedDuring: map[chat.PersonID]int{}, closed: map[chat.ConnectionID]bool{},
	}
}

// Slack is how much times may differ because clocks differ, in ms.
const Slack = 1000

// Break records that a clause is broken. Only the first violation of each clause is kept.
func (l *Law) Break(code, format string, args ...any) {
	for _, v := range l.Broken {
		if v.Code == code {
			return
		}
	}
	v := Violation{Code: code, Words: fmt.Sprintf(format, args...), Step: l.world.Step()}
	l.Broken = append(l.Broken, v)
	l.world.Trace("!!! %s: %s", v.Code, v.Words)
}

func (l *Law) person(id chat.PersonID) *Person {
	for _, p := range l.world.People() {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// The store in memory never fails.

func (l *Law) room(id chat.RoomID) chat.Room {
	r, _ := l.store.Room(context.Background(), id)
	return r
}

func (l *Law) personRow(id chat.PersonID) chat.Person {
	p, _ := l.store.Person(context.Background(), id)
	return p
}

func (l *Law) messages(customer chat.PersonID, room chat.RoomID, from, to int64) []chat.Message {
	found, _ := l.store.Messages(context.Background(), customer, room, from, to)
	return found
}
