package chat

import "context"

// Store keeps people, rooms and messages. Each method is one request to the database, or one transaction.
//
// Every method with a condition returns ok = false when the condition did not hold. Then nothing was written, and the
// room (or person, or message) that comes back is as it was found in the same request. A found item with an empty id
// does not exist. An error means that the outcome is unknown: the write may have been applied, or may be a little
// later.
//
// Reads are strongly consistent, except those of indexes (ExpiredConnections, Queue, RoomsHeldBy, DueRooms,
// EndedRooms, UncountedRooms, ConnectedAgents, FreeAgents), Rooms, Shop and Sites. Every write to a room raises its Rev by one and returns the
// room after it.
type Store interface {
	PeopleStore
	RoomStore
	MessageStore
	CannedStore
	StatsStore
	ShopStore
}

// PeopleStore keeps connections and people.
type PeopleStore interface {
	// PutConnection records an open connection. The record expires by itself shortly after the gateway's limit of 2
	// h.
	PutConnection(ctx context.Context, c Caller) error
	// DeleteConnection deletes the record and returns it: an empty Caller when there was none.
	DeleteConnection(ctx context.Context, id ConnectionID) (Caller, error)
	// ExpiredConnections lists the recorded connections whose token has expired (Caller.Expired), the longest expired
	// first.
	ExpiredConnections(ctx context.Context, now Millis) ([]ConnectionID, error)

	// CountConnection counts a new connection from an address in the minute of now. Condition: fewer than `most` were
	// counted in that minute. A count expires within minutes.
	CountConnection(ctx context.Context, from string, now Millis, most int) (ok bool, err error)

	// Person reads a person; an empty ID when there is none.
	Person(ctx context.Context, id PersonID) (Person, error)
	// SeatPerson makes the caller's connection the person's current one, and creates the person if there is none (an
	// agent starts with Status online and a Load of 0). Prev becomes the connection that was replaced (unchanged if the seat was
	// empty). Condition: no newer connection has or had the seat (Seat.At ≤ c.At), and c.Conn does not have it yet.
	SeatPerson(ctx context.Context, c Caller) (Person, bool, error)
	// UnseatPerson empties the person's seat, and forgets an agent's Load. Condition: its connection is exactly conn.
	UnseatPerson(ctx context.Context, who PersonID, conn ConnectionID) (Person, bool, error)
	// SetStatus sets an agent's status. Condition: the agent is known, and no newer connection has the seat.
	SetStatus(ctx context.Context, c Caller, status AgentStatus) (Person, bool, error)
	// SetBlocked blocks a customer, whose item then never expires, or unblocks them. Condition: they are known.
	SetBlocked(ctx context.Context, customer PersonID, blocked bool, now Millis) (Person, bool, error)
	// SetLoad sets how many open chats an agent holds. Condition: the agent is connected.
	SetLoad(ctx context.Context, agent PersonID, load int) (Person, bool, error)
	// AddLoad adds to an agent's Load. Condition: the agent is connected.
	AddLoad(ctx context.Context, agent PersonID, by int) (Person, bool, error)
	// ConnectedAgents lists the agents with a current connection and this status: ID, Name and Seat.Conn only.
	ConnectedAgents(ctx context.Context, status AgentStatus) ([]Person, error)
	// FreeAgents lists at most limit of the agents who are connected and online, those with the least Load first: ID,
	// Name and Seat.Conn only. It reads no more than it lists.
	FreeAgents(ctx context.Context, limit int) ([]Person, error)
}

