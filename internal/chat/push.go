package chat

// Push is a frame that the server sends of its own accord.
type Push interface{ push() }

// The pushes. A Push is built for one viewer: the same room differs by side.
type (
	// MessagePush is a new message of a room.
	MessagePush struct{ Message Message }
	// RoomPush is a room that changed.
	RoomPush struct{ View View }
	// PresencePush tells whether the side Who is there, as of the room's rev.
	PresencePush struct {
		Room   RoomID
		Who    Side
		Online bool
		At     Millis
		Rev    int64
	}
	// TypingPush tells that the side Who is writing.
	TypingPush struct {
		Room RoomID
		Who  Side
	}
	// ReadPush tells up to where the side Who has seen.
	ReadPush struct {
		Room RoomID
		Who  Side
		Seq  int64
	}
	// QueueAdd tells agents of a room that waits now.
	QueueAdd struct{ View View }
	// QueueRemove tells agents of one that does no longer.
	QueueRemove struct{ Room RoomID }
	// Replaced tells a connection that a newer one of its person has joined. By is what the newer one's join calls its
	// device: a client that was replaced by a late join of its own knows it by that.
	Replaced struct{ By string }
	// Refused answers a frame whose route has no response of its own.
	Refused struct {
		Re  string // the frame's id
		Why *Error
	}
)

func (MessagePush) push()  {}
func (RoomPush) push()     {}
func (PresencePush) push() {}
func (TypingPush) push()   {}
func (ReadPush) push()     {}
func (QueueAdd) push()     {}
func (QueueRemove) push()  {}
func (Replaced) push()     {}
func (Refused) push()      {}

// View is a room as one side sees it.
type View struct {
	Room     Room
	Side     Side
	Position int    // waiting only: 1 = next; 0 = not known
	Wait     Millis // a guess of how long its customer still waits, in the answer to their join; 0 = not known
}

// RoomPage is a view with a page of its messages.
type RoomPage struct {
	View     View
	Messages []Message // without voids, in order
	Void     []int64   // places of the page that stay empty
	Through  int64     // the place up to which the page is complete
	More     bool      // there is more after Through: ask again
	Card     *Card     // agents, with the first page; else nil
}

// Ack promises that a text is stored, for ever, at Seq.
type Ack struct {
	Room RoomID
	No   int
	Seq  int64
	At   Millis
	// Repeated tells that it was stored before: this was a repeat, or another copy of it was faster.
	Repeated bool
}

// Desk is what an agent holds and what waits.
type Desk struct {
	Agent   Person
	Rooms   []RoomPage
	Queue   []View   // the oldest who wait
	Waiting int      // how many wait in all
	Agents  []Person // online colleagues, themselves included
}

// QueueList is the queue, oldest first, and which rooms the asking agent holds.
type QueueList struct {
	Waiting int // how many wait in all
	Rooms   []View
	Mine    []RoomID
	Agents  []Person
}

// History is a page of a customer's past, oldest first; Before is zero when there is nothing older.
type History struct {
	Messages []Message
	Before   Cursor
	Blocked  bool // the customer is kept out; only an admin, who can let them in, is told
}
