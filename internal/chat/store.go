package chat

import "context"

// Store keeps people, rooms and messages. Each method is one request to the database, or one transaction.
//
// Every method that writes on condition returns ok = false when the condition did not hold; then nothing was
// written, and the room (or person, or message) that comes back is as it was found, read in the same request. A
// found item with an empty id does not exist. An error says only that the outcome is not known: the write may or
// may not have been applied, now or a little later.
//
// Reads are strongly consistent but for those of indexes (ExpiredConnections, Queue, RoomsHeldBy, Due, Ended,
// Uncounted, ConnectedAgents) and Rooms.
// Every write to a room raises its Rev by one and returns the room after it.
type Store interface {
	PeopleStore
	RoomStore
	MessageStore
	CannedStore
	StatsStore
}

// PeopleStore keeps connections and people.
type PeopleStore interface {
	// PutConnection records an open connection; it expires by itself shortly after the gateway's 2 h limit.
	PutConnection(ctx context.Context, c Caller) error
	// DeleteConnection forgets it and returns what was recorded: an empty Caller when nothing was.
	DeleteConnection(ctx context.Context, id ConnectionID) (Caller, error)
	// ExpiredConnections lists the recorded connections whose token has run out (Caller.ExpiredConnections), longest first.
	ExpiredConnections(ctx context.Context, now Millis) ([]ConnectionID, error)

	// Person reads a person; an empty ID when there is none.
	Person(ctx context.Context, id PersonID) (Person, error)
	// SeatPerson makes the caller's connection their current one, and creates the person where there is none (an agent's
	// Status is online at first). Prev becomes the connection that it replaces (kept when the seat was empty).
	// Condition: no newer one sits or sat (Seat.At ≤ c.At), and c.Conn does not sit there yet.
	SeatPerson(ctx context.Context, c Caller) (Person, bool, error)
	// UnseatPerson empties the person's seat. Condition: its connection is exactly conn.
	UnseatPerson(ctx context.Context, who PersonID, conn ConnectionID) (Person, bool, error)
	// SetStatus sets an agent's status. Condition: no newer connection sits.
	SetStatus(ctx context.Context, c Caller, status AgentStatus) (Person, bool, error)
	// SetBlocked keeps a customer out, who is then never forgotten, or lets them in. Condition: they are known.
	SetBlocked(ctx context.Context, customer PersonID, blocked bool, now Millis) (Person, bool, error)
	// ConnectedAgents lists the agents who have a current connection and this status: ID, Name and Seat.Conn only.
	ConnectedAgents(ctx context.Context, status AgentStatus) ([]Person, error)
}

// RoomStore keeps rooms.
type RoomStore interface {
	// Room reads a room.
	Room(ctx context.Context, id RoomID) (Room, error)
	// Rooms reads many (eventually consistent), in the order of ids, leaving out those that do not exist.
	Rooms(ctx context.Context, ids []RoomID) ([]Room, error)

	// OpenRoom creates a room and its first message and makes it the customer's last one, with what is said of
	// them (the profile's non-empty fields replace the stored ones), in one transaction. Condition: the customer's last
	// room is still `last` ("" = none), no newer connection of theirs than the room's Customer.Seat.At sits, and they are
	// not blocked.
	OpenRoom(ctx context.Context, r Room, opened Message, last RoomID, p Profile) (ok bool, err error)
	// ChangeRoom writes `after` (its Rev is set to before.Rev+1) and, where m is not nil, the message at its place, in
	// one transaction. Condition: the room's rev is still before.Rev, and the place is free. A room that ends by it is in
	// the lists of ended rooms from then on.
	ChangeRoom(ctx context.Context, before, after Room, m *Message) (ok bool, err error)

	// Send takes the next number of a side for a text: see Send. Condition: Who holds the side, the room is not
	// ended, no newer connection sits there, No is the side's Next, the room's Seq is below MaxPlaces, and, where it begins
	// a run of texts, the one before it began at PreviousBurstBy at the latest. It seats the connection (not touching Prev), clears
	// Gone and Lost, sets Preview, and the number's place is the room's new Seq. A customer's sets AskedAt where it is not set, an
	// agent's clears it.
	Send(ctx context.Context, s Send) (Room, bool, error)
	// SeatInRoom makes c.Conn the current connection of c's side; Prev becomes the one it replaces (kept when the seat was
	// empty), Gone and Lost are cleared. Condition: c.Who holds the side, the room is not ended, no newer connection sits there,
	// and c.Conn does not sit there yet.
	SeatInRoom(ctx context.Context, id RoomID, c Caller) (Room, bool, error)
	// UnseatInRoom is what $disconnect does: it empties the seat, clears Lost, and sets Gone where it is not set. Condition: the seat's
	// connection is exactly conn, and the room is not ended.
	UnseatInRoom(ctx context.Context, id RoomID, side Side, conn ConnectionID, now Millis) (Room, bool, error)
	// MarkLost is what a 410 does: it sets Lost and keeps the connection. Condition: the seat's connection is exactly
	// conn and not newer than `youngest`, it is marked as neither gone nor lost, and the room is not ended.
	MarkLost(ctx context.Context, id RoomID, side Side, conn ConnectionID, youngest Stamp) (Room, bool, error)
	// MarkPresent clears Gone and Lost. Condition: the seat's connection is exactly conn, one of them is set, and the room is
	// not ended.
	MarkPresent(ctx context.Context, id RoomID, side Side, conn ConnectionID) (Room, bool, error)
	// MarkRead moves a side's read mark. Condition: c.Who holds the side, no newer connection sits there, and
	// the side's Read < seq ≤ the room's Seq.
	MarkRead(ctx context.Context, id RoomID, c Caller, seq int64) (Room, bool, error)
	// Rate keeps a rating in place of any other, and seats the connection (not touching Prev). Condition: c.Who holds
	// c's side, the room is ended, and no newer connection sits there: of two ratings the newer connection's stays. The
	// room is no longer Counted.
	Rate(ctx context.Context, id RoomID, c Caller, given Rating) (Room, bool, error)
	// SweepSooner brings the sweep's next look forward. Condition: the room is active and its SweepAt is later than `at`.
	SweepSooner(ctx context.Context, id RoomID, at Millis) (Room, bool, error)

	// Queue lists the rooms that wait, oldest first.
	Queue(ctx context.Context) ([]RoomID, error)
	// RoomsHeldBy lists the open rooms that the agent holds, oldest first.
	RoomsHeldBy(ctx context.Context, agent PersonID) ([]RoomID, error)
	// DueRooms lists at most limit open rooms of one shard whose SweepAt has come, longest due first.
	DueRooms(ctx context.Context, shard int, now Millis, limit int) ([]RoomID, error)
	// EndedRooms lists at most limit rooms that ended within the span, newest first, that stand before the place; the newest
	// of all for the zero place.
	EndedRooms(ctx context.Context, span Span, before Ending, limit int) ([]Ending, error)
}

