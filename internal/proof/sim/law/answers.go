package law

import (
	"encoding/json"
	"strings"

	"rejoin/internal/chat"
)

// Request is the part of a frame against which its answer is checked.
type Request struct {
	Action  string
	Blocked bool
	Start   bool
	holding
	Rooms []holding
}

type holding struct {
	Room  chat.RoomID
	Since int64
}

// since is the place up to which the client has the room.
func (r *Request) since(id chat.RoomID) int64 {
	for _, h := range append(r.Rooms, r.holding) {
		if h.Room == id {
			return h.Since
		}
	}
	return 0
}

// page is an answer's page of a room.
type page struct {
	Room struct {
		ID       chat.RoomID
		Rev      int64
		Status   chat.Status
		Position int
	}
	Messages []struct{ Seq int64 }
	Void     []int64
	Through  int64
}

// Answered checks the running invocation's answer to a client.
func (l *Law) Answered(asked *Request, body []byte) {
	v := l.world.Current()
	if v.Connection.Client.Intruder {
		l.checkIntruder(body)
		return
	}
	if v.person().Greedy {
		return // their program may ask anything
	}
	kind := strings.SplitN(string(body[:min(len(body), 40)]), `"`, 5)[3]
	switch {
	case kind == "ack":
		l.checkAck(v, body)
	case kind == "error" && strings.Contains(string(body), `"code":"not_current"`):
		l.world.Count(AnsweredNotCurrent)
	case kind == "error" && strings.Contains(string(body), `"code":"rate_limited"`):
		l.world.Count(AnsweredTooFast)
		l.checkDeclined(v, body)
	case kind == "error":
		l.checkDeclined(v, body)
	case kind == "desk":
		var desk struct{ Rooms []page }
		l.decode(body, &desk)
		for _, p := range desk.Rooms {
			l.checkPage(v, p, asked.since(p.Room.ID))
		}
	case kind == "room":
		var p page
		l.decode(body, &p)
		switch asked.Action {
		case "end":
			l.checkToldOfEnd(v, p.Room.ID)
		case "block":
			l.checkBlocked(v, asked)
		case "take":
			l.checkClaimed(v, p.Room.ID)
			l.checkPage(v, p, 0)
		case "join":
			l.checkPage(v, p, asked.since(p.Room.ID))
			l.checkPosition(v, p)
		}
	}
}

func (l *Law) decode(body []byte, to any) bool {
	err := json.Unmarshal(body, to)
	if err != nil {
		l.Break("FRAME", "%s: %v", body, err)
	}
	return err == nil
}

// checkAck: a text is stored, and posted to the other side, before it is acknowledged.
func (l *Law) checkAck(v *Invocation, body []byte) {
	var a struct {
		Room chat.RoomID
		Seq  int64
	}
	if !l.decode(body, &a) {
		return
	}
	here := place{a.Room, a.Seq}
	if m, stored := l.stored[here]; !stored || m.Void {
		l.Break("ACK_FIRST", "%s is acknowledged, where nothing is stored", here)
	}
	l.checkPosted(v, here)
}

// checkIntruder: the answer to an intruder is an error, or empty.
func (l *Law) checkIntruder(body []byte) {
	var a struct {
		Type, Code, Message string
		Room                json.RawMessage
		Messages            []json.RawMessage
	}
	if !l.decode(body, &a) {
		return
	}
	switch {
	case a.Type == "error" && a.Code != "" && a.Message != "", a.Type == "pong":
	case (a.Type == "room" || a.Type == "history") && len(a.Messages) == 0 && (len(a.Room) == 0 || string(a.Room) == "null"):
	default:
		l.Break("LEAK", "an intruder gets %s", body)
	}
}
