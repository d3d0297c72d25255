package hours

import (
	"encoding/json"
	"regexp"
	"strconv"

	"rejoin/internal/chat"
)

// Decode reads the JSON of a schedule, and cleans it. A pause that does not say since when begins now. Unknown fields are
// ignored: a later version may have written them. Invalid, with words that say where and why, for anything else.
func Decode(data []byte, now chat.Millis) (Schedule, error) {
	r := &reader{}
	o := r.object("hours", data)
	s := Schedule{Zone: r.text(o, "zone"), Email: EmailRule(r.text(o, "email"))}
	if s.Email == wireOptional {
		s.Email = EmailOptional
	}
	week := r.list("week", o["week"])
	if len(week) != len(s.Week) {
		r.refuse("The week needs %d days, Monday first; it has %d.", len(s.Week), len(week))
	}
	for i := range min(len(week), len(s.Week)) {
		s.Week[i] = r.spans(dayName(i), week[i])
	}
	for _, raw := range r.list("exceptions", o["exceptions"]) {
		e := r.object("an exception", raw)
		date := r.text(e, "date")
		s.Exceptions = append(s.Exceptions, Exception{date, r.spans(chat.Truncate(date, maxQuoted), e["open"])})
	}
	if isPresent(o["closed"]) {
		closed := r.object("closed", o["closed"])
		s.Pause = Pause{Since: now, Until: r.time(closed, "until")}
		if since := r.time(closed, "since"); since != 0 {
			s.Pause.Since = min(since, now)
		}
	}
	if r.err != nil {
		return Schedule{}, r.err
	}
	return s.Clean()
}

// reader reads JSON strictly: encoding/json alone would accept names in another case. It keeps the first error.
type reader struct{ err *chat.Error }

type object map[string]json.RawMessage

func (r *reader) refuse(format string, args ...any) {
	if r.err == nil {
		r.err = invalid(format, args...)
	}
}

func isPresent(raw json.RawMessage) bool { return len(raw) > 0 && string(raw) != "null" }

func (r *reader) object(what string, raw json.RawMessage) (o object) {
	if err := json.Unmarshal(raw, &o); err != nil || o == nil {
		r.refuse("%q has to be an object.", what)
	}
	return o
}

// list reads an array; an empty one if it is absent.
func (r *reader) list(what string, raw json.RawMessage) (all []json.RawMessage) {
	if isPresent(raw) && json.Unmarshal(raw, &all) != nil {
		r.refuse("%q has to be a list.", what)
	}
	return all
}

// text reads a string; "" if it is absent.
func (r *reader) text(o object, name string) (s string) {
	if isPresent(o[name]) && json.Unmarshal(o[name], &s) != nil {
		r.refuse("%q has to be a text.", name)
	}
	return s
}

// time reads milliseconds since 1970; 0 if they are absent.
func (r *reader) time(o object, name string) chat.Millis {
	if !isPresent(o[name]) {
		return 0
	}
	n, err := strconv.ParseInt(string(o[name]), 10, 64)
	if err != nil || n < 0 || n > maxTime {
		r.refuse("%q has to be a time in milliseconds.", name)
	}
	return chat.Millis(n)
}

// maxTime is the last moment of the year 9999.
const maxTime = 253402300799999

// spans reads a day's.
func (r *reader) spans(day string, raw json.RawMessage) (spans []Span) {
	for _, raw := range r.list(day, raw) {
		o := r.object(day, raw)
		spans = append(spans, Span{r.timeOfDay(day, o, "from"), r.timeOfDay(day, o, "to")})
	}
	return spans
}

var clockTime = regexp.MustCompile(`^([01]\d|2[0-3]):([0-5]\d)$|^(24):(00)$`)

// timeOfDay reads a time such as 09:00 as minutes.
func (r *reader) timeOfDay(day string, o object, name string) int {
	given := r.text(o, name)
	if !clockTime.MatchString(given) {
		r.refuse("%s: %q is not a time of day such as 09:00.", day, chat.Truncate(given, maxQuoted))
		return 0
	}
	hours, _ := strconv.Atoi(given[:2])
	minutes, _ := strconv.Atoi(given[3:])
	return hours*60 + minutes
}
