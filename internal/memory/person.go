package memory

import (
	"cmp"
	"context"
	"time"

	"rejoin/internal/chat"
)

// PutConnection implements chat.PeopleStore. Records never expire here.
func (s *Store) PutConnection(_ context.Context, c chat.Caller) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.connections[c.Conn] = c
	return nil
}

// DeleteConnection implements chat.PeopleStore.
func (s *Store) DeleteConnection(_ context.Context, id chat.ConnectionID) (chat.Caller, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.connections[id]
	delete(s.connections, id)
	return c, nil
}

// CountConnection implements chat.PeopleStore. Counts never expire here.
func (s *Store) CountConnection(_ context.Context, from string, now chat.Millis, most int) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	here := addressMinute{from, now / chat.Millis(time.Minute.Milliseconds())}
	if !s.holds(CountConnectionIsBelow, s.connectionCounts[here] < most) {
		return false, nil
	}
	s.connectionCounts[here]++
	return true, nil
}

// Person implements chat.PeopleStore.
func (s *Store) Person(_ context.Context, id chat.PersonID) (chat.Person, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.people[id], nil
}

// SeatPerson implements chat.PeopleStore.
func (s *Store) SeatPerson(_ context.Context, c chat.Caller) (chat.Person, bool, error) {
	return s.updatePerson(c.Who,
		func(p chat.Person) bool {
			return s.holds(SeatPersonNoNewer, p.Seat.At <= c.At) && s.holds(SeatPersonNotYet, p.Seat.Conn != c.Conn)
		},
		func(p *chat.Person) {
			p.Name = cmp.Or(c.Name, p.Name)
			if c.Side == chat.Agent {
				p.Status = cmp.Or(p.Status, chat.StatusOnline) // and the load is 0 after UnseatPerson
			}
			p.Seat.Prev = cmp.Or(p.Seat.Conn, p.Seat.Prev)
			p.Seat.Conn, p.Seat.At = c.Conn, c.At
		})
}

// UnseatPerson implements chat.PeopleStore.
func (s *Store) UnseatPerson(_ context.Context, who chat.PersonID, conn chat.ConnectionID) (chat.Person, bool, error) {
	return s.updatePerson(who,
		func(p chat.Person) bool { return s.holds(UnseatPersonExactly, p.ID != "" && p.Seat.Conn == conn) },
		func(p *chat.Person) { p.Seat.Conn, p.Load = "", 0 })
}

// SetLoad implements chat.PeopleStore.
func (s *Store) SetLoad(_ context.Context, agent chat.PersonID, load int) (chat.Person, bool, error) {
	return s.updatePerson(agent,
		func(p chat.Person) bool { return s.holds(SetLoadIsConnected, p.Seat.Conn != "") },
		func(p *chat.Person) { p.Load = load })
}

// AddLoad implements chat.PeopleStore.
func (s *Store) AddLoad(_ context.Context, agent chat.PersonID, by int) (chat.Person, bool, error) {
	return s.updatePerson(agent,
		func(p chat.Person) bool { return s.holds(AddLoadIsConnected, p.Seat.Conn != "") },
		func(p *chat.Person) { p.Load += by })
}

// SetStatus implements chat.PeopleStore.
func (s *Store) SetStatus(_ context.Context, c chat.Caller, status chat.AgentStatus) (chat.Person, bool, error) {
	return s.updatePerson(c.Who,
		func(p chat.Person) bool {
			return s.holds(StatusIsKnown, p.ID != "") && s.holds(StatusNoNewer, p.Seat.At <= c.At)
		},
		func(p *chat.Person) { p.Status = status })
}

// SetBlocked implements chat.PeopleStore.
func (s *Store) SetBlocked(_ context.Context, customer chat.PersonID, blocked bool, _ chat.Millis) (chat.Person, bool, error) {
	return s.updatePerson(customer,
		func(p chat.Person) bool { return s.holds(BlockedIsKnown, p.ID != "") },
		func(p *chat.Person) { p.Blocked = blocked })
}

func (s *Store) updatePerson(id chat.PersonID, cond func(chat.Person) bool, write func(*chat.Person)) (chat.Person, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.people[id]
	if !cond(p) {
		return p, false, nil
	}
	p.ID = id
	write(&p)
	s.people[id] = p
	return p, true, nil
}

// replaceProfile replaces the fields that are given.
func replaceProfile(old *chat.Profile, p chat.Profile) {
	old.Name, old.Email, old.Topic = cmp.Or(p.Name, old.Name), cmp.Or(p.Email, old.Email), cmp.Or(p.Topic, old.Topic)
	old.Page.URL = cmp.Or(p.Page.URL, old.Page.URL)
	old.Page.Title = cmp.Or(p.Page.Title, old.Page.Title)
	old.Page.Lang = cmp.Or(p.Page.Lang, old.Page.Lang)
}
