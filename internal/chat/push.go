package chat

// Push is a frame that the server sends unasked.
type Push interface{ push() }

// The pushes. Each is built for one recipient, since a room looks different from each side.
type (
	// MessagePush is a new message of a room.
	MessagePush struct{ Message Message }
	// RoomPush is a room that changed.
	RoomPush struct{ View View }
	// PresencePush tells whether the side Who is present, as of the room's rev.
	PresencePush struct {
		Room   RoomID
		Who    Side
		Online bool
		At     Millis
		Rev    int64
	}
	// TypingPush tells that the side Who is typing.
	TypingPush struct {
		Room RoomID
		Who  Side
	}
	// ReadPush tells how far the side Who has read.
	ReadPush struct {
		Room RoomID
		Who  Side
		Seq  int64
	}
	// QueueAdd tells agents that a room now waits.
	QueueAdd struct{ View View }
	// QueueRemove tells agents that a room no longer waits.
	QueueRemove struct{ Room RoomID }
	// QueueRemoveAll tells agents that these rooms no longer wait.
	QueueRemoveAll struct{ Rooms []RoomID }
	// Replaced tells a connection that a newer one of its person has joined. By is the device named in that join, so
	// that a client recognises a late join of its own.
	Replaced struct{ By string }
	// Refused answers a frame whose route has no response of its own.
	Refused struct {
		Re  string // the frame's id
		Why *Error
	}
)

func (MessagePush) push()    {}
func (RoomPush) push()       {}
func (PresencePush) push()   {}
func (TypingPush) push()     {}
func (ReadPush) push()       {}
func (QueueAdd) push()       {}
func (QueueRemove) push()    {}
func (QueueRemoveAll) push() {}
func (Replaced) push()       {}
func (Refused) push()        {}

// View is a room as one side sees it.
type View struct {
	Room     Room
	Side     Side
	Position int // waiting only: 1 = next; 0 = unknown
	// ShowNetwork shows a waiting room's Network, to admins.
	ShowNetwork bool
	Left        *LeftSince // to agents, while it is on ListLeft
	Wait        Millis     // the forecast of the customer's wait, in the answer to their join; 0 = unknown
}

// LeftSince tells since when a question is left, and how much of that time its shop was open.
type LeftSince struct{ Since, Open Millis }

// RoomPage is a view with a page of the room's messages.
type RoomPage struct {
	View     View
	Messages []Message // without voids, in order
	Void     []int64   // places of the page that stay empty
	Through  int64     // the page is complete up to this place
	More     bool      // there is more after Through
	Card     *Card     // agents only, with the first page
	Hours    *HoursNow // in the answer to a customer's join, unless the room is active: whether somebody serves
}

// Ack promises that a text is stored at Seq for good.
type Ack struct {
	Room RoomID
	No   int
	Seq  int64
	At   Millis
	// Repeated tells that the text was already stored: this was a repeat, or another copy of it was faster.
	Repeated bool
}

// Desk is what an agent gets at a join: their rooms and the queue.
type Desk struct {
	Agent   Person
	Rooms   []RoomPage
	Queue   []View   // the oldest that wait or were left
	Waiting int      // how many wait in total, without those that were left
	Left    int      // how many questions are left: MaxLeft at most
	Agents  []Person // online colleagues, themselves included
}

// QueueList is the queue, oldest first, and the ids of the rooms that the agent holds.
type QueueList struct {
	Waiting int // how many wait in all, without those that were left
	Left    int // how many questions are left: MaxLeft at most
	Rooms   []View
	Mine    []RoomID
	Agents  []Person
}

// History is a page of a customer's messages, oldest first; Before is zero when there are no older ones.
type History struct {
	Messages []Message
	Before   Cursor
	Blocked  bool // the customer is blocked; only admins are told, who can unblock them
}
