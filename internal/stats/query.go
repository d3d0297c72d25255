package stats

import (
	"context"
	"fmt"
	"time"

	"rejoin/internal/chat"
)

// Unit is what one row of a result covers.
type Unit string

// The units.
const (
	ByHour  Unit = "hour"
	ByDay   Unit = "day"
	ByRange Unit = "range" // one row for the whole range
	ByAgent Unit = "agent" // a row of the whole range for each agent
	ByNow   Unit = "now"   // the connected agents at this moment; the range is ignored
)

// Units are all of them.
func Units() []Unit { return []Unit{ByHour, ByDay, ByRange, ByAgent, ByNow} }

const (
	// MaxRows is how many hours or days one result covers, so that its frame has at most 128 KB.
	MaxRows = 96
	// MaxAgents is the same for agents, whose ids and names may be long.
	MaxAgents = 60
	// maxDays is the longest range by hour.
	maxDays = 100
)

// Query asks for the figures of the chats that began from From on and before To, both extended to a whole hour, or day of
// the zone. If a day of the zone begins at From, the range begins with the first hour of that day.
type Query struct {
	From, To chat.Millis
	By       Unit
	Agent    chat.PersonID // empty: the caller's own, everybody's for an admin
	Zone     *time.Location
	After    string // the After of the result before; empty at first
}

// Row is the figures of a time or of an agent. A time or agent without figures has no row.
type Row struct {
	At          chat.Millis // start of the time
	Day         string      // with ByDay: its date in the zone, as 2026-11-30
	Agent       chat.Person // with ByAgent: ID and Name
	MostWaiting int64       // the most customers waiting at once, as sampled; 0 for an agent
	Online      int64       // the most agents online at once, as sampled; 0 for an agent
	Figures
}

// Presence is a connected agent and how many open chats they hold.
type Presence struct {
	Agent  chat.Person // ID and Name
	Status chat.AgentStatus
	Open   int
}

// Result has Rows in order or, with ByNow, Now. After is the next query's After for what this result does not cover; empty
// if it covers all.
type Result struct {
	Rows  []Row
	After string
	Now   *Now
}

// Now is the state at this moment. Open is how many open chats an agent has taken; it includes those of agents who are not
// connected, so it may exceed the sum over Present.
type Now struct {
	Present []Presence
	Open    int
}

// Query reads figures: an admin may read anybody's, an agent their own. Forbidden for another agent's; Invalid for an After
// that no result had, a range that ends before it begins, or one longer than MaxSpan (100 days by hour); NotCurrent from an
// older connection.
func (s *Service) Query(ctx context.Context, c chat.Caller, query Query) (Result, error) {
	if err := query.check(c); err != nil {
		return Result{}, err
	}
	if err := chat.CheckCurrent(ctx, s.Store, c); err != nil {
		return Result{}, err
	}
	if !c.Admin {
		query.Agent = c.Who
	}
	if query.By == ByNow {
		return s.byNow(ctx, query)
	}
	after, err := query.align()
	if err != nil {
		return Result{}, err
	}
	if query.By == ByAgent {
		return s.byAgent(ctx, query)
	}
	rows, err := s.byTime(ctx, query)
	return Result{Rows: rows, After: after}, err
}

func refuse(code chat.Code, format string, args ...any) *chat.Error {
	return &chat.Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

func (query Query) check(c chat.Caller) error {
	if err := query.checkRange(); err != nil {
		return err
	}
	if !c.Admin && query.Agent != "" && query.Agent != c.Who {
		return refuse(chat.Forbidden, "These figures are another agent's.")
	}
	return nil
}

func (query Query) checkRange() error {
	end, words := query.From.After(chat.MaxSpan), "three years"
	if query.By == ByHour { // one of which may have 25 hours
		end, words = max(query.From.After(maxDays*day), daysAfter(query.From, query.Zone, maxDays)), "100 days"
	}
	switch {
	case query.By == ByNow:
	case query.From >= query.To:
		return refuse(chat.Invalid, "A range of dates ends later than it begins.")
	case query.To > end:
		return refuse(chat.Invalid, "A range of figures by %s has at most %s.", query.By, words)
	}
	return nil
}

// align extends the range to whole units and cuts it to what one result covers; after is where the rest begins.
func (query *Query) align() (after string, err error) {
	if query.By != ByDay {
		query.From, query.To = query.firstHour(), firstHourFrom(query.To)
	} else {
		query.From, query.To = dayOf(query.From, query.Zone), daysAfter(query.To-1, query.Zone, 1)
	}
	if query.By == ByRange || query.By == ByAgent {
		return "", nil
	}
	if query.After != "" {
		from, err := timeOfKey(query.After)
		if err != nil || from < query.From || from >= query.To || query.rowStart(from) != from {
			return "", refuse(chat.Invalid, "This is not where an earlier answer ended.")
		}
		query.From = from
	}
	end := query.From + MaxRows*hour
	if query.By == ByDay {
		end = daysAfter(query.From, query.Zone, MaxRows)
	}
	if end >= query.To {
		return "", nil
	}
	query.To = end
	return keyOf(end), nil
}

// rowStart is the start of the row to which a time belongs.
func (query Query) rowStart(at chat.Millis) chat.Millis {
	switch query.By {
	case ByHour:
		return hourOf(at)
	case ByDay:
		return dayOf(at, query.Zone)
	case ByRange, ByAgent, ByNow:
	}
	return query.From
}

// dateOf is the date of the day that begins then; empty for other units.
func (query Query) dateOf(begin chat.Millis) string {
	if query.By != ByDay {
		return ""
	}
	return time.UnixMilli(int64(begin)).In(query.Zone).Format(time.DateOnly)
}

// firstHour is the range's first hour.
func (query Query) firstHour() chat.Millis {
	if query.From == dayOf(query.From, query.Zone) {
		return firstHourFrom(query.From)
	}
	return hourOf(query.From)
}
