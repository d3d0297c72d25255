package law

import (
	"errors"

	"rejoin/internal/chat"
)

// Posts notes that the running invocation posts to a connection.
func (l *Law) Posts(conn chat.ConnectionID, push chat.Push) {
	switch p := push.(type) {
	case chat.MessagePush:
		l.posted[place{p.Message.Room, p.Message.Seq}] = true
	case chat.RoomPush:
		if p.View.Room.Status == chat.StatusEnded {
			if c := l.world.Connection(conn); c != nil {
				l.toldOfEnd[ending{p.View.Room.ID, c.Client.Person.ID}] = true
			}
		}
	}
}

// Pushed checks a push that reaches a connection: its person may see what it tells.
func (l *Law) Pushed(c *Connection, p chat.Push) {
	if _, answers := p.(chat.Refused); answers {
		return // it answers one of their own frames
	}
	if c.Until != 0 && max(c.Until, c.Opened) < l.sweptAt-Slack {
		l.Break("OUTLIVED", "%s is told %T on %s, whose token had expired before the last sweep", c.Client.Name, p, c.ID)
	}
	var room chat.RoomID
	switch p := p.(type) {
	case chat.MessagePush, chat.RoomPush, chat.PresencePush:
		room = roomOf(p)
	case chat.TypingPush:
		room = p.Room
	case chat.ReadPush:
		room = p.Room
	case chat.QueueAdd, chat.QueueRemove, chat.QueueRemoveAll:
		if c.Client.Person.Side != chat.Agent {
			l.Break("LEAK", "%s is told of the queue", c.Client.Name)
		}
		return
	default:
		return
	}
	if r, who := l.Rooms[room], c.Client.Person.ID; r.Customer.Who != who && !r.WasHeldBy(who) {
		l.Break("LEAK", "%s is told of room %s: %T", c.Client.Name, room, p)
	}
}

// PostAnswered notes what the running invocation must do after a post: close a customer's connection that it could not
// reach, and clear the mark of a seat that it did reach.
func (l *Law) PostAnswered(conn chat.ConnectionID, push chat.Push, err error) {
	v := l.world.Current()
	if v == nil {
		return
	}
	if v.reached == nil {
		v.reached = map[chat.ConnectionID]bool{}
	}
	c := l.world.Connection(conn)
	unclear := err != nil && c != nil && c.Client.Person.Side == chat.Customer && !errors.Is(err, chat.ErrGone) && !errors.Is(err, chat.ErrThrottled)
	v.reached[conn] = v.reached[conn] || err == nil || unclear
	switch push.(type) {
	case chat.Replaced, chat.Refused: // whoever misses it finds out by the next answer
	default:
		if unclear {
			v.unposted = append(v.unposted, conn)
		}
	}
	if err != nil {
		return
	}
	for _, r := range v.firstRead { // it has known these marks since its first read
		for _, side := range []chat.Side{chat.Customer, chat.Agent} {
			if seat := r.Member(side).Seat; seat.Conn == conn && !seat.Online() && roomOf(push) == r.ID {
				v.unhealed = append(v.unhealed, mark{member{r.ID, side}, seat, r.Rev})
			}
		}
	}
}

// Closes checks a close by the running invocation: a throttled post closes nobody's connection, and no failed post a
// console's. Else everybody would come back at once when posts are scarce. A block closes for its own reason.
func (l *Law) Closes(conn chat.ConnectionID) {
	l.closed[conn] = true
	v, c := l.world.Current(), l.world.Connection(conn)
	expired := c != nil && c.Until != 0 && c.Until < l.world.Now()+Slack
	if v == nil || c == nil || c == v.Connection || expired || v.Name == "block" || v.Name == EndWaitingName || l.People[c.Client.Person.ID].Blocked {
		return
	}
	if reached, posted := v.reached[conn]; posted && !reached {
		l.Break("CUT_OFF", "%s closes %s of %s, because a post to it failed", v.Label(), conn, c.Client.Name)
	}
}

// roomOf is the room of a push of a message, a room or a presence; empty for any other push.
func roomOf(push chat.Push) chat.RoomID {
	switch p := push.(type) {
	case chat.MessagePush:
		return p.Message.Room
	case chat.RoomPush:
		return p.View.Room.ID
	case chat.PresencePush:
		return p.Room
	}
	return ""
}
