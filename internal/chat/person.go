package chat

import (
	"strings"
	"time"
)

// The ids. They are opaque to clients.
type (
	// PersonID starts with "v_" (visitor), "c_" (known customer) or "a_" (agent).
	PersonID string
	// ConnectionID is the gateway's.
	ConnectionID string
	// RoomID is a ULID, so a customer's rooms, and the queue, sort by age.
	RoomID string
)

// IsAgent tells from the id whether the person is an agent.
func (p PersonID) IsAgent() bool { return strings.HasPrefix(string(p), "a_") }

// Site is the key of the customer's shop, which their id has before a colon. It is "" for the default shop, and for
// agents, who serve all shops.
func (p PersonID) Site() string {
	_, rest, _ := strings.Cut(string(p), "_")
	site, _, named := strings.Cut(rest, ":")
	if !named || p.IsAgent() {
		return ""
	}
	return site
}

// Side is one side of a room, or the system, which writes messages but has no seat.
type Side string

// The sides, as the wire names them.
const (
	Customer Side = "customer"
	Agent    Side = "agent"
	System   Side = "system"
)

// Other is the opposite side.
func (s Side) Other() Side {
	if s == Customer {
		return Agent
	}
	return Customer
}

// Millis is a time in milliseconds since the Unix epoch. Clocks differ, so nothing is ordered by times, only by seq
// and rev.
type Millis int64

// After is the time d later.
func (m Millis) After(d time.Duration) Millis { return m + Millis(d.Milliseconds()) }

// Stamp orders connections by age: the authorizer's milliseconds × StampUnit plus a random fraction, so that no two
// are equal. The larger one is newer.
type Stamp int64

// StampUnit is the number of stamps in one millisecond.
const StampUnit = 1_000_000

// StampOf is the smallest stamp at time m.
func StampOf(m Millis) Stamp { return Stamp(m) * StampUnit }

// Seat names the current connection of a person, at their own item or in a room.
type Seat struct {
	Conn ConnectionID // empty after its own $disconnect
	At   Stamp        // of the newest connection that ever had the seat; never decreases
	Prev ConnectionID // the connection that Conn replaced; told again on a repeated join
	Gone Millis       // when the absence of the person began; 0 = present
	Lost bool         // a post to Conn was answered 410, which may be wrong: the sweep checks. Never set with Gone
}

// Online tells whether the person is present.
func (s Seat) Online() bool { return s.Conn != "" && !s.markedAbsent() }

// markedAbsent tells whether the seat is marked as gone or lost.
func (s Seat) markedAbsent() bool { return s.Gone != 0 || s.Lost }

// AgentStatus is the agent's own choice. It outlives their connections.
type AgentStatus string

// An agent who is away gets no pushes of the queue and no transfers, but may take rooms.
const (
	StatusOnline AgentStatus = "online"
	StatusAway   AgentStatus = "away"
)

// Person is the stored item of a customer or an agent.
type Person struct {
	ID      PersonID
	Name    string
	Seat    Seat        // Gone and Lost are not used here
	Status  AgentStatus // agents
	Load    int         // connected agents: how many open chats they hold. A hint, see load.go; or UnknownLoad
	Room    RoomID      // customers: their last room, kept for ever; empty before the first
	Blocked bool        // customers: refused at $connect, and may not open a room
	Chats   int         // customers: how many rooms they opened
	StartAt Millis      // customers: when the current burst of starts began: see Rules.Starts
	Profile Profile     // customers
}

// UnknownLoad is the Load of an agent who last joined a version that kept no loads. FreeAgents does not list them.
const UnknownLoad = -1

// Profile describes a customer. Name and Email are what the shop signed or, if it signed none, what the page says, which
// proves nothing; the rest is always the page's.
type Profile struct {
	Name, Email, Topic string
	Page               Page
}

// Page is the page of the shop that the customer is on.
type Page struct{ URL, Title, Lang string }

// Caller is the sender of a frame, according to the token that opened the connection, never according to the frame.
type Caller struct {
	Conn  ConnectionID
	Who   PersonID
	Side  Side
	At    Stamp
	Until Millis // agents: when the token expires; 0 = never
	Admin bool
	Name  string
	Email string
	// Network is a customer's: a short hash of the network that the connection comes from, which does not say which it is; empty:
	// unknown.
	Network string
}

// Expired tells whether the token that opened the connection has expired. A connection may outlive its token by
// almost two hours; an agent who was removed meanwhile must not.
func (c Caller) Expired(now Millis) bool { return c.Until != 0 && c.Until < now }
