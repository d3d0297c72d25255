package law

import (
	"slices"
	"strings"

	"rejoin/internal/chat"
)

// These clauses are about what one person can make the system do to the others.

// Limits are the deployment's limits besides its rules.
type Limits struct {
	Connects int   // of one address in a minute
	AtOnce   int   // frames of one connection
	InSecond int   // the same, from then on
	Backlog  int   // how many wait before everybody else
	Nights   bool  // the shop closes and opens
	Patience int64 // how long after it was written a text is acknowledged in spite of everybody's greed, ms; 0: not checked
}

// starting is a customer's burst of starts.
type starting struct {
	chats int
	at    chat.Millis // when the burst began
}

// checkStarts: a customer's chats come in bursts, each long enough after the one before.
func (l *Law) checkStarts(r chat.Room) {
	s := l.starts[r.Customer.Who]
	s.chats++
	if (s.chats-1)%l.rules.Starts == 0 {
		if s.at != 0 && r.Created < s.at.After(l.rules.StartWindow) {
			l.Break("TOO_MANY_STARTS", "%s has begun %d chats in %d ms", r.Customer.Who, l.rules.Starts, r.Created-s.at)
		}
		s.at = r.Created
	}
	l.starts[r.Customer.Who] = s
}

// checkRoomForMore: a chat is begun only if fewer than Rules.Waiting have waited at some time since its start came, as far
// as that could be known.
func (l *Law) checkRoomForMore(r chat.Room) {
	v := l.world.Applying()
	if v == nil || v.Stale {
		return
	}
	if least := slices.Min(l.waiting[v.began:]); least >= l.rules.Waiting {
		l.Break("CROWDED", "room %s is opened though %d wait already", r.ID, least)
	}
}

// checkDeclined checks an answer to a start of one of our clients that begins no chat.
func (l *Law) checkDeclined(v *Invocation, body []byte) {
	var e struct{ Code string }
	if !l.decode(body, &e) || v.Name != "join" || v.person().Side != chat.Customer {
		return
	}
	switch most := slices.Max(l.waiting[v.began:]); {
	case e.Code == "full" && !v.Stale && most < l.rules.Waiting:
		l.Break("NOT_FULL", "%s is told that it is full, where %d wait", v.Label(), most)
	case e.Code == "full" && l.Rooms[l.People[v.person().ID].Room].Status == chat.StatusWaiting:
		l.Break("NOT_FULL", "%s is told that it is full, and waits already", v.Label())
	case e.Code == "rate_limited" && l.starts[v.person().ID].chats%l.rules.Starts != 0:
		l.Break("TURNED_AWAY", "%s is told that it has begun many chats", v.Label())
	}
}

// Acts notes that a client's user does something.
func (l *Law) Acts(c *Client) { delete(l.declined, c) }

// Asks checks a frame that one of our clients sends: it starts no chat again by itself once it has been told that it is full.
func (l *Law) Asks(c *Client, body []byte) {
	var asked struct{ ID string }
	if !strings.Contains(string(body), `"start":true`) || !l.decode(body, &asked) {
		return
	}
	if l.declined[c] {
		l.Break("ASKS_AGAIN", "%s starts a chat again, and its user has not asked for it", c.Name)
	}
	l.started[c] = asked.ID
}

// Receives notes that a client is told that it is full, in answer to its newest start. An answer that is lost tells nothing.
func (l *Law) Receives(c *Client, body []byte) {
	var e struct{ Code, Re string }
	if !c.Person.Greedy && strings.Contains(string(body), `"code":"full"`) && l.decode(body, &e) && e.Re == l.started[c] {
		l.declined[c] = true
	}
}

// served are the frames of a connection that cost requests.
type served struct {
	since int64
	n     int
}

// checkFrameLimit: what a connection sends too fast costs no request.
func (l *Law) checkFrameLimit(v *Invocation) {
	c := v.Connection
	if v.paced || l.limits.AtOnce == 0 || v.Name == ConnectName || v.Name == DisconnectName {
		return
	}
	v.paced = true
	s := l.served[c]
	if s == nil {
		s = &served{since: v.Started}
		l.served[c] = s
	}
	s.n++
	if most := l.limits.AtOnce + 1 + int(v.Started-s.since)*l.limits.InSecond/1000; s.n > most {
		l.Break("TOO_MANY_FRAMES", "%d frames of %s are served, and not %d", s.n, c.ID, most)
	}
}