// RoomStore keeps rooms.
type RoomStore interface {
	// Room reads a room.
	Room(ctx context.Context, id RoomID) (Room, error)
	// Rooms reads many rooms (eventually consistent), in the order of ids. Those that do not exist are left out.
	Rooms(ctx context.Context, ids []RoomID) ([]Room, error)

	// OpenRoom creates a room and its first message and makes it the customer's last room, in one transaction. The
	// profile's non-empty fields replace the stored ones. Condition: the customer's last room is still the Start's Last,
	// no connection newer than the room's Customer.Seat.At has their seat, and they are not blocked. If the room begins
	// a burst of starts, the previous burst must have begun at PreviousBurstBy or earlier.
	OpenRoom(ctx context.Context, r Room, opened Message, by Start) (ok bool, err error)
	// ChangeRoom writes `after` (its Rev is set to before.Rev+1) and, if m is not nil, the message at its place, in
	// one transaction. Condition: the room's rev is still before.Rev, and the place is free. A room that ends is
	// listed by EndedRooms from then on.
	ChangeRoom(ctx context.Context, before, after Room, m *Message) (ok bool, err error)

	// Send reserves the next number of a side for a text: see the type Send. Condition: Who holds the side, the room
	// is open, no newer connection has the seat, No is the side's Next, and the room's Seq is below MaxPlaces and its
	// Bound, if it has one. If No begins a burst, the previous burst must have begun at PreviousBurstBy or earlier. The write seats the
	// connection (Prev unchanged), clears Gone and Lost, sets Preview and raises Seq, which is the text's place. A
	// customer's text sets AskedAt if it is not set, an agent's clears it.
	Send(ctx context.Context, s Send) (Room, bool, error)
	// SetSettled moves Settled and Bound forward. Condition: the room's Settled is below settled.
	SetSettled(ctx context.Context, id RoomID, settled, bound int64) (Room, bool, error)
	// SeatInRoom makes c.Conn the current connection of c's side and clears Gone and Lost. Prev becomes the
	// connection that was replaced (unchanged if the seat was empty). Condition: c.Who holds the side, the room is
	// open, no newer connection has the seat, and c.Conn does not have it yet.
	SeatInRoom(ctx context.Context, id RoomID, c Caller) (Room, bool, error)
	// UnseatInRoom handles a $disconnect: it empties the seat, clears Lost, and sets Gone if it is not set.
	// Condition: the seat's connection is exactly conn, and the room is open.
	UnseatInRoom(ctx context.Context, id RoomID, side Side, conn ConnectionID, now Millis) (Room, bool, error)
	// MarkLost handles a 410: it sets Lost and keeps the connection. Condition: the seat's connection is exactly conn
	// and not newer than `youngest`, neither Gone nor Lost is set, and the room is open.
	MarkLost(ctx context.Context, id RoomID, side Side, conn ConnectionID, youngest Stamp) (Room, bool, error)
	// MarkPresent clears Gone and Lost. Condition: the seat's connection is exactly conn, one of the two is set, and
	// the room is open.
	MarkPresent(ctx context.Context, id RoomID, side Side, conn ConnectionID) (Room, bool, error)
	// MarkRead moves a side's read mark. Condition: c.Who holds the side, no newer connection has the seat, and the
	// side's Read < seq ≤ the room's Seq.
	MarkRead(ctx context.Context, id RoomID, c Caller, seq int64) (Room, bool, error)
	// Rate stores a rating, replacing any other, counts it in Ratings and seats the connection (Prev unchanged). The room
	// is then no longer Counted. Condition: c.Who holds c's side, the room has ended, no newer connection has the seat
	// (of two ratings, the newer connection's stays), fewer than MaxRatings were stored, and it is no repeat, which is
	// the stored rating from the seated connection.
	Rate(ctx context.Context, id RoomID, c Caller, given Rating) (Room, bool, error)
	// SweepSooner moves the room's next sweep up to `at`. Condition: the room is active and its SweepAt is later than
	// `at`.
	SweepSooner(ctx context.Context, id RoomID, at Millis) (Room, bool, error)
	// Relist sets a waiting room's Left and SweepAt. Condition: the room's rev is still before.Rev.
	Relist(ctx context.Context, before Room, left bool, sweepAt Millis) (Room, bool, error)

	// Queue lists at most limit of the rooms that wait on this list and whose ids lie between after and before, both
	// excluded, oldest first. "" is no bound, and limit 0 lists all.
	Queue(ctx context.Context, list List, after, before RoomID, limit int) ([]RoomID, error)
	// RoomsHeldBy lists the open rooms that the agent holds, oldest first.
	RoomsHeldBy(ctx context.Context, agent PersonID) ([]RoomID, error)
	// DueRooms lists at most limit open rooms of one shard whose SweepAt has come, the longest due first, starting after
	// `after`; from the longest due if it is zero.
	DueRooms(ctx context.Context, shard int, after Due, now Millis, limit int) ([]Due, error)
	// EndedRooms lists at most limit rooms of the span in reverse order of their ends, starting after `before`; from
	// the newest if it is zero.
	EndedRooms(ctx context.Context, span Span, before Ending, limit int) ([]Ending, error)
}

