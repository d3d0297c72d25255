package chat

import (
	"context"
	"fmt"
)

const (
	// maxExamined is how many rooms a page examines, whatever it finds.
	maxExamined = 90
	// chatBytes is the size of an ended room in a page besides the room itself and people.
	chatBytes = 190
)

// chatsPage builds a page of ended chats.
type chatsPage struct {
	*Service
	query    ChatsQuery
	span     Span
	result   Chats
	search   search
	budget   budget
	examined int                 // how many rooms were examined
	names    map[PersonID]string // current names of agents
	emails   map[PersonID]string // of customers
}

// full tells whether the page has reached a limit of size or work.
func (p *chatsPage) full() bool {
	return len(p.result.Rooms) == MaxPage || p.examined >= maxExamined || p.search.bytes <= 0
}

// fill examines one room after the other until the page is full or there are no more.
func (p *chatsPage) fill(ctx context.Context) error {
	done := p.query.After
	for more := true; more; {
		ends := []Ending{done.Ending}
		if more = done.Seq > 0; !more { // not in the middle of a room
			var err error
			if ends, err = p.Store.EndedRooms(ctx, p.span, done.Ending, MaxPage); err != nil {
				return fmt.Errorf("list ended rooms: %w", err)
			}
			more = len(ends) == MaxPage
		}
		rooms, err := p.read(ctx, ends)
		if err != nil {
			return err
		}
		for i, end := range ends {
			next, err := p.addIfMatching(ctx, rooms[end.Room], end, done)
			if err != nil {
				return err
			}
			if next.Ending != end || next.Seq > 0 { // the page ends before the room does
				p.result.After = next
				return nil
			}
			done = next
			if p.full() && (more || i+1 < len(ends)) {
				p.result.After = done
				return nil
			}
		}
	}
	return nil
}

// read reads the rooms that still exist.
func (p *chatsPage) read(ctx context.Context, ends []Ending) (map[RoomID]Room, error) {
	ids := make([]RoomID, len(ends))
	for i, end := range ends {
		ids[i] = end.Room
	}
	found, err := p.Store.Rooms(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read ended rooms: %w", err)
	}
	rooms := make(map[RoomID]Room, len(found))
	for _, r := range found {
		rooms[r.ID] = r
	}
	return rooms, nil
}

// addIfMatching adds the room to the page if it meets the query. It returns how far the page came: past the room, or
// less if the page cannot hold it or its search has to go on with the next page.
func (p *chatsPage) addIfMatching(ctx context.Context, r Room, end Ending, done ChatsCursor) (ChatsCursor, error) {
	p.examined++
	after := ChatsCursor{Ending: end}
	// What was read may lag behind the list, and a cursor within a room comes from the client.
	if !p.span.Has(r) || r.Ending() != end || !p.query.matches(r) {
		return after, nil
	}
	from := after
	if done.Seq > 0 {
		from = done
	}
	switch at, found, err := p.search.inRoom(ctx, r, from); {
	case err != nil:
		return done, err
	case at.Seq > 0:
		return at, nil
	case !found:
		return after, nil
	}
	row := EndedRoom{Room: r}
	bytes := chatBytes + roomSize(r)
	for _, id := range r.Held {
		name, err := p.name(ctx, r, id)
		if err != nil {
			return done, err
		}
		agent := Person{ID: id, Name: name}
		row.Agents = append(row.Agents, agent)
		bytes += personSize(agent)
	}
	if p.query.Emails {
		email, err := p.email(ctx, r.Customer.Who)
		if err != nil {
			return done, err
		}
		row.Email = email
		bytes += quoted(email)
	}
	if !p.budget.take(bytes) {
		return done, nil
	}
	p.result.Rooms = append(p.result.Rooms, row)
	return after, nil
}

// email is a customer's address, read once for the page.
func (p *chatsPage) email(ctx context.Context, customer PersonID) (string, error) {
	if _, known := p.emails[customer]; !known {
		c, err := p.Store.Person(ctx, customer)
		if err != nil {
			return "", fmt.Errorf("read customer: %w", err)
		}
		p.emails[customer] = c.Profile.Email
	}
	return p.emails[customer], nil
}

// name is an agent's name. The room knows its last holder's; the others are read once for the page.
func (p *chatsPage) name(ctx context.Context, r Room, agent PersonID) (string, error) {
	if agent == r.Agent.Who {
		return r.Agent.Name, nil
	}
	if _, known := p.names[agent]; !known {
		a, err := p.Store.Person(ctx, agent)
		if err != nil {
			return "", fmt.Errorf("read agent: %w", err)
		}
		p.names[agent] = truncateBytes(a.Name, maxName)
	}
	return p.names[agent], nil
}
