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

// IsAgent tells by the id whether the person is an agent.
func (p PersonID) IsAgent() bool { return strings.HasPrefix(string(p), "a_") }

// Site is the shop whose customer the person is, by the id, which has its key before a colon; "" for the default shop and
// for agents, who are everybody's.
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

// Other is the side across.
func (s Side) Other() Side {
	if s == Customer {
		return Agent
	}
	return Customer
}

// Millis is a time in milliseconds since the Unix epoch. Clocks differ, so times order nothing: seq and rev do.
type Millis int64

// After is the time d later.
func (m Millis) After(d time.Duration) Millis { return m + Millis(d.Milliseconds()) }

// Stamp is the age of a connection: the authorizer's milliseconds × StampUnit plus a random fraction, so that no
// two are equal. The larger one is newer.
type Stamp int64

// StampUnit is how many stamps one millisecond holds.
const StampUnit = 1_000_000

// StampOf is the smallest stamp at time m.
func StampOf(m Millis) Stamp { return Stamp(m) * StampUnit }

// Seat is the place of a person, in a room or at their own item: the connection that is current there.
type Seat struct {
	Conn ConnectionID // empty after its own $disconnect
	At   Stamp        // age of the newest connection that sat here; never goes back
	Prev ConnectionID // the connection that Conn replaced, told again on a repeated join
	Gone Millis       // since when nobody is here; 0 = here
	Lost bool         // a post to Conn was answered 410, which may be false: the sweep asks. Never with Gone
}

// Online tells whether somebody is there.
func (s Seat) Online() bool { return s.Conn != "" && !s.markedAbsent() }

// markedAbsent tells whether something speaks against the connection, which a sign of life takes back.
func (s Seat) markedAbsent() bool { return s.Gone != 0 || s.Lost }

// AgentStatus is what an agent says of themselves. It outlives their connections.
type AgentStatus string

// An agent who is away gets no pushes of the queue and no transfers, but may take.
const (
	StatusOnline AgentStatus = "online"
	StatusAway   AgentStatus = "away"
)

// Person is what is kept of a customer or an agent.
type Person struct {
	ID      PersonID
	Name    string
	Seat    Seat        // Gone and Lost are not used here
	Status  AgentStatus // agents
	Room    RoomID      // customers: their last room, for ever; empty before the first
	Blocked bool        // customers: refused at $connect, and no room opens for them
	Chats   int         // customers: how many rooms they have opened
	Profile Profile     // customers
}

// Profile is what is said of a customer: by their shop, where it signed their name and address, and else by their page,
// whose word is theirs and proves nothing.
type Profile struct {
	Name, Email, Topic string
	Page               Page
}

// Page is where on the shop the customer is.
type Page struct{ URL, Title, Lang string }

// Caller is who sent a frame, by the token that opened the connection; never by what the frame says.
type Caller struct {
	Conn  ConnectionID
	Who   PersonID
	Side  Side
	At    Stamp
	Until Millis // agents: when the token has run out; 0 for ever
	Admin bool
	Name  string
	Email string
}

// Expired tells whether the token that opened the connection no longer holds. A connection may outlive it by almost two
// hours, and an agent who was removed meanwhile may not.
func (c Caller) Expired(now Millis) bool { return c.Until != 0 && c.Until < now }
