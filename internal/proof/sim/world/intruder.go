package world

import (
	"encoding/json"

	"rejoin/internal/chat"
)

// intruder is a customer, or an agent who never joins, who runs a program of their own. They send every kind of frame with
// other people's rooms, and connect with a forged token.
type intruder struct {
	socket *connection
	open   bool
}

func (x *intruder) leave() {
	if x.socket != nil {
		x.socket.Close()
	}
}

func (x *intruder) can(d *device, a action) bool {
	switch a {
	case opensPage:
		return x.socket == nil || x.socket.Closed
	case intrudes:
		return x.open && len(d.w.law.Opened) > 0
	}
	return false
}

func (x *intruder) do(d *device, a action) {
	switch a {
	case opensPage:
		token := d.owner.token(d.w.now)
		if d.w.choices.of(3) == 1 {
			token = d.w.fixture.forged
		}
		x.open = false
		x.socket = d.w.dial(d, token, x)
	case intrudes:
		rooms := d.w.law.Opened
		frame := map[string]any{"id": "x", "room": string(rooms[d.w.choices.of(len(rooms))])}
		actions := hostile(d.Person.Side)
		frame["action"] = actions[d.w.choices.of(len(actions))]
		frame["no"], frame["seq"], frame["since"] = 1+d.w.choices.of(4), 1, 0
		frame["text"] = "intruder"
		frame["agent"], frame["status"] = "a_agent1", "online"
		frame["who"], frame["role"] = string(d.w.people[0].ID), string(chat.Agent) // never believed
		body, _ := json.Marshal(frame)                                             // a map of strings and numbers
		x.socket.Send(body)
	}
}

// hostile lists what an intruder sends: a customer everything, an agent what they may not do.
func hostile(side chat.Side) []string {
	all := []string{"message", "end", "read", "typing", "release", "transfer", "status", "nonsense"}
	if side == chat.Customer {
		all = append(all, "join", "history", "take", "queue")
	}
	return all
}

// Opened implements client.SocketEvents.
func (x *intruder) Opened() { x.open = true }

// Frame implements client.SocketEvents. The law checks what is sent to an intruder as it is sent.
func (x *intruder) Frame([]byte) {}

// Closed implements client.SocketEvents.
func (x *intruder) Closed() { x.open = false }
