package sim

import (
	"encoding/json"

	"rejoin/internal/chat"
)

// intruder is a customer, or an agent who never joins, with a program of their own, who tries what is not theirs: every
// frame with rooms of others, and connections with a token that somebody forged.
type intruder struct {
	line *line
	open bool
	no   int
}

func (x *intruder) can(d *device, a act) bool {
	switch a {
	case opensPage:
		return x.line == nil || x.line.closed
	case intrudes:
		return x.open && d.w.law.opened > 0
	}
	return false
}

func (x *intruder) do(d *device, a act) {
	switch a {
	case opensPage:
		token := d.person.token(d.w.now).words
		if d.w.ch.of(3) == 1 {
			token = d.w.crowd.forged
		}
		x.open = false
		x.line = d.w.dial(d, token, x)
	case intrudes:
		rooms := d.w.law.order
		frame := map[string]any{"id": "x", "room": string(rooms[d.w.ch.of(len(rooms))])}
		actions := hostile(d.person.side)
		frame["action"] = actions[d.w.ch.of(len(actions))]
		x.no++
		frame["no"], frame["seq"], frame["since"] = 1+d.w.ch.of(4), 1, 0
		frame["text"] = "intruder"
		frame["agent"], frame["status"] = "a_agent1", "online"
		frame["who"], frame["role"] = string(d.w.people[0].id), string(chat.Agent) // never believed
		body, _ := json.Marshal(frame)                                             // a map of strings and numbers
		x.line.Send(body)
	}
}

// hostile is what an intruder tries: a customer everything, an agent what is not theirs to do.
func hostile(side chat.Side) []string {
	all := []string{"message", "end", "read", "typing", "release", "transfer", "status", "nonsense"}
	if side == chat.Customer {
		all = append(all, "join", "history", "take", "queue")
	}
	return all
}

// Opened implements client.SocketEvents.
func (x *intruder) Opened() { x.open = true }

// Frame implements client.SocketEvents: what reaches the line is looked at where it is sent.
func (x *intruder) Frame([]byte) {}

// Closed implements client.SocketEvents.
func (x *intruder) Closed() { x.open = false }
