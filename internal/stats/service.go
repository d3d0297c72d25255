package stats

import (
	"fmt"
	"time"

	"rejoin/internal/chat"
)

// Service is the use cases, a file for each. It keeps no state between calls, so any number of them may run at once, in any
// number of processes.
type Service struct {
	Store chat.Store
	Clock chat.Clock
	Each  chat.Each
	Hours Hours          // nil: every shop is always open
	Zone  *time.Location // its days are stored as rows; days of other zones are added up from hours
	// ZoneData is the release of the zone's data, as 2026f: another release may start days at other times.
	ZoneData string
	Keep     time.Duration // how long rows are kept after the time that they count; 0 = for ever
}

// The series of rows. Hours and days in which nothing happened have no row.
const (
	agentsSeries  = "agents" // by id: each agent who has figures; the data is their name, the weight their latest hour
	waitingSeries = "samples/waiting"
	onlineSeries  = "samples/online"

	everybody = "all"
	firstKey  = " " // sorts before every key, lastKey after
	lastKey   = "~"
)

// chatsSeries holds, by room, the contributions of the chats that began in the hour.
func chatsSeries(hour chat.Millis) string { return "chats/" + keyOf(hour) }

func hoursSeries(agent chat.PersonID) string { return "hours/" + owner(agent) }

func (s *Service) daysSeries(agent chat.PersonID) string {
	return s.coverageSeries() + "/" + owner(agent)
}

// coverageSeries holds, by owner, how far back their series of days reaches.
func (s *Service) coverageSeries() string { return "days/" + s.Zone.String() + "@" + s.ZoneData }

func owner(agent chat.PersonID) string {
	if agent == "" {
		return everybody
	}
	return string(agent)
}

// keyOf writes a time as 13 digits, so that keys sort as times do.
func keyOf(at chat.Millis) string { return fmt.Sprintf("%013d", at) }

func timeOfKey(key string) (at chat.Millis, err error) {
	if _, err = fmt.Sscanf(key, "%d", &at); err != nil || keyOf(at) != key {
		return 0, fmt.Errorf("key %q is not a time", key)
	}
	return at, nil
}

// row makes a row that expires s.Keep after `at`, the time that it counts.
func (s *Service) row(series, key string, at chat.Millis, weight int64, data []byte) chat.StatsRow {
	row := chat.StatsRow{Series: series, At: key, Weight: weight, Data: data}
	if s.Keep > 0 {
		row.Expires = at.After(s.Keep) / 1000 * 1000
	}
	return row
}