// List is one of the two lists that waiting rooms are on, each on one.
type List int

// The lists.
const (
	ListWaiting List = iota // the queue
	ListLeft                // questions that were left: see Room.Left
)

// ListOf is the list that a waiting room is on.
func ListOf(r Room) List {
	if r.Left {
		return ListLeft
	}
	return ListWaiting
}

// Ending is a position in the order in which rooms ended.
type Ending struct {
	At   Millis
	Room RoomID
}

// Due is a room to be checked, and since when.
type Due struct {
	At   Millis
	Room RoomID
}

// Span selects the rooms that ended from From to To, both included, and that Agent ever held (empty: any agent).
type Span struct {
	Agent    PersonID
	From, To Millis
}

// Has tells whether the span includes the room.
func (s Span) Has(r Room) bool {
	return r.Status == StatusEnded && s.From <= r.EndedAt && r.EndedAt <= s.To && (s.Agent == "" || r.WasHeldBy(s.Agent))
}

// DueShards is the number of keys that the index of due rooms is spread over.
const DueShards = 4

// MessageStore keeps what is at the places of rooms.
type MessageStore interface {
	// PutMessage puts m at its place. Condition: the place is free; otherwise the message at that place comes back.
	PutMessage(ctx context.Context, m Message) (Message, bool, error)
	// Messages reads a room's messages at the places from…to (inclusive), in order. Empty places are left out.
	Messages(ctx context.Context, customer PersonID, room RoomID, from, to int64) ([]Message, error)
	// MessagesWithoutText is Messages without their texts, so that a whole room needs little memory.
	MessagesWithoutText(ctx context.Context, customer PersonID, room RoomID, from, to int64) ([]Message, error)
	// MessagesBefore reads at most limit messages of the customer, voids included, across all their rooms, newest
	// first, starting before the cursor; from the newest if it is zero.
	MessagesBefore(ctx context.Context, customer PersonID, before Cursor, limit int) ([]Message, error)
}

// CannedStore keeps canned messages.
type CannedStore interface {
	// Canned reads all of an owner's canned messages, unordered.
	Canned(ctx context.Context, owner PersonID) ([]Canned, error)
	// PutCanned stores c under its owner and key with Version before+1. Condition: the stored one has the version
	// `before`; 0 = there is none.
	PutCanned(ctx context.Context, c Canned, before int) (Canned, bool, error)
	// DeleteCanned deletes it and returns an empty one. Condition: it has the version; 0 = any version, or none.
	DeleteCanned(ctx context.Context, owner PersonID, key string, version int) (Canned, bool, error)
}

// Cursor is a position in all messages of a customer.
type Cursor struct {
	Room RoomID
	Seq  int64
}

// Start is what a customer's start of a chat brings to their own item.
type Start struct {
	Last            RoomID // their last room; empty: none
	Profile         Profile
	PreviousBurstBy Millis // 0: the start does not begin a burst
}

// Send is a text that asks for its number.
type Send struct {
	Room            RoomID
	Side            Side
	Who             PersonID
	Conn            ConnectionID
	At              Stamp
	No              int
	Digest          string
	Preview         string
	Now             Millis
	PreviousBurstBy Millis // 0: No does not begin a burst
}

// Pusher posts to connections through the gateway's @connections. An accepted post is not yet delivered.
type Pusher interface {
	// Post sends a frame. ErrGone when the connection no longer exists; ErrThrottled when the gateway would not take
	// the frame for now; any other error when the post failed and the frame may have been sent.
	Post(ctx context.Context, conn ConnectionID, p Push) error
	// PostAll posts one frame to many connections side by side, and takes no longer than one Post may. It returns one
	// result for each connection, in the same order, as Post does.
	PostAll(ctx context.Context, conns []ConnectionID, p Push) []error
	// Close closes the connection. It is no error if it is gone already.
	Close(ctx context.Context, conn ConnectionID) error
	// LastActive tells when the connection last carried anything, pings included. ErrGone as for Post.
	LastActive(ctx context.Context, conn ConnectionID) (Millis, error)
}
