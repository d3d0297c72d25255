package hours

import (
	"time"

	"rejoin/internal/chat"
)

// Schedule is when a shop is open. The methods expect one that Clean has returned. The zero Schedule is never open.
type Schedule struct {
	Zone       string      // IANA's name
	Week       [7][]Span   // Monday first, sorted by From
	Exceptions []Exception // sorted by date
	Pause      Pause
	Email      EmailRule
}

// Span is open from From to To: minutes since midnight on the shop's clock, 0 ≤ From < To ≤ 24 h. Hours that go on after
// midnight are two spans.
type Span struct{ From, To int }

// Exception replaces the hours of one date, as 2006-01-02. Without spans the shop is closed all day.
type Exception struct {
	Date string
	Open []Span
}

// Pause closes the shop from Since on, whatever the schedule says, until Until; 0: until somebody ends the pause.
type Pause struct {
	Since chat.Millis // 0: there is no pause
	Until chat.Millis
}

// EmailRule says whether a customer who starts a chat while nobody serves has to give an address.
type EmailRule string

// The rules.
const (
	EmailOptional EmailRule = ""
	EmailRequired EmailRule = "required"
)

// lookAhead is how far At looks for the next change.
const lookAhead = 400 * 24 * time.Hour

// At tells whether the shop is open at now, and when that next changes; 0: not within 400 days.
func (s Schedule) At(now chat.Millis) (open bool, until chat.Millis) {
	end := now.After(lookAhead)
	for from, to := range s.calendar().opened(now, end) {
		switch {
		case from > now:
			return false, from
		case to < end:
			return true, to
		}
		return true, 0
	}
	return false, 0
}

// OpenTime is how much of the time from `from` to `to` was open, to the millisecond; 0 if it ends before it begins.
func (s Schedule) OpenTime(from, to chat.Millis) chat.Millis {
	return s.calendar().openTime(from, to)
}
