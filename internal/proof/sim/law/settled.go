package law

import (
	"fmt"
	"slices"

	"rejoin/internal/chat"
	"rejoin/internal/proof/sim/client"
)

// Unsettled names the first thing that is not as it should be after the faults have stopped; nil if all is well.
func (l *Law) Unsettled() *Violation {
	for _, p := range l.world.People() {
		if l.People[p.ID].Blocked {
			return wrong("STAYS_BLOCKED", "%s is still blocked", p.ID)
		}
	}
	if v := l.late(); v != nil {
		return v
	}
	for _, c := range l.world.Clients() {
		if !c.On || c.Program {
			continue
		}
		if v := l.unsettled(c); v != nil {
			return v
		}
	}
	return nil
}

func wrong(code, format string, args ...any) *Violation {
	return &Violation{Code: code, Words: fmt.Sprintf(format, args...)}
}

func (l *Law) unsettled(c *Client) *Violation {
	switch {
	case c.State() == client.ReplacedState && c.ReplacedBy == c.Name:
		return wrong("ALONE", "%s waits for its user, but was replaced by itself alone", c.Name)
	case c.State() == client.ReplacedState, c.Person.removed(l.world.Now()):
		return nil
	case !c.Connected(l.world.Now()):
		return wrong("NOT_CONNECTED", "%s is not connected", c.Name)
	}
	for _, t := range c.Texts {
		if !t.Acked && t.Failed == "" && !t.Discarded {
			return wrong("STUCK", "%q is neither acknowledged nor reported as failed", t.Key)
		}
	}
	switch {
	case c.Agent != nil:
		return l.agentShows(c)
	// A customer's page without a chat does not poll, so it may not have noticed that another device took over. It will when
	// its user acts.
	case c.Talk() == nil && !l.isSeated(c):
		return nil
	}
	return l.customerShows(c)
}

// isSeated tells whether the person's newest connection is this device's.
func (l *Law) isSeated(c *Client) bool {
	return slices.ContainsFunc(c.Dialled, func(d *Connection) bool { return d.Stamp == int64(l.People[c.Person.ID].Seat.At) })
}

func (l *Law) customerShows(c *Client) *Violation {
	p := l.personRow(c.Person.ID)
	if p.Room == "" {
		return nil
	}
	if c.Customer.CurrentRoom() != string(p.Room) {
		return wrong("WRONG_ROOM", "%s shows room %q, but the newest is %s", c.Name, c.Customer.CurrentRoom(), p.Room)
	}
	return l.memberShows(c, l.Rooms[p.Room])
}

func (l *Law) agentShows(c *Client) *Violation {
	queue := c.Agent.Queue()
	for _, id := range l.Opened {
		r := l.Rooms[id]
		if listed := slices.Contains(queue, string(id)); listed != (r.Status == chat.StatusWaiting) {
			return wrong("QUEUE", "%s shows %s as waiting: %t, but it is %s", c.Name, id, listed, r.Status)
		}
		t := c.Thread(id)
		held := r.Status == chat.StatusActive && r.Agent.Who == c.Person.ID
		if shown := t != nil && t.Mine && t.Room.Status != string(chat.StatusEnded); shown != held {
			return wrong("HOLDS", "%s shows %s as its own: %t, but %q holds it", c.Name, id, shown, r.Agent.Who)
		}
		if held {
			if v := l.memberShows(c, r); v != nil {
				return v
			}
		}
	}
	return nil
}

// memberShows compares what a member's client shows of a room with what is stored.
func (l *Law) memberShows(c *Client, r chat.Room) *Violation {
	t := c.Thread(r.ID)
	if t == nil || t.Room == nil {
		return wrong("UNAWARE", "%s does not know room %s", c.Name, r.ID)
	}
	if t.Room.Status != string(r.Status) {
		return wrong("STATUS", "%s shows room %s as %s, but it is %s", c.Name, r.ID, t.Room.Status, r.Status)
	}
	if t.Since != r.Seq {
		return wrong("STALE", "%s has room %s up to %d of %d", c.Name, r.ID, t.Since, r.Seq)
	}
	for seq := int64(1); seq <= t.Since; seq++ {
		here := place{r.ID, seq}
		stored, decided := l.stored[here]
		shown, has := t.Message(seq)
		switch {
		case has && (!decided || stored.Void):
			return wrong("PHANTOM", "%s shows %q at %s, where nothing is stored", c.Name, shown.Text, here)
		case !has && decided && !stored.Void:
			return wrong("MISSED", "%s does not show %s, where %q is stored", c.Name, here, stored.Text)
		case has && (shown.Text != stored.Text || shown.Event != string(stored.Event)):
			return wrong("DIFFERS", "%s shows %q at %s, where %q is stored", c.Name, shown.Text, here, stored.Text)
		}
	}
	if r.Status == chat.StatusEnded {
		return nil
	}
	if r.Left && c.Customer != nil {
		return wrong("MISLISTED", "%s is there, and room %s is on the list of questions left", c.Name, r.ID)
	}
	side := c.Person.Side
	if seat := r.Member(side).Seat; seat.Conn != c.Connection.ID || !seat.Online() {
		return wrong("UNSEATED", "%s is connected on %s, but room %s has %q, gone %d, lost: %t", c.Name, c.Connection.ID, r.ID, seat.Conn, seat.Gone, seat.Lost)
	}
	for _, other := range l.world.Clients() {
		if other.Person.ID == r.Member(side.Other()).Who && other.Connected(l.world.Now()) && !t.Online {
			return wrong("OFFLINE", "%s shows %s as away in room %s", c.Name, other.Name, r.ID)
		}
	}
	return nil
}
