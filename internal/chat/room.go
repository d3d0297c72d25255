package chat

import (
	"cmp"
	"slices"
	"time"
)

// Status of a room. It goes from waiting to active and back any number of times, and to ended once.
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
)

// Reasons are all of them.
func Reasons() []Reason { return []Reason{AgentEnded, CustomerEnded, Idle, CustomerLeft, Abandoned} }

// Member is one side of a room. It outlives whoever holds it: numbers run for the room's life.
type Member struct {
	Who  PersonID // empty: nobody holds it (the agent's side of a waiting room)
	Name string
	Seat Seat

	No      int    // the last number accepted on this side
	Next    int    // the number to come: No+1, or more where a change of holder skipped one
	NoSeq   int64  // the place that No got
	NoAt    Millis // when
	Digest  string // of No's text
	BurstAt Millis // when the present run of texts began: see Rules.Texts
	Read    int64  // seen up to this seq
}

// Room is the hub of a conversation, at most 1 KB when stored, so that a write costs one unit.
type Room struct {
	ID       RoomID
	Rev      int64 // raised by every write
	Status   Status
	Seq      int64 // the newest place given out
	Settled  int64 // every place up to here is decided
	Created  Millis
	Customer Member
	Agent    Member
	Topic    string
	Preview  string // start of the newest text
	TakenAt  Millis // when its present (or last) agent got it
	Waited   Millis // how long until its first agent took it; nothing where Held is empty
	AskedAt  Millis // when the customer wrote the first text that no agent's has come after; see UnansweredSince
	Warned   Warning
	SweepAt  Millis // when the sweep looks next; 0 once ended
	EndedAt  Millis
	Reason   Reason
	Held     []PersonID // every agent who ever held it, sorted
	Rating   Rating     // once ended: a room is only within its 1 KB while it is open
	Counted  bool       // once ended: the statistics have it as it is
}

// Rating is what a customer says of an ended room; a Score of 0 is none.
type Rating struct {
	Score   int    // 1…MaxScore
	Comment string // at most MaxComment code points; may be empty
}

// Warning is the last idle_warning or unanswered_warning, and its place.
type Warning struct {
	Seq int64
	At  Millis
}

// Member returns the side's member.
func (r *Room) Member(s Side) *Member {
	if s == Customer {
		return &r.Customer
	}
	return &r.Agent
}

// LastActivityAt is when somebody last wrote, or the room began to be as it is.
func (r *Room) LastActivityAt() Millis {
	return max(r.Created, r.TakenAt, r.Customer.NoAt, r.Agent.NoAt)
}

// AttendedAt is when an agent last took the room or wrote in it; when it began where none has.
func (r *Room) AttendedAt() Millis { return max(r.Created, r.TakenAt, r.Agent.NoAt) }

// UnansweredSince is since when the customer waits for an answer; 0 where the newest text is an agent's, or there is none.
func (r *Room) UnansweredSince() Millis {
	if r.Customer.NoSeq <= r.Agent.NoSeq {
		return 0
	}
	return cmp.Or(r.AskedAt, r.Customer.NoAt)
}

// WasHeldBy tells whether the agent holds or ever held the room.
func (r *Room) WasHeldBy(agent PersonID) bool {
	_, found := slices.BinarySearch(r.Held, agent)
	return found
}

// Ending is the place of an ended room among others.
func (r *Room) Ending() Ending { return Ending{At: r.EndedAt, Room: r.ID} }

// full tells whether people can write no more in the room.
func (r *Room) full() bool { return r.Seq >= MaxPlaces }

// How long what is new is left alone.
const (
	// Grace is how long a number may stay undecided before a join settles it with a void marker.
	Grace = 5 * time.Second
	// YoungConnection is how long a 410 does not mark a seat: the gateway answers it for connections that are
	// just being established.
	YoungConnection = 10 * time.Second
)

// assign gives the agent's side to an agent. Where somebody held it before, it skips one number, so that a copy still
// in flight of an earlier holder's text is not taken for the next one's.
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
	if i, found := slices.BinarySearch(r.Held, agent.ID); !found {
		r.Held = slices.Insert(slices.Clone(r.Held), i, agent.ID)
	}
}

// requeue puts the room back into the queue. Its place is its id, so it is the old one.
func (r *Room) requeue() {
	r.Status = StatusWaiting
	r.Agent.Who, r.Agent.Name, r.Agent.Seat = "", "", Seat{}
}

func (r *Room) end(reason Reason, now Millis) {
	r.Status, r.Reason, r.EndedAt, r.SweepAt = StatusEnded, reason, now, 0
}

// Times are how long the customer of an ended room waited, until an agent first took it or else until its end, and how
// long the rest was, in which there was somebody to talk to or, after a release, there had been.
func (r *Room) Times() (waited, talked Millis) {
	whole := max(r.EndedAt-r.Created, 0)
	if len(r.Held) == 0 {
		return whole, 0
	}
	return r.Waited, max(whole-r.Waited, 0)
}
