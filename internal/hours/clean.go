package hours

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"rejoin/internal/chat"
	"rejoin/internal/zone"
)

// The limits of a schedule.
const (
	MaxSpans      = 8   // of a day
	MaxExceptions = 200 // of a schedule
	endOfDay      = 24 * 60
)

// Clean returns the schedule in the form that is stored: spans and exceptions sorted. Invalid, with words that say where and
// why, when the zone is unknown; spans of a day overlap, end before they begin, leave the day or are too many; an exception's
// date does not exist or comes twice, or they are too many; the pause ends before it begins; the rule for addresses is unknown.
func (s Schedule) Clean() (Schedule, error) {
	if _, err := zone.Load(s.Zone); err != nil || s.Zone == "" {
		return Schedule{}, invalid("There is no time zone %q. Use a name such as Europe/Berlin.", chat.Truncate(s.Zone, maxQuoted))
	}
	for i, spans := range s.Week {
		cleaned, err := cleanSpans(dayName(i), spans)
		if err != nil {
			return Schedule{}, err
		}
		s.Week[i] = cleaned
	}
	exceptions, err := cleanExceptions(s.Exceptions)
	if err != nil {
		return Schedule{}, err
	}
	s.Exceptions = exceptions
	switch p := s.Pause; {
	case p.Since < 0 || p.Until < 0 || p.Since == 0 && p.Until != 0:
		return Schedule{}, invalid("The shop is closed from or until an invalid time.")
	case p.Until != 0 && p.Until <= p.Since:
		return Schedule{}, invalid("The shop would be closed until a time that has passed.")
	}
	if s.Email != EmailOptional && s.Email != EmailRequired {
		return Schedule{}, invalid("%q is either %q or %q.", "email", wireOptional, EmailRequired)
	}
	return s, nil
}

func cleanExceptions(given []Exception) ([]Exception, error) {
	if len(given) > MaxExceptions {
		return nil, invalid("There are %d exceptions; at most %d fit. Remove those that are over.", len(given), MaxExceptions)
	}
	var all []Exception
	for _, e := range given {
		if _, err := time.Parse(time.DateOnly, e.Date); err != nil {
			return nil, invalid("%q is not a date such as 2026-12-25.", chat.Truncate(e.Date, maxQuoted))
		}
		spans, err := cleanSpans(e.Date, e.Open)
		if err != nil {
			return nil, err
		}
		all = append(all, Exception{e.Date, spans})
	}
	slices.SortFunc(all, func(a, b Exception) int { return cmp.Compare(a.Date, b.Date) })
	for i := 1; i < len(all); i++ {
		if all[i].Date == all[i-1].Date {
			return nil, invalid("There are two exceptions for %s.", all[i].Date)
		}
	}
	return all, nil
}

// cleanSpans returns a day's spans sorted; nil if there are none.
func cleanSpans(day string, given []Span) ([]Span, error) {
	if len(given) > MaxSpans {
		return nil, invalid("%s: it has %d opening times; at most %d fit.", day, len(given), MaxSpans)
	}
	var spans []Span
	for _, span := range given {
		switch {
		case span.From < 0 || span.From >= endOfDay || span.To < 0 || span.To > endOfDay:
			return nil, invalid("%s: %s leaves the day, which is from 00:00 to 24:00.", day, span)
		case span.To <= span.From:
			return nil, invalid("%s: %s does not end after it begins. Hours over midnight are two: until 24:00, and from 00:00 of the next day.", day, span)
		}
		spans = append(spans, span)
	}
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Compare(a.From, b.From) })
	for i := 1; i < len(spans); i++ {
		if spans[i].From < spans[i-1].To {
			return nil, invalid("%s: %s and %s overlap.", day, spans[i-1], spans[i])
		}
	}
	return spans, nil
}

// String is the span as 09:00–18:00.
func (s Span) String() string { return timeOfDay(s.From) + "–" + timeOfDay(s.To) }

func timeOfDay(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// dayName is the name of a day of the week, counted from Monday.
func dayName(i int) string { return time.Weekday((i + 1) % 7).String() }

// maxQuoted is how much of what was sent an error repeats, in code points.
const maxQuoted = 40

func invalid(format string, args ...any) *chat.Error {
	return &chat.Error{Code: chat.Invalid, Message: fmt.Sprintf(format, args...)}
}
