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

// call is one call of the service: when it was made, when it returned, and what it was.
type call struct {
	client     int
	begin, end time.Duration // since the history began
	steps      []step        // on the room, all with the one answer
	answer     answer
	visits     []visit // of places
}

// history is what several clients did at the same time. The zero value is empty and ready.
type history struct {
	mu    sync.Mutex
	begun time.Time
	calls []call
}

// record makes a call and writes it down.
func (h *history) record(ctx context.Context, client int, do func(context.Context) (chat.Room, part, error), steps ...step) answer {
	var wire wire
	h.mu.Lock()
	if h.begun.IsZero() {
		h.begun = time.Now()
	}
	begin := time.Since(h.begun)
	h.mu.Unlock()
	room, page, err := do(context.WithValue(ctx, wireKey{}, &wire))
	c := call{client: client, begin: begin, end: time.Since(h.begun), steps: steps, answer: answerOf(err)}
	c.answer.repeated = wire.lost.Load() > 0
	if err == nil {
		c.answer.seq = page.seq
		if room.ID != "" {
			seen := sightOf(room)
			c.answer.room = &seen
		}
		c.read(page)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.calls = append(h.calls, c)
	return c.answer
}

// part is what a call showed beside the room: the place of a text, or a page.
type part struct {
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

// read writes down what a page says of each place: a text, nothing for ever or, where it ends, nothing yet.
func (c *call) read(p part) {
	if p.page == nil {
		return
	}
	shown := map[int64]name{}
	for _, m := range p.page.Messages {
		shown[m.Seq] = nameOf(m)
	}
	for _, seq := range p.page.Void {
		shown[seq] = void
	}
	for seq := p.since + 1; seq <= p.page.Through; seq++ {
		what, found := shown[seq]
		if !found {
			what = "left out"
		}
		c.visits = append(c.visits, visit{seq: seq, what: what})
	}
	if p.page.More && p.page.Through < p.since+chat.MaxPage {
		c.visits = append(c.visits, visit{seq: p.page.Through + 1, what: undecided})
	}
}

func nameOf(m chat.Message) name {
	if m.From == chat.System {
		return eventName(m.Event, m.By)
	}
	return textName(m.From, m.No, m.Text)
}

// operations are the history for porcupine, on the room and on its places. What the last reads show tells where each
// call is stored.
func (h *history) operations() (room, places []porcupine.Operation) {
	stored := map[name]int64{}
	for _, c := range h.calls {
		if c.client != reader {
			continue
		}
		for _, v := range c.visits {
			if before, twice := stored[v.what]; twice && v.what != void && before != v.seq {
				v.seq = -1 // at no place that any answer names
			}
			stored[v.what] = v.seq
		}
	}
	delete(stored, void)
	delete(stored, undecided)
	over := h.calls[len(h.calls)-1].end + time.Millisecond // the calls stand by when they returned
	for _, c := range h.calls {
		returned := c.end
		if c.answer.unknown { // it may yet take effect
			returned = over
		}
		operation := func(in, out any) porcupine.Operation {
			return porcupine.Operation{ClientId: c.client, Input: in, Output: out, Call: int64(c.begin), Return: int64(returned)}
		}
		for _, s := range c.steps {
			if s.isIdle(c.answer) {
				continue
			}
			s.stored = stored[s.name()]
			room = append(room, operation(s, c.answer))
			if first, ok := s.madeBefore(); ok && c.answer.repeated {
				room = append(room, operation(first, answer{unknown: true}))
			}
			if seq := cmp.Or(c.answer.seq, s.stored); seq > 0 {
				places = append(places, operation(visit{seq: seq, fills: true, what: s.name()}, nil))
			}
		}
		for _, v := range c.visits {
			places = append(places, operation(v, nil))
		}
	}
	return room, places
}

// overlaps counts the pairs of calls of which neither returned before the other began.
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

// sorted are the calls by when they began.
func (h *history) sorted() []call {
	return slices.SortedStableFunc(slices.Values(h.calls), func(a, b call) int { return cmp.Compare(a.begin, b.begin) })
}
