package linear

import (
	"fmt"
	"strings"

	"rejoin/internal/chat"
)

// person is an index: the customer, then the agents.
type person int

const (
	theCustomer person = iota
	firstAgent
	people = firstAgent + 3
)

// member is one side of the room, as the model knows it.
type member struct {
	Who  chat.PersonID
	Next int
	Conn chat.ConnectionID
	At   chat.Stamp
	Gone bool
}

// roomView is a room as an answer shows it.
type roomView struct {
	ID              chat.RoomID
	Status          chat.Status
	Rev, Seq        int64
	Customer, Agent member
}

func memberOf(m chat.Member) member {
	return member{m.Who, m.Next, m.Seat.Conn, m.Seat.At, m.Seat.Gone != 0}
}

func viewOf(r chat.Room) roomView {
	return roomView{r.ID, r.Status, r.Rev, r.Seq, memberOf(r.Customer), memberOf(r.Agent)}
}

// state is the room when steps happen one after another.
type state struct {
	roomView
	arrived [people]chat.Stamp // each person's newest connection
	held    [people]bool       // the agents who ever held it
	places  string             // of each text that got a number: its name and its place
}

// name identifies the content of a place: a text by its side's number, or a change by its caller.
type name string

func textName(side chat.Side, no int, text string) name {
	return name(fmt.Sprintf("%s %d %q", side, no, text))
}

func eventName(event chat.Event, by string) name { return name(fmt.Sprintf("%s by %s", event, by)) }

func (s state) place(of name) (seq int64) {
	if _, after, found := strings.Cut(s.places, "|"+string(of)+"="); found {
		_, _ = fmt.Sscan(after, &seq)
	}
	return seq
}

func (s *state) member(side chat.Side) *member {
	if side == chat.Customer {
		return &s.Customer
	}
	return &s.Agent
}

// open tells whether the room exists and has not ended.
func (s state) open() bool { return s.Status == chat.StatusWaiting || s.Status == chat.StatusActive }

// seated is the room with the caller's connection as the current one. If it already is, nothing is written.
func (s state) seated(c chat.Caller) state {
	m := s.member(c.Side)
	if m.Conn != c.Conn {
		s.Rev++
	}
	m.Conn, m.At, m.Gone = c.Conn, c.At, false
	return s
}

// withPlace is the room after a write that takes a place.
func (s state) withPlace() state {
	s.Rev++
	s.Seq++
	return s
}

// opened is the customer's new room.
func (s state) opened(c chat.Caller) state {
	s.roomView = roomView{
		Status: chat.StatusWaiting, Rev: 1, Seq: 1,
		Customer: member{Who: c.Who, Next: 1, Conn: c.Conn, At: c.At}, Agent: member{Next: 1},
	}
	return s
}

// taken is the room once the agent holds it. A number is skipped if somebody held it before.
func (s state) taken(p person, c chat.Caller) state {
	s = s.withPlace()
	if s.held != ([people]bool{}) {
		s.Agent.Next++
	}
	s.held[p] = true
	s.Status = chat.StatusActive
	s.Agent.Who, s.Agent.Conn, s.Agent.At = c.Who, c.Conn, c.At
	return s
}

func (s state) released() state {
	s = s.withPlace()
	s.Status = chat.StatusWaiting
	s.Agent = member{Next: s.Agent.Next}
	return s
}

func (s state) ended() state {
	s = s.withPlace()
	s.Status = chat.StatusEnded
	return s
}

// left is the room after the customer's connection closed, if it was the current one.
func (s state) left(c chat.Caller) state {
	if s.open() && s.Customer.Conn == c.Conn {
		s.Rev++
		s.Customer.Conn, s.Customer.Gone = "", true
	}
	return s
}

// numbered is the room after a text got its number.
func (s state) numbered(c chat.Caller, no int, of name) state {
	s = s.withPlace()
	m := s.member(c.Side)
	m.Next, m.Conn, m.At, m.Gone = no+1, c.Conn, c.At, false
	s.places += fmt.Sprintf("|%s=%d", of, s.Seq)
	return s
}

// refusal is why the caller may not act as a member, in the service's order.
func (s state) refusal(c chat.Caller) chat.Code {
	m := s.Agent
	if c.Side == chat.Customer {
		m = s.Customer
	}
	switch {
	case m.Who != c.Who:
		return chat.Forbidden
	case s.Status == chat.StatusEnded:
		return chat.Ended
	case m.At > c.At:
		return chat.NotCurrent
	}
	return ""
}
