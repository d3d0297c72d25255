package linear

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/anishathalye/porcupine"

	"rejoin/internal/chat"
)

// call is one call of the service.
type call struct {
	client     int
	begin, end time.Duration // since the history began
	steps      []step        // its steps on the room, which share the answer
	answer     answer
	placeOps   []placeOp // its steps on places
}

// history is the calls of several concurrent clients. The zero value is an empty history.
type history struct {
	mu    sync.Mutex
	begun time.Time
	calls []call
}

// record makes a call and records it.
func (h *history) record(ctx context.Context, client int, do func(context.Context) (chat.Room, shown, error), steps ...step) answer {
	var lost lostAnswers
	h.mu.Lock()
	if h.begun.IsZero() {
		h.begun = time.Now()
	}
	begin := time.Since(h.begun)
	h.mu.Unlock()
	room, page, err := do(context.WithValue(ctx, lostKey{}, &lost))
	c := call{client: client, begin: begin, end: time.Since(h.begun), steps: steps, answer: answerOf(err)}
	c.answer.repeated = lost.count.Load() > 0
	if err == nil {
		c.answer.seq = page.seq
		if room.ID != "" {
			seen := viewOf(room)
			c.answer.room = &seen
		}
		c.read(page)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.calls = append(h.calls, c)
	return c.answer
}

// shown is what an answer shows besides the room: the place of a text, or a page.
type shown struct {
	seq   int64
	since int64
	page  *chat.RoomPage
}

func answerOf(err error) answer {
	var why *chat.Error
	switch {
	case err == nil:
		return answer{}
	case errors.As(err, &why) && !why.Retry():
		return answer{code: why.Code, expected: why.Expected}
	}
	return answer{unknown: true}
}

// read records the content of each place of a page: a text or void, and `undecided` for the place before which it ends.
func (c *call) read(p shown) {
	if p.page == nil {
		return
	}
	values := map[int64]name{}
	for _, m := range p.page.Messages {
		values[m.Seq] = nameOf(m)
	}
	for _, seq := range p.page.Void {
		values[seq] = void
	}
	for seq := p.since + 1; seq <= p.page.Through; seq++ {
		value, found := values[seq]
		if !found {
			value = "left out"
		}
		c.placeOps = append(c.placeOps, placeOp{seq: seq, value: value})
	}
	if p.page.More && p.page.Through < p.since+chat.MaxPage {
		c.placeOps = append(c.placeOps, placeOp{seq: p.page.Through + 1, value: undecided})
	}
}

func nameOf(m chat.Message) name {
	if m.From == chat.System {
		return eventName(m.Event, m.By)
	}
	return textName(m.From, m.No, m.Text)
}

// operations converts the history for porcupine: operations on the room, and on its places. The last reads show where each
// call is stored.
func (h *history) operations() (room, places []porcupine.Operation) {
	stored := map[name]int64{}
	for _, c := range h.calls {
		if c.client != reader {
			continue
		}
		for _, v := range c.placeOps {
			if before, twice := stored[v.value]; twice && v.value != void && before != v.seq {
				v.seq = -1 // no answer has this place
			}
			stored[v.value] = v.seq
		}
	}
	delete(stored, void)
	delete(stored, undecided)
	afterAll := h.calls[len(h.calls)-1].end + time.Millisecond // the last call that returned is the last in the list
	for _, c := range h.calls {
		returned := c.end
		if c.answer.unknown { // it may still take effect
			returned = afterAll
		}
		operation := func(in, out any) porcupine.Operation {
			return porcupine.Operation{ClientId: c.client, Input: in, Output: out, Call: int64(c.begin), Return: int64(returned)}
		}
		for _, s := range c.steps {
			if s.tellsNothing(c.answer) {
				continue
			}
			s.stored = stored[s.name()]
			room = append(room, operation(s, c.answer))
			if first, ok := s.lostAttempt(); ok && c.answer.repeated {
				room = append(room, operation(first, answer{unknown: true}))
			}
			if seq := cmp.Or(c.answer.seq, s.stored); seq > 0 {
				places = append(places, operation(placeOp{seq: seq, write: true, value: s.name()}, nil))
			}
		}
		for _, v := range c.placeOps {
			places = append(places, operation(v, nil))
		}
	}
	return room, places
}

// overlaps counts the pairs of calls that overlap in time.
func (h *history) overlaps() (n int) {
	for i, a := range h.calls {
		for _, b := range h.calls[i+1:] {
			if a.begin <= b.end && b.begin <= a.end {
				n++
			}
		}
	}
	return n
}

// sorted returns the calls in the order in which they began.
func (h *history) sorted() []call {
	return slices.SortedStableFunc(slices.Values(h.calls), func(a, b call) int { return cmp.Compare(a.begin, b.begin) })
}
