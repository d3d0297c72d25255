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

// Ask asks for figures of the chats that began from From on and before To, both moved out to a whole hour, or day of the
// zone. A From at which a day of the zone begins is the first hour of that day.
type Ask struct {
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

// Present is an agent who is connected, and how many open chats they hold.
type Present struct {
	Agent  chat.Person // ID and Name
	Status chat.AgentStatus
	Open   int
}

// Rows are an answer, in order; of ByNow it has Now instead. After is where to go on for what it does not cover; empty when
// it covers all.
type Rows struct {
	Rows  []Row
	After string
	Now   *Now
}

// Now is how it is at this moment. Open is how many open chats an agent has taken, also where the agent's line is gone: so
// it may be more than those of who is present.
type Now struct {
	Present []Present
	Open    int
}

// Ask reads figures: an admin's are anybody's, an agent's their own. Forbidden to ask for another's; Invalid for a range
// or place that is none, or a range that is too long; NotCurrent from an older connection.
func (s *Service) Ask(ctx context.Context, c chat.Caller, ask Ask) (Rows, error) {
	if err := ask.check(c); err != nil {
		return Rows{}, err
	}
	if err := chat.Current(ctx, s.Store, c); err != nil {
		return Rows{}, err
	}
	if !c.Admin {
		ask.Agent = c.Who
	}
	if ask.By == ByNow {
		return s.byNow(ctx, ask)
	}
	after, err := ask.align()
	if err != nil {
		return Rows{}, err
	}
	if ask.By == ByAgent {
		return s.byAgent(ctx, ask)
	}
	rows, err := s.byTime(ctx, ask)
	return Rows{Rows: rows, After: after}, err
}

func refuse(code chat.Code, format string, args ...any) *chat.Error {
	return &chat.Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

func (ask Ask) check(c chat.Caller) error {
	if err := ask.checkRange(); err != nil {
		return err
	}
	if !c.Admin && ask.Agent != "" && ask.Agent != c.Who {
		return refuse(chat.Forbidden, "These figures are another agent's.")
	}
	return nil
}

func (ask Ask) checkRange() error {
	end, words := ask.From.After(chat.MaxSpan), "three years"
	if ask.By == ByHour { // of which one may have 25
		end, words = max(ask.From.After(maxDays*day), dayAfter(ask.From, ask.Zone, maxDays)), "100 days"
	}
	switch {
	case ask.By == ByNow:
	case ask.From >= ask.To:
		return refuse(chat.Invalid, "A range of dates ends later than it begins.")
	case ask.To > end:
		return refuse(chat.Invalid, "A range of figures by %s has at most %s.", ask.By, words)
	}
	return nil
}

// align moves the range out to whole units, and then cuts it to what one answer covers: after is where the rest begins.
func (ask *Ask) align() (after string, err error) {
	if ask.By != ByDay {
		ask.From, ask.To = ask.firstHour(), firstHour(ask.To)
	} else {
		ask.From, ask.To = midnight(ask.From, ask.Zone), dayAfter(ask.To-1, ask.Zone, 1)
	}
	if ask.By == ByRange || ask.By == ByAgent {
		return "", nil
	}
	if ask.After != "" {
		from, err := timeOf(ask.After)
		if err != nil || from < ask.From || from >= ask.To || ask.begin(from) != from {
			return "", refuse(chat.Invalid, "This is not where an earlier answer ended.")
		}
		ask.From = from
	}
	end := ask.From + MaxRows*hour
	if ask.By == ByDay {
		end = dayAfter(ask.From, ask.Zone, MaxRows)
	}
	if end >= ask.To {
		return "", nil
	}
	ask.To = end
	return placeOf(end), nil
}

// begin is when the row that a time counts in begins.
func (ask Ask) begin(at chat.Millis) chat.Millis {
	switch ask.By {
	case ByHour:
		return hourOf(at)
	case ByDay:
		return midnight(at, ask.Zone)
	case ByRange, ByAgent, ByNow:
	}
	return ask.From
}

// dateOf is the date of a day that begins then; empty for any other unit.
func (ask Ask) dateOf(begin chat.Millis) string {
	if ask.By != ByDay {
		return ""
	}
	return time.UnixMilli(int64(begin)).In(ask.Zone).Format(time.DateOnly)
}

// firstHour is the range's first hour.
func (ask Ask) firstHour() chat.Millis {
	if ask.From == midnight(ask.From, ask.Zone) {
		return firstHour(ask.From)
	}
	return hourOf(ask.From)
}