// addressMinute is an address and a minute.
type addressMinute struct {
	from   string
	minute int64
}

// Arrives checks a customer's connection that is let in: not more come from one address in a minute than may.
func (l *Law) Arrives(c *Client, from string) {
	if c.Person.Side == chat.Agent {
		return
	}
	here := addressMinute{from, l.world.Now() / 60_000}
	l.connectionCounts[here]++
	if n := l.connectionCounts[here]; n > l.limits.Connects {
		l.Break("TOO_MANY_CONNECTIONS", "%d connections from one address are let in within a minute", n)
	}
}

// TurnedAway checks a connection that is refused for good: only for a reason that its customer has given.
func (l *Law) TurnedAway(c *Client) {
	v, who := l.world.Current(), c.Person.ID
	if c.Program || c.Person.Side == chat.Agent || l.People[who].Blocked || l.unblockedIn[who] >= v.ID {
		return
	}
	l.Break("TURNED_AWAY", "%s may not connect, and has done nothing", c.Name)
}

// checkPatience: a text is acknowledged in time, whatever others do.
func (l *Law) checkPatience(t *Text) {
	if took := l.world.Now() - t.Written; l.limits.Patience > 0 && took > l.limits.Patience {
		l.Break("STARVED", "%q of %s has waited %d ms for its ack", t.Key, t.By.Name, took)
	}
}

// checkPosition: when nothing has changed meanwhile, a customer's position counts those who are there and came before; where
// many wait, about.
func (l *Law) checkPosition(v *Invocation, p page) {
	r := l.Rooms[p.Room.ID]
	if v.Stale || v.Started < l.countedFrom || v.changes != l.roomChanges || r.Status != chat.StatusWaiting || r.Rev != p.Room.Rev {
		return
	}
	want := 1 + l.limits.Backlog
	for _, id := range l.Opened {
		if o := l.Rooms[id]; id < r.ID && o.Status == chat.StatusWaiting && o.Customer.Seat.Online() {
			want++
		}
	}
	about := 0
	if l.limits.Backlog > 0 || want > marked { // counted at most some seconds ago
		about = len(l.Opened)
	}
	if got := p.Room.Position; got < want-about || got > want+about {
		l.Break("PLACE", "room %s is shown at position %d, and is at %d", r.ID, got, want)
	}
}

// marked is how many wait before positions are found by a snapshot of the queue.
const marked = 50

// BacklogLeft notes that those have left who waited before everybody else. Positions count them until the queue is counted
// again.
func (l *Law) BacklogLeft() {
	if l.limits.Backlog > 0 {
		l.limits.Backlog, l.countedFrom = 0, l.world.Now()+countedEvery
	}
}

// countedEvery is how often a queue is counted while somebody asks for a position, in ms.
const countedEvery = 10_000

// late checks, when all should be calm, that the sweep has caught up.
func (l *Law) late() *Violation {
	if l.limits.Patience == 0 {
		return nil
	}
	for _, id := range l.Opened {
		r := l.Rooms[id]
		if due := l.world.Now() - int64(r.SweepAt); r.Status != chat.StatusEnded && due > l.limits.Patience {
			return wrong("LATE", "room %s has been due for %d ms", id, due)
		}
	}
	return nil
}

// refusals is a time during which a client gets nothing, because a capacity of the gateway is used up.
type refusals struct {
	since, sent int64
}

const (
	// refusedAtOnce is how many frames and connections a client may send at once while it is refused.
	refusedAtOnce = 20
	// refusedEvery is how often it may send after that, in ms on average.
	refusedEvery = 3000
)

// Sends checks a frame or a new connection of one of our clients: while it is refused, it sends less and less often.
func (l *Law) Sends(c *Client) {
	r := l.refusals[c]
	if c.Program || r == nil {
		return
	}
	r.sent++
	if took := l.world.Now() - r.since; r.sent > refusedAtOnce+took/refusedEvery {
		l.Break("KEEPS_SENDING", "%s has sent %d frames in %d ms, all of which were refused", c.Name, r.sent, took)
	}
}

// Refuses notes that the gateway refuses a client's frame or connection, since there are too many.
func (l *Law) Refuses(c *Client) {
	if l.refusals[c] == nil {
		l.refusals[c] = &refusals{since: l.world.Now()}
	}
}

// Serves notes that a client gets a frame that is no error of the gateway.
func (l *Law) Serves(c *Client) { delete(l.refusals, c) }
