package linear

import (
	"github.com/anishathalye/porcupine"

	"rejoin/internal/chat"
)

// kind is the kind of a step.
type kind string

const (
	arrive  kind = "arrive"
	current kind = "is current"
	seat    kind = "seat"
	join    kind = "join"
	send    kind = "send"
	take    kind = "take"
	release kind = "release"
	end     kind = "end"
	leave   kind = "leave"
)

// step is one atomic effect of a call on the people and their room.
type step struct {
	kind   kind
	who    person
	caller chat.Caller
	no     int
	text   string
	// stored is the place at which the last read shows what this call stored; 0 if it shows nothing.
	stored int64
}

func (s step) name() name {
	switch s.kind {
	case join:
		return eventName(chat.EventOpened, s.caller.Name)
	case take:
		return eventName(chat.EventTaken, s.caller.Name)
	case release:
		return eventName(chat.EventReleased, s.caller.Name)
	case end:
		return eventName(chat.EventEnded, s.caller.Name)
	}
	return textName(s.caller.Side, s.no, s.text)
}

// tellsNothing tells whether the answer proves nothing about this step.
func (s step) tellsNothing(out answer) bool {
	return s.kind == current && (out.unknown || out.code == chat.NotCurrent)
}

// lostAttempt is the effect of a request whose answer was lost, before the SDK repeated it. ok is false if the database
// recognizes the repeat by its token.
func (s step) lostAttempt() (first step, ok bool) {
	switch s.kind {
	case send, leave:
		return s, true
	case join, take:
		s.kind = seat
		return s, true
	}
	return step{}, false
}

// answer is what a call returned.
type answer struct {
	unknown  bool      // it failed, and may have taken effect
	code     chat.Code // the code of its refusal; empty: it was not refused
	expected int       // with chat.OutOfOrder
	seq      int64     // the place in an acknowledgement
	room     *roomView // nil if the answer shows none
	repeated bool      // a request of the call was repeated, because its answer was lost on the network
}

func roomModel() porcupine.Model {
	return porcupine.Model{
		Init: func() any { return state{} },
		Step: func(s, in, out any) (bool, any) {
			ok, next := s.(state).step(in.(step), out.(answer))
			return ok, next
		},
		DescribeOperation: func(in, out any) string { return in.(step).String() + " → " + out.(answer).String() },
		DescribeState:     func(s any) string { return s.(state).String() },
	}
}

// step tells whether the answer is possible in this state, and returns the next state.
func (s state) step(in step, out answer) (bool, state) {
	c := in.caller
	older := s.refusal(c) == chat.NotCurrent
	switch in.kind {
	case arrive:
		s.arrived[in.who] = max(s.arrived[in.who], c.At)
		return true, s
	case current:
		return s.arrived[in.who] <= c.At, s
	case seat:
		if s.arrived[in.who] >= c.At && s.refusal(c) == "" {
			s = s.seated(c)
		}
		return true, s
	case leave:
		return true, s.left(c)
	case send:
		return s.send(in, out)
	}
	if out.code == chat.NotCurrent {
		return older || (in.kind == join || in.kind == take) && s.arrived[in.who] > c.At, s
	}
	next, code := s, chat.Code("")
	switch in.kind {
	case join:
		next, code = s.join(in)
	case take:
		next, code = s.take(in)
		if out.code == chat.Forbidden { // they lost the room during the call
			return s.held[in.who] && s.Agent.Who != c.Who, s
		}
	case release:
		if code = s.refusal(c); code == "" {
			next = s.released()
		} else if s.held[in.who] && s.Agent.Who != c.Who {
			code = "" // a repeat, even if another agent holds it now
		}
	case end:
		if code = s.refusal(c); code == "" {
			next = s.ended()
		} else if code == chat.Ended {
			code = "" // a repeat
		}
	}
	return s.compare(in, out, next, code)
}

// compare compares an answer with the model's answer.
func (s state) compare(in step, out answer, next state, code chat.Code) (bool, state) {
	stores := int64(0)
	if next.Seq != s.Seq {
		stores = next.Seq
	}
	switch {
	case out.unknown && in.stored != stores: // this is not its effect
		return in.stored == 0, s
	case out.unknown && code != "":
		return true, s
	case out.unknown:
		return true, next
	case out.code != code, in.stored != stores:
		return false, s
	case out.room == nil:
		return in.kind != join || code != "" || !s.isVisibleTo(in), next
	}
	if next.ID == "" { // a call with an unknown outcome opened it
		next.ID = out.room.ID
	}
	return next.roomView == *out.room && s.isVisibleTo(in), next
}

// isVisibleTo tells whether the room is shown to the person who joins.
func (s state) isVisibleTo(in step) bool {
	return in.who == theCustomer || s.held[in.who] || in.kind != join
}

// join shows the room, and seats the connection if its person holds a side. A join comes after its own arrival.
func (s state) join(in step) (state, chat.Code) {
	c := in.caller
	switch {
	case s.arrived[in.who] < c.At:
		return s, notYet
	case s.Status == "" && in.who == theCustomer:
		if s.arrived[in.who] > c.At {
			return s, chat.NotCurrent
		}
		return s.opened(c), ""
	}
	switch code := s.refusal(c); code {
	case "":
		return s.seated(c), ""
	case chat.NotCurrent:
		return s, code
	}
	return s, ""
}

// notYet is the code of a step that is not possible yet; the service never answers it.
const notYet chat.Code = "not yet"

func (s state) take(in step) (state, chat.Code) {
	c := in.caller
	switch {
	case s.Status == chat.StatusEnded:
		return s, chat.Ended
	case s.Agent.Who == "":
		return s.taken(in.who, c), ""
	case s.Agent.Who != c.Who:
		return s, chat.Taken
	case s.Agent.At > c.At:
		return s, chat.NotCurrent
	}
	return s.seated(c), ""
}

// send gives a text its number and place, or returns the place of the text that it repeats.
func (s state) send(in step, out answer) (bool, state) {
	c, m := in.caller, s.member(in.caller.Side)
	at := s.place(in.name())
	if out.unknown && in.stored != 0 && in.stored == at { // a repeat of a stored text
		return true, s
	}
	next, expected := s, m.Next
	code := s.refusal(c)
	switch {
	case code == chat.NotCurrent:
		return out.unknown && in.stored == 0 || out.code == code, s
	case code == chat.Forbidden && !s.held[in.who]:
		at = 0
	case code == "" && in.no == m.Next:
		next, expected = s.numbered(c, in.no, in.name()), in.no+1
		at, code = next.Seq, chat.OutOfOrder
	case code == "":
		code = chat.OutOfOrder
	}
	switch {
	case out.unknown: // its place may have become void
		return in.stored == 0 || in.stored == at, next
	case out.code == "":
		return at != 0 && out.seq == at && in.stored == at, next
	case out.code == chat.OutOfOrder && out.expected != expected:
		return false, s
	}
	return out.code == code && in.stored == 0, next
}
