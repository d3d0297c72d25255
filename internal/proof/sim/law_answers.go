package sim

import (
	"encoding/json"
	"strings"

	"rejoin/internal/chat"
)

// request is what a frame asks, as far as its answer is held against it.
type request struct {
	Action  string
	Blocked bool
	holding
	Rooms []holding
}

type holding struct {
	Room  chat.RoomID
	Since int64
}

// since is up to where the client holds a room.
func (r *request) since(id chat.RoomID) int64 {
	for _, h := range append(r.Rooms, r.holding) {
		if h.Room == id {
			return h.Since
		}
	}
	return 0
}

// page is what an answer shows of a room.
type page struct {
	Room struct {
		ID     chat.RoomID
		Status chat.Status
	}
	Messages []struct{ Seq int64 }
	Void     []int64
	Through  int64
}

// answered looks at what the running invocation answers to a client of ours.
func (w *World) answered(v *invocation, asked *request, body []byte) {
	read := func(to any) {
		if err := json.Unmarshal(body, to); err != nil {
			w.breaks("FRAME", "%s: %v", body, err)
		}
	}
	kind := strings.SplitN(string(body[:min(len(body), 40)]), `"`, 5)[3]
	switch {
	case kind == "ack":
		w.ack(v, body)
	case kind == "error" && strings.Contains(string(body), `"code":"not_current"`):
		w.did(refusedNotCurrent)
	case kind == "error" && strings.Contains(string(body), `"code":"rate_limited"`):
		w.did(refusedTooFast)
	case kind == "desk":
		var desk struct{ Rooms []page }
		read(&desk)
		for _, p := range desk.Rooms {
			w.pagedRightly(v, p, asked.since(p.Room.ID))
		}
	case kind == "room":
		var p page
		read(&p)
		switch asked.Action {
		case "end":
			w.endedRightly(v, p.Room.ID)
		case "block":
			w.keptOut(v, asked)
		case "take":
			w.tookRightly(v, p.Room.ID)
			w.pagedRightly(v, p, 0)
		case "join":
			w.pagedRightly(v, p, asked.since(p.Room.ID))
		}
	}
}

// ack holds that what is acknowledged is stored, and told.
func (w *World) ack(v *invocation, body []byte) {
	var a struct {
		Room chat.RoomID
		Seq  int64
	}
	if err := json.Unmarshal(body, &a); err != nil {
		w.breaks("FRAME", "%s: %v", body, err)
		return
	}
	here := at{a.Room, a.Seq}
	if m, stored := w.law.places[here]; !stored || m.Void {
		w.breaks("ACK_FIRST", "an ack of %s, where nothing is stored", place(a.Room, a.Seq))
	}
	w.ackedRightly(v, here)
}

// betrayed looks at what an intruder is answered: an error, or that there is nothing.
func (w *World) betrayed(body []byte) {
	var a struct {
		Type, Code, Message string
		Room                json.RawMessage
		Messages            []json.RawMessage
	}
	if err := json.Unmarshal(body, &a); err != nil {
		w.breaks("FRAME", "%s: %v", body, err)
		return
	}
	switch {
	case a.Type == "error" && a.Code != "" && a.Message != "", a.Type == "pong":
	case (a.Type == "room" || a.Type == "history") && len(a.Messages) == 0 && (len(a.Room) == 0 || string(a.Room) == "null"):
	default:
		w.breaks("LEAK", "an intruder is answered %s", body)
	}
}
