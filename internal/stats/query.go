package stats

import (
	"context"
	"fmt"
	"time"

	"rejoin/internal/chat"
)

// Unit is what one row of an answer is of.
type Unit string

// The units.
const (
	ByHour  Unit = "hour"
	ByDay   Unit = "day"
	ByRange Unit = "range" // one row of all that was asked for
	ByAgent Unit = "agent" // one such row of each agent
	ByNow   Unit = "now"   // each agent who is connected, at this moment: the range does not matter
)

// Units are all of them.
func Units() []Unit { return []Unit{ByHour, ByDay, ByRange, ByAgent, ByNow} }

const (
	// MaxRows is how many hours or days one answer covers: it is at most 128 KB.
	MaxRows = 120
	// MaxAgents is how many agents it covers, whose ids and names may be long.
	MaxAgents = 75
	// maxDays is the longest range that is asked for by hour.
	maxDays = 100
)

// Query asks for figures of the chats that began from From on and before To, both moved out to a whole hour, or day of the
// zone. A From at which a day of the zone begins is the first hour of that day.
type Query struct {
	From, To chat.Millis
	By       Unit
	Agent    chat.PersonID // empty: an agent's own, everybody's for an admin
	Zone     *time.Location
	After    string // the After of the answer before; empty at first
}

// Row is the figures of a time, or of an agent; only what has any has a row.
type Row struct {
	At          chat.Millis // when the time begins
	Day         string      // of ByDay: its date in the zone, as 2026-11-30
	Agent       chat.Person // of ByAgent: ID and Name
	MostWaiting int64       // the most customers seen waiting at once; not of an agent
	Online      int64       // the most agents seen online at once; not of an agent
	Figures
}

// Presence is an agent who is connected, and how many open chats they hold.
type Presence struct {
	Agent  chat.Person // ID and Name
	Status chat.AgentStatus
	Open   int
}

// Result are an answer, in order; of ByNow it has Now instead. After is where to go on for what it does not cover; empty when
// it covers all.
type Result struct {
	Rows  []Row
	After string
	Now   *Now
}

// Now is how it is at this moment. Open is how many open chats an agent has taken, also where the agent's line is gone: so
// it may be more than those of who is present.
type Now struct {
	Present []Presence
	Open    int
}

// Ask reads figures: an admin's are anybody's, an agent's their own. Forbidden to ask for another's; Invalid for a range
// or place that is none, or a range that is too long; NotCurrent from an older connection.
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
	if query.By == ByHour { // of which one may have 25
		end, words = max(query.From.After(maxDays*day), dayAfter(query.From, query.Zone, maxDays)), "100 days"
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

// align moves the range out to whole units, and then cuts it to what one answer covers: after is where the rest begins.
func (query *Query) align() (after string, err error) {
	if query.By != ByDay {
		query.From, query.To = query.firstHour(), firstHour(query.To)
	} else {
		query.From, query.To = midnight(query.From, query.Zone), dayAfter(query.To-1, query.Zone, 1)
	}
	if query.By == ByRange || query.By == ByAgent {
		return "", nil
	}
	if query.After != "" {
		from, err := timeOf(query.After)
		if err != nil || from < query.From || from >= query.To || query.begin(from) != from {
			return "", refuse(chat.Invalid, "This is not where an earlier answer ended.")
		}
		query.From = from
	}
	end := query.From + MaxRows*hour
	if query.By == ByDay {
		end = dayAfter(query.From, query.Zone, MaxRows)
	}
	if end >= query.To {
		return "", nil
	}
	query.To = end
	return placeOf(end), nil
}

// begin is when the row that a time counts in begins.
func (query Query) begin(at chat.Millis) chat.Millis {
	switch query.By {
	case ByHour:
		return hourOf(at)
	case ByDay:
		return midnight(at, query.Zone)
	case ByRange, ByAgent, ByNow:
	}
	return query.From
}

// dateOf is the date of a day that begins then; empty for any other unit.
func (query Query) dateOf(begin chat.Millis) string {
	if query.By != ByDay {
		return ""
	}
	return time.UnixMilli(int64(begin)).In(query.Zone).Format(time.DateOnly)
}

// firstHour is the range's first hour.
func (query Query) firstHour() chat.Millis {
	if query.From == midnight(query.From, query.Zone) {
		return firstHour(query.From)
	}
	return hourOf(query.From)
}
