package client

import (
	"bytes"
	"encoding/json"
	"strings"
)

// kindOf is a frame's type; "" for the gateway's own error.
func kindOf(body []byte) string {
	const lead = `{"type":"`
	if bytes.HasPrefix(body, []byte(lead)) {
		if end := bytes.IndexByte(body[len(lead):], '"'); end >= 0 {
			return string(body[len(lead) : len(lead)+end])
		}
	}
	var h head
	_ = json.Unmarshal(body, &h) // then it has no type
	return h.Type
}

func (s *session) frameCame(body []byte, current bool) {
	if len(body) == 0 || body[0] != '{' { // not a frame
		return
	}
	now := s.fx.Now()
	switch kind := kindOf(body); kind {
	case "":
		if current {
			s.line.heard()
			s.hurry(now)
		}
	case "pong":
		if current {
			s.line.heard()
		}
	case "replaced":
		var by struct {
			By string `json:"by"`
		}
		_ = json.Unmarshal(body, &by) // then nobody says by whom
		if current {
			s.joining.id = ""
		}
		s.line.replaced(current, by.By == s.fx.Device())
	case "error":
		var e failure
		if json.Unmarshal(body, &e) == nil && current {
			s.line.heard()
			s.fault(&e, now)
		}
	case "ack", "message", "presence", "typing", "read":
		var n news
		if json.Unmarshal(body, &n) == nil {
			if current && (kind == "ack" || n.Re != "") {
				s.line.heard()
			}
			s.news(&n, now)
		}
	default:
		s.answered(kind, body, current)
	}
}

func (s *session) answered(kind string, body []byte, current bool) {
	var h struct {
		Re string `json:"re"`
	}
	_ = json.Unmarshal(body, &h) // then it answers nothing
	if current && h.Re != "" {
		s.line.heard()
	}
	action, _, _ := strings.Cut(h.Re, ":")
	latest := current && h.Re != "" && h.Re == s.joining.id
	if latest {
		s.joining.id = ""
	}
	if current && action == actionJoin {
		s.line.welcome()
	}
	s.self.on(kind, body, action, latest)
	s.settle(h.Re, nil)
}

func (s *session) news(n *news, now int64) {
	t := s.thread(n.Room)
	if t == nil {
		s.self.unknown(n.Room)
		return
	}
	switch n.Type {
	case "ack":
		if own := t.acked(n, now); own != nil {
			s.report.Acked(own.Key, t.ID, *n.No, n.Seq, n.At)
		}
	case "message":
		t.message(n.Message, now)
		if t.Room == nil || !s.self.follows(t) {
			s.self.unknown(n.Room)
		}
	case "presence":
		t.presence(n)
	}
}

func (s *session) fault(e *failure, now int64) {
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
		s.self.refused(e)
		return
	}
	switch {
	case s.joining.id != "" && e.Re == s.joining.id:
		switch {
		case e.Retry && s.joining.tries < maxTries:
			s.joining.due = now + retryAfter*s.joining.tries
		case e.Retry, e.Code == "forbidden": // who is blocked is kept out by the gateway from now on
			s.line.lose()
		case s.bare: // a refusal that lasts is never answered by the same frame
			s.line.close(RefusedState)
		default:
			s.bare = true
			s.join(1)
		}
	case e.Re != "":
		s.settle(e.Re, e)
	case e.Retry:
		s.hurry(now)
	default: // read marks have no id, nor anything else by which to tell of which room
		for _, t := range s.threads {
			t.barred = true
		}
	}
}

func (s *session) settle(re string, e *failure) {
	if re == "" {
		return
	}
	for i, a := range s.asks {
		if a.id != re {
			continue
		}
		// A transfer to who is not there may succeed later, but whoever asked for it waits for an answer now.
		if e != nil && e.Retry && a.tries < maxTries && a.frame.Action != actionTransfer {
			a.due = s.fx.Now() + retryAfter*a.tries
			return
		}
		s.asks = append(s.asks[:i:i], s.asks[i+1:]...)
		a.done(e)
		return
	}
}

func (s *session) hurry(now int64) {
	at := now + retryAfter
	s.joining.due = min(s.joining.due, at)
	for _, a := range s.asks {
		a.due = min(a.due, at)
	}
	for _, t := range s.threads {
		t.out.hurry(at)
	}
}
