package chat

import (
	"cmp"
	"slices"
	"time"
)

// Status of a room: waiting and active alternate any number of times, ended is final.
type Status string

// The states of a room.
const (
	StatusWaiting Status = "waiting"
	StatusActive  Status = "active"
	StatusEnded   Status = "ended"
)

// Reason is why a room ended.
type Reason string

// The reasons, as the wire names them.
const (
	AgentEnded    Reason = "agent_ended"
	CustomerEnded Reason = "customer_ended"
	Idle          Reason = "idle"
	CustomerLeft  Reason = "customer_left"
	Abandoned     Reason = "abandoned"
	Expired       Reason = "expired" // a question that was left, and that nobody answered
)

// Reasons lists all reasons. Statistics store their numbers in this order, so a new one goes last.
func Reasons() []Reason {
	return []Reason{AgentEnded, CustomerEnded, Idle, CustomerLeft, Abandoned, Expired}
}

// Member is one side of a room. It outlives its holder: numbers continue for the room's life.
type Member struct {
	Who  PersonID // empty: no holder (the agent's side of a waiting room)
	Name string
	Seat Seat

	No      int    // the last number accepted on this side
	Next    int    // the next number: No+1, or more if a change of holder skipped one
	NoSeq   int64  // the place of No
	NoAt    Millis // when
	Digest  string // of No's text
	BurstAt Millis // when the current burst of texts began: see Rules.Burst
	Read    int64  // the read mark: seen up to this seq
}

// Room is the state of a conversation. It takes at most 1 KB when stored, so that a write costs one unit.
type Room struct {
	ID       RoomID
	Rev      int64 // raised by every write
	Status   Status
	Seq      int64 // the newest place
	Settled  int64 // every place up to here is settled
	Bound    int64 // no text gets a place beyond it before more are settled; 0 = none: opened by an earlier version
	Created  Millis
	Customer Member
	Agent    Member
	Network  string // the Caller's who began it, until an agent takes it: then there may be no space for it in the 1 KB
	Topic    string
	Preview  string // the start of the newest text
	TakenAt  Millis // when its current (or last) holder got it
	Waited   Millis // how long until an agent first took it; 0 while Held is empty
	AskedAt  Millis // when the customer wrote the first text without an answer; see UnansweredSince
	Warned   Warning
	Kept     Millis // since when it is kept for later, because nobody served; 0 = an ordinary room, as after an agent got it from a customer who was there
	Left     bool   // it is on ListLeft, not on ListWaiting: kept, pending, and its customer is gone
	SweepAt  Millis // when the sweep checks it next; 0 once ended
	EndedAt  Millis
	Reason   Reason
	Held     []PersonID // every agent who ever held it, sorted
	Rating   Rating     // only once ended: it does not fit into the 1 KB of an open room
	Ratings  int        // how many ratings were stored: at most MaxRatings
	Counted  bool       // only once ended: the statistics include it as it is
}

// Rating is the customer's rating of an ended room; Score 0 means none.
type Rating struct {
	Score   int    // 1…MaxScore
	Comment string // at most MaxComment code points; may be empty
}

// Warning is the last idle_warning or unanswered_warning, and its place.
type Warning struct {
	Seq int64
	At  Millis
}

// Member returns the member of a side.
func (r *Room) Member(s Side) *Member {
	if s == Customer {
		return &r.Customer
	}
	return &r.Agent
}

// LastActivityAt is when somebody last wrote, or when the room was opened or taken if that was later.
func (r *Room) LastActivityAt() Millis {
	return max(r.Created, r.TakenAt, r.Customer.NoAt, r.Agent.NoAt)
}

// AttendedAt is when an agent last took the room or wrote in it; when it was opened if none has.
func (r *Room) AttendedAt() Millis { return max(r.Created, r.TakenAt, r.Agent.NoAt) }

// UnansweredSince is the time from which the customer waits for an answer; 0 if the newest text is an agent's, or there
// is none.
func (r *Room) UnansweredSince() Millis {
	if r.Customer.NoSeq <= r.Agent.NoSeq {
		return 0
	}
	return cmp.Or(r.AskedAt, r.Customer.NoAt)
}

