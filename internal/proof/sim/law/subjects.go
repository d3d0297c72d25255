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
	Greedy   bool  // they take all that they can get
	Expires  int64 // when their last token expires, ms; 0: never
	Requests int   // chats that they asked for and that are not open yet
	Newest   int64 // stamp of the newest connection on which a join was answered
	LastHere int64 // when one of their devices was last connected, ms
}

// removed tells whether their last token has expired.
func (p *Person) removed(now int64) bool { return p.Expires != 0 && p.Expires < now }

// Client is what the law sees of one device: the client's state machine, and what its user did.
type Client struct {
	Name       string
	Person     *Person
	Program    bool             // does not run our client
	Intruder   bool             // a program that must not get anything
	Customer   *client.Customer // nil: an agent's, or the page is closed
	Agent      *client.Agent    // nil: a customer's, or the page is closed
	Saved      *client.Saved    // what the last page saved
	On         bool             // the page is open
	Asleep     int64            // until this time, ms
	Connection *Connection      // the newest that the client knows to be open; nil: none yet
	Dialled    []*Connection    // all connections that it ever dialled
	ReplacedBy string           // the device that last took over, according to the Replaced push
	Texts      []*Text
}

// Joined tells whether a join was answered on the current connection.
func (c *Client) Joined() bool {
	if c.Customer != nil {
		return c.Customer.Joined()
	}
	return c.Agent != nil && c.Agent.Joined()
}

// Waits tells whether the client waits for an answer, without which it will give up the connection.
func (c *Client) Waits() bool {
	if c.Customer != nil {
		return c.Customer.Waits()
	}
	return c.Agent != nil && c.Agent.Waits()
}

// State is the line's state, as the page shows it. The page must be open.
func (c *Client) State() client.LineState {
	if c.Customer != nil {
		return c.Customer.Line()
	}
	return c.Agent.Line()
}

// Threads are the rooms that the client knows.
func (c *Client) Threads() []*client.Thread {
	switch {
	case !c.On || c.Program:
		return nil
	case c.Customer != nil:
		return c.Customer.Rooms()
	}
	return c.Agent.Rooms()
}

// Thread is a room as the client shows it; nil if it does not know the room.
func (c *Client) Thread(id chat.RoomID) *client.Thread {
	for _, t := range c.Threads() {
		if t.ID == string(id) {
			return t
		}
	}
	return nil
}

// Talk is the newest open room that the client may write in, or nil.
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

// Connected tells whether the page shows that it is connected, and rightly so.
func (c *Client) Connected(now int64) bool {
	return c.On && !c.Program && c.Asleep <= now && c.Connection.Live() && c.Connection.Joined && c.Joined()
}

// Connection is one WebSocket connection: what the gateway, the network and the client each think of it.
type Connection struct {
	ID     chat.ConnectionID
	Client *Client
	Stamp  int64 // its age, as chat.Stamp
	Until  int64 // when its token expires, ms; 0: never

	Opened int64 // when the gateway opened it, ms
	Open   bool  // according to the gateway
	Closed bool  // according to the client
	Up     bool  // the network carries frames to the gateway
	Down   bool  // the network carries frames to the client
	Active int64 // when a frame last arrived, ms
	Joined bool  // a join was answered on it
}

// Live tells whether gateway, network and client agree that the connection works.
func (c *Connection) Live() bool { return c != nil && c.Open && !c.Closed && c.Up && c.Down }

// Text is a text that somebody wrote.
type Text struct {
	Key       string
	Words     string // the key, except in worlds of SameWords
	By        *Client
	Written   int64 // ms
	Acked     bool
	Failed    string // the error code with which it failed; empty: it has not failed
	Discarded bool   // by the user, after it failed
	Room      string
	Seq       int64
}

// Names of invocations that are not caused by a frame.
const (
	ConnectName    = "$connect" // with its authorizer
	DisconnectName = "$disconnect"
	SweepName      = "sweep"
)

// Invocation is one run of a Lambda function.
type Invocation struct {
	ID         int
	Name       string      // the frame's action, or what causes it
	Connection *Connection // whose event it handles; nil for the sweep
	Started    int64       // ms
	Old        bool        // it runs the previous version of the code
	Stale      bool        // it has read an index that is not up to date
	Failed     bool        // a call of its failed, so it may leave things undone

	firstRead map[chat.RoomID]chat.Room  // rooms as it first read them
	lastRead  map[chat.RoomID]chat.Room  // rooms as it last read them
	unhealed  []mark                     // marks of seats that a post has reached
	unposted  []chat.ConnectionID        // customers' connections that a post could not reach
	reached   map[chat.ConnectionID]bool // connections that it posted to: whether a post got there or, to a customer, may not have and must not be left so
	came      []chat.RoomID              // where it has noted that the customer has come or gone
	swept     map[chat.RoomID]sight

	spent    Cost
	repairs  Cost          // what it may cost besides, because of faults
	rooms    []chat.RoomID // where it seats or unseats
	numbered int           // the number that its text has got; 0: none
	stored   int           // the number of the text that it has stored; 0: none
	waits    bool          // the text's room waits
	opens    bool          // it has opened a room
	changes  int           // of rooms when it began, and its own
	began    int           // when, as an index of how many waited
	recounts bool          // it counts the queue
	paced    bool          // its frame counts as served
}

// mark is a member's seat that is marked as absent although a post has reached it.
type mark struct {
	member
	seat chat.Seat
	rev  int64
}

// sight is the state of the world when the sweep read a room.
type sight struct {
	rev      int64
	lastHere map[chat.PersonID]int64
	agent    chat.Seat // from the agent's own item, not from the room
}

// Label names the invocation in a history's story.
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

// person is the person whose event it handles; nil for the sweep.
func (v *Invocation) person() *Person {
	if v.Connection == nil {
		return nil
	}
	return v.Connection.Client.Person
}
