package law

import (
	"fmt"

	"rejoin/internal/chat"
	"rejoin/internal/proof/sim/client"
)

// Person is a customer or an agent, with one or more devices.
type Person struct {
	ID       chat.PersonID
	Side     chat.Side
	Name     string
	Admin    bool
	Expires  int64 // when the last of their tokens does, ms; 0: never
	Requests int   // chats that they asked for and that are still to be opened
	Newest   int64 // stamp of the newest connection on which a join was answered
	LastHere int64 // when one of their devices was last connected, ms
}

// removed tells whether no token lets them in any more.
func (p *Person) removed(now int64) bool { return p.Expires != 0 && p.Expires < now }

// Client is what the law sees of one device: the client's state machine, and what its user did.
type Client struct {
	Name       string
	Person     *Person
	Intruder   bool             // runs no client of ours
	Customer   *client.Customer // nil: an agent's, or the page is closed
	Agent      *client.Agent    // nil: a customer's, or the page is closed
	Saved      *client.Saved    // what outlived the last page
	On         bool             // the page is open
	Asleep     int64            // until when, ms
	Connection *Connection      // the newest that the client knows to be open; nil: none yet
	Dialled    []*Connection    // all that it ever dialled
	ReplacedBy string           // the device that last took over, as it was told
	Texts      []*Text
}

// Joined tells whether a join was answered on the current connection.
func (c *Client) Joined() bool {
	if c.Customer != nil {
		return c.Customer.Joined()
	}
	return c.Agent != nil && c.Agent.Joined()
}

// Waits tells whether the client awaits an answer, without which it gives the connection up.
func (c *Client) Waits() bool {
	if c.Customer != nil {
		return c.Customer.Waits()
	}
	return c.Agent != nil && c.Agent.Waits()
}

// State is the line's, as the page shows it. The page must be open.
func (c *Client) State() client.LineState {
	if c.Customer != nil {
		return c.Customer.Line()
	}
	return c.Agent.Line()
}

// Threads are the rooms that the client knows.
func (c *Client) Threads() []*client.Thread {
	switch {
	case !c.On || c.Intruder:
		return nil
	case c.Customer != nil:
		return c.Customer.Rooms()
	}
	return c.Agent.Rooms()
}

// Thread is a room as the client shows it; nil: it does not know it.
func (c *Client) Thread(id chat.RoomID) *client.Thread {
	for _, t := range c.Threads() {
		if t.ID == string(id) {
			return t
		}
	}
	return nil
}

// Talk is an open room that the client may write in, of several the newest; nil: there is none.
func (c *Client) Talk() *client.Thread {
	var found *client.Thread
	for _, t := range c.Threads() {
		if t.Room == nil || t.Room.Status == string(chat.StatusEnded) {
			continue
		}
		if c.Customer != nil && t.ID == c.Customer.CurrentRoom() || c.Agent != nil && t.Mine {
			found = t
		}
	}
	return found
}

// Connected tells whether its user would say that they are connected.
func (c *Client) Connected(now int64) bool {
	return c.On && !c.Intruder && c.Asleep <= now && c.Connection.Live() && c.Connection.Joined && c.Joined()
}

// Connection is one WebSocket connection: what the gateway, the network and the client each think of it.
type Connection struct {
	ID     chat.ConnectionID
	Client *Client
	Stamp  int64 // its age
	Until  int64 // when its token has expired, ms; 0: never

	Opened int64 // when the gateway opened it, ms
	Open   bool  // at the gateway
	Closed bool  // at the client
	Up     bool  // the network carries frames to the gateway
	Down   bool  // and to the client
	Active int64 // when a frame last came in, ms
	Joined bool  // a join was answered on it
}

// Live tells whether gateway, network and client agree that the connection works.
func (c *Connection) Live() bool { return c != nil && c.Open && !c.Closed && c.Up && c.Down }

// Text is what somebody wrote.
type Text struct {
	Key       string
	Words     string // the key, in most worlds
	By        *Client
	Acked     bool
	Failed    string // the code; empty: it has not failed
	Discarded bool   // by the user, after it failed
	Room      string
	Seq       int64
}

// Names of invocations that no frame causes.
const (
	DisconnectName = "$disconnect"
	SweepName      = "sweep"
)

// Invocation is one run of a Lambda function.
type Invocation struct {
	ID         int
	Name       string      // the frame's action, or what causes it
	Connection *Connection // whose event it handles; nil for the sweep
	Started    int64       // ms
	Old        bool        // it runs the version before
	Failed     bool        // one of its calls did not do what it should: it may leave things undone

	firstRead map[chat.RoomID]chat.Room // rooms as the store first answered
	lastRead  map[chat.RoomID]chat.Room // and as it last did
	unhealed  []mark
	unposted  []chat.ConnectionID // connections that a post could not reach
	swept     map[chat.RoomID]sight
}

// mark says of a member whom a post has reached that nobody is there.
type mark struct {
	member
	seat chat.Seat
	rev  int64
}

// sight is what was so when the sweep read a room.
type sight struct {
	rev      int64
	lastHere map[chat.PersonID]int64
	agent    chat.Seat // the agent's own, whatever the room says
}

// Label names the invocation in a story.
func (v *Invocation) Label() string {
	name := fmt.Sprintf("#%d %s", v.ID, v.Name)
	if v.Connection != nil {
		name += fmt.Sprintf(" %s/%s", v.Connection.Client.Name, v.Connection.ID)
	}
	if v.Old {
		name += " (old)"
	}
	return name
}

func (v *Invocation) is(name string) bool { return v != nil && v.Name == name }

// person is whose event it handles; nil for the sweep.
func (v *Invocation) person() *Person {
	if v.Connection == nil {
		return nil
	}
	return v.Connection.Client.Person
}