// Pending tells whether the room is kept and something in it is still to come: the customer's answer, or that they read it.
func (r *Room) Pending() bool {
	return r.Kept != 0 && (!r.answered() || r.Customer.Read < r.Agent.NoSeq)
}

// answered tells whether the newest text is an agent's.
func (r *Room) answered() bool { return r.Agent.NoSeq > r.Customer.NoSeq }

// endWaitingAs is why a waiting room ends because its customer is gone: a kept one that is answered has done its work.
func (r *Room) endWaitingAs(unanswered Reason) Reason {
	if r.Kept != 0 && r.answered() {
		return CustomerLeft
	}
	return unanswered
}

// belongsToLeft tells whether the room belongs on ListLeft: it waits, is pending, and its customer is gone.
func (r *Room) belongsToLeft() bool {
	return r.Status == StatusWaiting && r.Pending() && r.Customer.Seat.Gone != 0
}

// WaitsPresent tells whether the room waits and its customer is present: only such rooms count in the positions of others.
func (r *Room) WaitsPresent() bool { return r.Status == StatusWaiting && r.Customer.Seat.Online() }

// holder is the agent who holds the room now, if any does.
func (r *Room) holder() PersonID {
	if r.Status != StatusActive {
		return ""
	}
	return r.Agent.Who
}

// WasHeldBy tells whether the agent is or was the room's holder.
func (r *Room) WasHeldBy(agent PersonID) bool {
	_, found := slices.BinarySearch(r.Held, agent)
	return found
}

// Ending is the room's position among ended rooms.
func (r *Room) Ending() Ending { return Ending{At: r.EndedAt, Room: r.ID} }

// full tells whether people can no longer write in the room.
func (r *Room) full() bool { return r.Seq >= MaxPlaces }

// hasMovedTooOften tells whether the room has changed hands so often that it can only be ended.
func (r *Room) hasMovedTooOften() bool { return r.Seq >= MaxPlaces+MaxMoves }

func movedTooOften() *Error {
	return fail(TooLong, "This chat has changed hands too often. It can only be ended.")
}

// Periods of grace.
const (
	// Grace is how long a number may stay without a text before a join settles its place as void.
	Grace = 5 * time.Second
	// YoungConnection is the age below which a 410 does not mark a seat: the gateway also answers 410 for connections
	// that are still being established.
	YoungConnection = 10 * time.Second
)

// assign makes an agent the holder. After an earlier holder it skips one number, so that a late copy of that holder's
// text is not taken for the new holder's. If the customer is here, it is an ordinary chat from then on.
func (r *Room) assign(agent Person, now Millis) {
	if len(r.Held) > 0 {
		r.Agent.Next++
	} else {
		r.Waited = max(now-r.Created, 0) // clocks differ
	}
	r.Status = StatusActive
	r.Agent.Who, r.Agent.Name = agent.ID, truncateBytes(agent.Name, maxName)
	r.Agent.Seat = Seat{Conn: agent.Seat.Conn, At: agent.Seat.At}
	r.TakenAt = now
	r.Network = ""
	if r.Customer.Seat.Online() {
		r.Kept = 0
	}
	if i, found := slices.BinarySearch(r.Held, agent.ID); !found {
		r.Held = slices.Insert(slices.Clone(r.Held), i, agent.ID)
	}
}

// requeue puts the room back into the queue, at its old position, since the queue is sorted by room id.
func (r *Room) requeue() {
	r.Status = StatusWaiting
	r.Agent.Who, r.Agent.Name, r.Agent.Seat = "", "", Seat{}
}

func (r *Room) end(reason Reason, now Millis) {
	r.Status, r.Reason, r.EndedAt, r.SweepAt = StatusEnded, reason, now, 0
	r.Network = ""
}

// Times tells how long the customer of an ended room waited (until an agent first took it, else until its end) and
// how long the rest of the chat was.
func (r *Room) Times() (waited, talked Millis) {
	whole := max(r.EndedAt-r.Created, 0)
	if len(r.Held) == 0 {
		return whole, 0
	}
	return r.Waited, max(whole-r.Waited, 0)
}
