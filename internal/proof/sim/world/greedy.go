package world

import (
	"encoding/json"
	"fmt"
	"strings"

	"rejoin/internal/chat"
	"rejoin/internal/proof/sim/law"
)

// greedy is a customer who runs a program of their own, which takes all that it can get: chats, texts, everybody's time. It
// follows no back-off and repeats what was refused.
type greedy struct {
	sockets []*connection // the newest last
	open    bool          // the newest
	dialled bool          // the newest is neither open nor refused yet
	habit   int           // the tactic that they use every other time
	room    string        // their last
	over    bool          // it has ended
	rooms   []string      // all
	frames  int
}

var _ program = (*greedy)(nil)

// storms is how many frames a program sends in one go, at most.
const storms = 12

// The kinds of greed.
const (
	dials = iota
	joins
	startsAndEnds
	repeats
	says
	judges
	bothers
	gropes
	startsAll
	tactics
)

// habits are what greedy people do most, one after the other.
func habits() [3]int { return [...]int{startsAndEnds, startsAll, repeats} }

func (g *greedy) can(_ *device, a action) bool {
	switch a {
	case opensPage:
		return !g.open && !g.dialled
	case grabs:
		return g.open
	}
	return false
}

func (g *greedy) do(d *device, a action) {
	if a == opensPage {
		g.dial(d)
		return
	}
	w := d.w
	tactic := w.choices.of(2 * tactics)
	if tactic >= tactics {
		tactic = g.habit
	}
	times := 1 + w.choices.of(storms)
	switch tactic {
	case dials:
		g.dial(d)
		return
	case startsAndEnds:
		times = 1
	}
	for range times {
		g.frames++
		g.send(d, tactic)
	}
}

// dial opens another connection, and leaves the last one open.
func (g *greedy) dial(d *device) {
	g.open, g.dialled = false, true
	line := &greedyLine{greedy: g, n: len(g.sockets)}
	g.sockets = append(g.sockets, d.w.dial(d, d.owner.token(d.w.now), line))
}

func (g *greedy) leave() {
	for _, s := range g.sockets {
		s.Close()
	}
}

// send sends one frame of a tactic.
func (g *greedy) send(d *device, tactic int) {
	id := g.frames
	join := func(start bool) string {
		d.owner.Requests++
		return fmt.Sprintf(`{"action":"join","id":"%d","room":%q,"start":%t,"profile":{"name":"G","topic":%q}}`, id, g.room, start, strings.Repeat("t", 90))
	}
	message := func(no int, text string) string {
		return fmt.Sprintf(`{"action":"message","room":%q,"no":%d,"text":%q}`, g.room, no, text)
	}
	about := func(action, room string) string {
		return fmt.Sprintf(`{"action":%q,"id":"%d","room":%q,"seq":%d,"score":%d}`, action, id, room, id, 1+id%chat.MaxScore)
	}
	body := ""
	switch tactic {
	case joins:
		body = join(false)
	case startsAndEnds: // one chat after another
		if body = join(true); g.room != "" && !g.over {
			body = about("end", g.room)
		}
	case repeats: // the same text again and again
		body = message(1, g.text(d, 1))
	case says:
		body = message(id%7, g.text(d, id%7))
	case judges:
		if len(g.rooms) > 0 {
			body = about("rate", g.rooms[id%len(g.rooms)])
		}
	case bothers:
		body = about([]string{"typing", "read", "history"}[id%3], g.room)
	case gropes:
		body = about([]string{"ping", "take", "queue", "nonsense"}[id%4], g.room)
	case startsAll:
		body = join(true)
	}
	if body != "" {
		g.sockets[len(g.sockets)-1].Send([]byte(body))
	}
}

// text is a text of theirs, which the law knows.
func (g *greedy) text(d *device, no int) string {
	key := fmt.Sprintf("%s.%s.%d", d.Name, g.room, no)
	if d.w.law.Texts[key] == nil {
		d.w.law.Texts[key] = &law.Text{Key: key, Words: key, By: &d.Client}
	}
	return key
}

// greedyLine is one of their connections.
type greedyLine struct {
	*greedy
	n int // which
}

func (l *greedyLine) isNewest() bool { return l.n == len(l.sockets)-1 }

// Opened implements client.SocketEvents.
func (l *greedyLine) Opened() {
	if l.isNewest() {
		l.open, l.dialled = true, false
		l.sockets[l.n].Send([]byte(`{"action":"join","id":"first"}`))
	}
}

// Frame implements client.SocketEvents.
func (l *greedyLine) Frame(body []byte) {
	var f struct {
		Type string
		Room struct{ ID, Status string }
	}
	if json.Unmarshal(body, &f) != nil || f.Type != "room" || f.Room.ID == "" {
		return
	}
	if f.Room.ID != l.room {
		l.room = f.Room.ID
		l.rooms = append(l.rooms, l.room)
	}
	l.over = f.Room.Status == string(chat.StatusEnded)
}

// Closed implements client.SocketEvents.
func (l *greedyLine) Closed() {
	if l.isNewest() {
		l.open, l.dialled = false, false
	}
}
