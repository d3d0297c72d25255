package hours

import (
	"iter"
	"time"

	"rejoin/internal/chat"
	"rejoin/internal/zone"
)

const (
	minute = chat.Millis(time.Minute / time.Millisecond)
	day    = 24 * 60 * minute
)

// calendar is a schedule that is ready to be asked.
type calendar struct {
	clock      clock
	week       [7][]Span
	exceptions map[chat.Millis][]Span // by the midnight of their date, on the shop's clock
	pause      Pause
}

func (s Schedule) calendar() calendar {
	c := calendar{clock: clock{time.UTC}, week: s.Week, exceptions: make(map[chat.Millis][]Span, len(s.Exceptions)), pause: s.Pause}
	if found, err := zone.Load(s.Zone); err == nil { // Clean has refused an unknown name
		c.clock.zone = found
	}
	for _, exception := range s.Exceptions {
		if date, err := time.Parse(time.DateOnly, exception.Date); err == nil {
			c.exceptions[chat.Millis(date.UnixMilli())] = exception.Open
		}
	}
	return c
}

// spans are those of the day that begins at a midnight of the shop's clock.
func (c calendar) spans(midnight chat.Millis) []Span {
	if open, excepted := c.exceptions[midnight]; excepted {
		return open
	}
	return c.week[weekday(midnight)]
}

// weekday counts from Monday. 1970 began on a Thursday.
func weekday(midnight chat.Millis) int {
	const thursday = 3
	return int(((midnight/day+thursday)%7 + 7) % 7)
}

// opened yields, in order, the times between from and to in which the shop is open without a break, cut off at from and to.
func (c calendar) opened(from, to chat.Millis) iter.Seq2[chat.Millis, chat.Millis] {
	return func(yield func(chat.Millis, chat.Millis) bool) {
		var begins, ends chat.Millis // the time to be yielded once it is known where it ends
		for opens, closes := range c.scheduled(from, to) {
			if opens == ends && begins < ends {
				ends = closes
				continue
			}
			if begins < ends && !yield(begins, ends) {
				return
			}
			begins, ends = opens, closes
		}
		if begins < ends {
			yield(begins, ends)
		}
	}
}

// scheduled is opened, but a time may end where the next one begins.
func (c calendar) scheduled(from, to chat.Millis) iter.Seq2[chat.Millis, chat.Millis] {
	paused, resumed := c.pause.Since, c.pause.Until
	if paused == 0 {
		paused, resumed = to, to
	} else if resumed == 0 {
		resumed = max(paused, to)
	}
	return func(yield func(chat.Millis, chat.Millis) bool) {
		for midnight := c.clock.midnight(from); midnight.After(-farthest) < to; midnight += day {
			for _, span := range c.spans(midnight) {
				opens := max(from, c.clock.first(midnight+chat.Millis(span.From)*minute))
				closes := min(to, c.clock.first(midnight+chat.Millis(span.To)*minute))
				if before := min(closes, paused); opens < before && !yield(opens, before) {
					return
				}
				if after := max(opens, resumed); after < closes && !yield(after, closes) {
					return
				}
			}
		}
	}
}

func (c calendar) openTime(from, to chat.Millis) (sum chat.Millis) {
	for opens, closes := range c.scheduled(from, to) {
		sum += closes - opens
	}
	return sum
}
