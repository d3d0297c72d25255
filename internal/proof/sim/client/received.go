package client

import (
	"bytes"
	"encoding/json"
	"strings"
)

// kindOf is a frame's type; empty for an error of the gateway itself.
func kindOf(body []byte) string {
	const lead = `{"type":"`
	if bytes.HasPrefix(body, []byte(lead)) {
		if end := bytes.IndexByte(body[len(lead):], '"'); end >= 0 {
			return string(body[len(lead) : len(lead)+end])
		}
	}
	var h header
	_ = json.Unmarshal(body, &h) // on an error it has no type
	return h.Type
}

func (s *session) handleFrame(body []byte, current bool) {
	if len(body) == 0 || body[0] != '{' { // not a frame
		return
	}
	now := s.fx.Now()
	switch kind := kindOf(body); kind {
	case "":
		if current {
			s.line.answered(false)
			s.turnedAway(now)
		}
	case "pong":
		if current {
			s.line.answered(false) // it comes from the gateway
		}
	case "replaced":
		var by struct {
			By string `json:"by"`
		}
		_ = json.Unmarshal(body, &by) // on an error the device is unknown
		if current {
			s.joining.id = ""
		}
		s.line.replaced(current, by.By == s.fx.Device())
	case "error":
		var e errorFrame
		if json.Unmarshal(body, &e) == nil && current {
			s.line.answered(!e.Retry)
			s.handleError(&e, now)
		}
	case "ack", "message", "presence", "typing", "read":
		var n roomEvent
		if json.Unmarshal(body, &n) == nil {
			if current && (kind == "ack" || n.Re != "") {
				s.line.answered(true)
			}
			s.handleRoomEvent(&n, now)
		}
	default:
		s.handleAnswer(kind, body, current)
	}
}

func (s *session) handleAnswer(kind string, body []byte, current bool) {
	var h struct {
		Re string `json:"re"`
	}
	_ = json.Unmarshal(body, &h) // on an error it answers nothing
	if current && h.Re != "" {
		s.line.answered(true)
	}
	action, _, _ := strings.Cut(h.Re, ":")
	latest := current && h.Re != "" && h.Re == s.joining.id
	if latest {
		s.joining.id = ""
	}
	if current && action == actionJoin {
		s.line.joinAnswered()
	}
	s.role.received(kind, body, action, latest)
	s.settleCommand(h.Re, nil)
}

func (s *session) handleRoomEvent(n *roomEvent, now int64) {
	t := s.thread(n.Room)
	if t == nil {
		s.role.unknownRoom(n.Room)
		if t = s.thread(n.Room); t != nil && n.Type == "message" {
			t.message(n.Message, now)
		}
		return
	}
	switch n.Type {
	case "ack":
		if own := t.acked(n, now); own != nil {
			s.report.Acked(own.Key, t.ID, *n.No, n.Seq, n.At)
		}
	case "message":
		t.message(n.Message, now)
		if t.Room == nil || !s.role.wantsMessages(t) {
			s.role.unknownRoom(n.Room)
		}
	case "presence":
		t.presence(n)
	}
}

func (s *session) handleError(e *errorFrame, now int64) {
	if e.Code == "not_current" {
		s.joining.id = ""
		s.line.notCurrent()
		return
	}
	if e.Room != "" && e.No != nil {
		if t := s.thread(e.Room); t != nil {
			if own := t.refused(e, now); own != nil {
				s.report.Failed(own.Key, t.ID, e.Code)
			}
		}
		s.role.refused(e)
		return
	}
	switch {
	case s.joining.id != "" && e.Re == s.joining.id:
		switch {
		case s.role.joinRefused(e):
			s.join(repeat{})
		case e.Retry:
			s.joining.repeat.retryLater(now)
		case e.Code == "forbidden": // the gateway refuses blocked customers from now on
			s.line.reconnect()
		case s.minimalJoin: // the same join would be refused again
			s.line.close(RefusedState)
		default:
			s.minimalJoin = true
			s.join(repeat{})
		}
	case e.Re != "":
		s.settleCommand(e.Re, e)
	case e.Retry:
		s.turnedAway(now)
	default: // a refused read mark has no id, so its room is unknown
		for _, t := range s.threads {
			t.readRefused = true
		}
	}
}

func (s *session) settleCommand(re string, e *errorFrame) {
	if re == "" {
		return
	}
	for i, a := range s.pending {
		if a.id != re {
			continue
		}
		// A transfer to an absent agent could succeed later, but its sender waits for an answer now.
		if e != nil && e.Retry && a.repeat.tries < maxTries && a.frame.Action != actionTransfer {
			a.repeat.retryLater(s.fx.Now())
			return
		}
		s.pending = append(s.pending[:i:i], s.pending[i+1:]...)
		a.done(e)
		return
	}
}

// turnedAway: a frame was turned away, and the answer does not say which one.
func (s *session) turnedAway(now int64) {
	s.line.turnedAway(now)
	for _, r := range s.unanswered() {
		r.retryLater(now)
	}
}
