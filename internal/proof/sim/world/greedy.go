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
	open    bool
	room    string   // their last
	rooms   []string // all
	frames  int
}

var _ program = (*greedy)(nil)

// storms is how many frames a program sends in one go, at most.
const storms = 12

// tactics is how many kinds of greed there are.
const tactics = 9

func (g *greedy) can(d *device, a action) bool {
	switch a {
	case opensPage:
		return !g.open
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
	tactic := w.choices.of(tactics)
	if tactic == 0 {
		g.dial(d)
		return
	}
	for range 1 + w.choices.of(storms) {
		g.frames++
		g.send(d, tactic)
	}
}

// dial opens another connection, and leaves the last one open.
func (g *greedy) dial(d *device) {
	g.open = false
	g.sockets = append(g.sockets, d.w.dial(d, d.owner.token(d.w.now), g))
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
	case 1:
		body = join(false)
	case 2: // one chat after another
		if body = join(true); id%2 == 0 {
			body = about("end", g.room)
		}
	case 3: // the same text again and again
		body = message(1, g.text(d, 1))
	case 4:
		body = message(id%7, g.text(d, id%7))
	case 5:
		if len(g.rooms) > 0 {
			body = about("rate", g.rooms[id%len(g.rooms)])
		}
	case 6:
		body = about([]string{"typing", "read", "history"}[id%3], g.room)
	case 7:
		body = about([]string{"ping", "take", "queue", "nonsense"}[id%4], g.room)
	case 8:
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

// Opened implements client.SocketEvents.
func (g *greedy) Opened() {
	g.open = true
	g.sockets[len(g.sockets)-1].Send([]byte(`{"action":"join","id":"first"}`))
}

// Frame implements client.SocketEvents.
func (g *greedy) Frame(body []byte) {
	var f struct {
		Type string
		Room struct{ ID string }
	}
	if json.Unmarshal(body, &f) != nil || f.Type != "room" || f.Room.ID == "" || f.Room.ID == g.room {
		return
	}
	g.room = f.Room.ID
	g.rooms = append(g.rooms, g.room)
}

// Closed implements client.SocketEvents.
func (g *greedy) Closed() { g.open = false }
