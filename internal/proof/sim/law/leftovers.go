package law

import "rejoin/internal/chat"

// AllEnded tells whether no room is open.
func (l *Law) AllEnded() bool {
	for _, r := range l.Rooms {
		if r.Status != chat.StatusEnded {
			return false
		}
	}
	return true
}

// Left checks what is left this many minutes after everybody has left. indexed: the open rooms according to the indexes.
func (l *Law) Left(minutes int, indexed []chat.RoomID) {
	for _, id := range l.Opened {
		r := l.Rooms[id]
		if r.Status != chat.StatusEnded {
			l.Break("STAYS_OPEN", "room %s is %s after %d min alone", id, r.Status, minutes)
			return
		}
		for seq := int64(1); seq <= r.Seq; seq++ {
			if here := (place{id, seq}); l.undecided(here) {
				l.Break("UNDECIDED", "%s is undecided after the end", here)
			}
		}
		if l.stored[place{id, 1}].Event != chat.EventOpened || l.stored[place{id, r.Seq}].Event != chat.EventEnded {
			l.Break("FRAMED", "the history of room %s does not go from its opening to its end", id)
		}
	}
	for _, c := range l.changes {
		if got := l.stored[c.place].Event; got != c.event {
			l.Break("UNTOLD", "%s should hold the event %q and holds %q", c.place, c.event, got)
		}
	}
	if len(indexed) > 0 {
		l.Break("INDEXED", "%v are still in an index", indexed)
	}
}

func (l *Law) undecided(p place) bool {
	_, decided := l.stored[p]
	return !decided
}

// Held are the rooms that a client's agent holds on their newest connection.
func (l *Law) Held(c *Client) []chat.RoomID {
	var held []chat.RoomID
	newest := l.People[c.Person.ID].Seat.At
	for _, id := range l.Opened {
		if r := l.Rooms[id]; r.Status == chat.StatusActive && r.Agent.Seat.Conn == c.Connection.ID && r.Agent.Seat.At == newest {
			held = append(held, id)
		}
	}
	return held
}

// Returned checks rooms whose agents have been away for longer than the rule says: each is in the queue again, or has ended.
func (l *Law) Returned(heldBy map[chat.RoomID]chat.PersonID) {
	for _, id := range l.Opened {
		if r := l.Rooms[id]; r.Status == chat.StatusActive && r.Agent.Who == heldBy[id] {
			l.Break("LINGERS", "room %s is still held by %s, who left", id, r.Agent.Who)
		}
	}
}
