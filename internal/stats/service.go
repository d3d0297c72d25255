package stats

import (
	"fmt"
	"time"

	"rejoin/internal/chat"
)

// Service is the use cases: one file for each. It holds no state between calls, and any number of calls may run side by
// side in any number of processes.
type Service struct {
	Store chat.Store
	Clock chat.Clock
	Zone  *time.Location // whose days have rows of their own; those of any other are added up from hours
	// ZoneData is the release of the data that the zone was read from: by another, days may begin at other times.
	ZoneData string
	Keep     time.Duration // for how long rows are kept, from their own time; 0 = for ever
}

// The series. Those of times have a row for each hour or day that has anything.
const (
	agentsSeries  = "agents" // by id: who has figures; the data is their name, the weight the latest hour
	waitingSeries = "samples/waiting"
	onlineSeries  = "samples/online"

	everybody  = "all"
	firstPlace = " " // sorts before every place, lastPlace after
	lastPlace  = "~"
)

// chatsSeries holds, by room, what each chat adds that began within the hour.
func chatsSeries(hour chat.Millis) string { return "chats/" + placeOf(hour) }

func hoursSeries(agent chat.PersonID) string { return "hours/" + owner(agent) }

func (s *Service) daysSeries(agent chat.PersonID) string {
	return s.coverageSeries() + "/" + owner(agent)
}

// coverageSeries holds, by whose they are, how far back the series of days reach.
func (s *Service) coverageSeries() string { return "days/" + s.Zone.String() + "@" + s.ZoneData }

func owner(agent chat.PersonID) string {
	if agent == "" {
		return everybody
	}
	return string(agent)
}

// placeOf writes a time so that places sort as times do.
func placeOf(at chat.Millis) string { return fmt.Sprintf("%013d", at) }

func timeOf(place string) (at chat.Millis, err error) {
	if _, err = fmt.Sscanf(place, "%d", &at); err != nil || placeOf(at) != place {
		return 0, fmt.Errorf("place %q is not a time", place)
	}
	return at, nil
}

// row is one that expires, from its own time.
func (s *Service) row(series, place string, at chat.Millis, weight int64, data []byte) chat.StatsRow {
	row := chat.StatsRow{Series: series, At: place, Weight: weight, Data: data}
	if s.Keep > 0 {
		row.Expires = at.After(s.Keep) / 1000 * 1000
	}
	return row
}