// Ending is a place in the order in which rooms ended.
type Ending struct {
	At   Millis
	Room RoomID
}

// Span is the rooms that ended from From to To, both included, and that Agent held at any time; anybody's when empty.
type Span struct {
	Agent    PersonID
	From, To Millis
}

// Has tells whether the room is one of the span's.
func (s Span) Has(r Room) bool {
	return r.Status == StatusEnded && s.From <= r.EndedAt && r.EndedAt <= s.To && (s.Agent == "" || r.WasHeldBy(s.Agent))
}

// DueShards is over how many keys the index of due rooms is spread.
const DueShards = 4

// MessageStore keeps what stands at the places of rooms.
type MessageStore interface {
	// PutMessage puts m at its place. Condition: the place is free; if not, what stands there comes back.
	PutMessage(ctx context.Context, m Message) (Message, bool, error)
	// Messages reads the places from…to (inclusive) of a room that hold something, in order.
	Messages(ctx context.Context, customer PersonID, room RoomID, from, to int64) ([]Message, error)
	// MessagesWithoutText is Messages without their texts: so a whole room is read in little memory.
	MessagesWithoutText(ctx context.Context, customer PersonID, room RoomID, from, to int64) ([]Message, error)
	// MessagesBefore reads at most limit messages of the customer, voids among them, over all their rooms, newest first,
	// that stand before the cursor; the newest of all for the zero cursor.
	MessagesBefore(ctx context.Context, customer PersonID, before Cursor, limit int) ([]Message, error)
}

// CannedStore keeps canned messages.
type CannedStore interface {
	// Canned reads all of an owner's, in no order.
	Canned(ctx context.Context, owner PersonID) ([]Canned, error)
	// PutCanned stores c under its owner and key; its Version is set to before+1. Condition: the one that is stored has
	// the version `before`; 0 = there is none.
	PutCanned(ctx context.Context, c Canned, before int) (Canned, bool, error)
	// DeleteCanned deletes it, and returns an empty one. Condition: it has the version; 0 = whichever, or none.
	DeleteCanned(ctx context.Context, owner PersonID, key string, version int) (Canned, bool, error)
}

// Cursor is a place in a customer's whole past.
type Cursor struct {
	Room RoomID
	Seq  int64
}

// Send is a text asking for its number.
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
	PreviousBurstBy Millis // 0: No begins no run
}

// Pusher reaches connections through the gateway's @connections. A post that is accepted is not yet delivered.
type Pusher interface {
	// Post sends a frame. ErrGone when the connection no longer exists; another error when it failed.
	Post(ctx context.Context, conn ConnectionID, p Push) error
	// Close ends the connection. Closing one that is gone is not an error.
	Close(ctx context.Context, conn ConnectionID) error
	// LastActive tells when the connection last carried anything, pings included. ErrGone as for Post.
	LastActive(ctx context.Context, conn ConnectionID) (Millis, error)
}
