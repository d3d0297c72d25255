package stats

import (
	"context"
	"fmt"

	"rejoin/internal/chat"
)

// coverage is the start of the oldest day in the stack's zone that has a row, by owner; an owner without any is missing.
// Days before it are added up from hours. So a stack whose zone was changed, or whose zone data is newer, still shows the
// same figures; it reads more rows until the sweep has written all days.
type coverage map[string]chat.Millis

// endOfTime is later than any time that is stored.
const endOfTime chat.Millis = 9_999_999_999_999

func (c coverage) of(agent chat.PersonID) chat.Millis {
	if from, known := c[owner(agent)]; known {
		return from
	}
	return endOfTime
}

// coverage reads the coverage of the owners from `first` to `last`, both included, in the order of their keys.
func (s *Service) coverage(ctx context.Context, first, last string) (coverage, error) {
	rows, err := s.Store.Stats(ctx, s.coverageSeries(), first, last)
	if err != nil {
		return nil, fmt.Errorf("read how far days reach back: %w", err)
	}
	covered := coverage{}
	for _, row := range rows {
		covered[row.At] = endOfTime - chat.Millis(row.Weight)
	}
	return covered, nil
}

// coverageFor reads the coverage for a query; nil if rows of days cannot answer it.
func (s *Service) coverageFor(ctx context.Context, query Query, first, last string) (coverage, error) {
	if !s.fitsDays(query) {
		return nil, nil
	}
	return s.coverage(ctx, first, last)
}

// extendDays writes rows of the agent's days before `from`, newest first, until all have one or the time is over.
func (s *Service) extendDays(ctx context.Context, agent chat.PersonID, from chat.Millis) error {
	if from == 0 || outOfTime(ctx) {
		return nil
	}
	hours, err := s.readTotals(ctx, hoursSeries(agent), 0, from)
	if err != nil {
		return err
	}
	for len(hours) > 0 && !outOfTime(ctx) {
		from = dayOf(hours[len(hours)-1].at, s.Zone)
		var sum total
		for len(hours) > 0 && hours[len(hours)-1].at >= from {
			sum.add(hours[len(hours)-1].total)
			hours = hours[:len(hours)-1]
		}
		if err := s.putTotal(ctx, s.daysSeries(agent), from, sum); err != nil {
			return err
		}
	}
	if len(hours) == 0 {
		from = 0
	}
	// The row of the greater weight stays, so the weight grows with the coverage. The row never expires.
	row := chat.StatsRow{Series: s.coverageSeries(), At: owner(agent), Weight: int64(endOfTime - from)}
	if _, err := s.Store.PutStats(ctx, row); err != nil {
		return fmt.Errorf("store how far days reach back: %w", err)
	}
	return nil
}

// totalsFor reads the rows to add up for an answer: days as far back as they have rows, hours before that. A day's row gets
// the time of the day's first hour.
func (s *Service) totalsFor(ctx context.Context, query Query, agent chat.PersonID, covered coverage) ([]timedTotal, error) {
	from, to := dayOf(firstHourFrom(query.From), s.Zone), dayOf(firstHourFrom(query.To), s.Zone)
	split := max(from, covered.of(agent))
	if split >= to {
		return s.readTotals(ctx, hoursSeries(agent), query.From, query.To)
	}
	rows, err := s.readTotals(ctx, s.daysSeries(agent), split, to)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		rows[i].at = firstHourFrom(rows[i].at)
	}
	if split == from {
		return rows, nil
	}
	hours, err := s.readTotals(ctx, hoursSeries(agent), query.From, split)
	return append(hours, rows...), err
}

// fitsDays tells whether the range consists of whole days of the stack's zone, whatever zone the query names.
func (s *Service) fitsDays(query Query) bool {
	if query.By == ByHour {
		return false
	}
	if query.By == ByDay {
		for at := query.From; at < query.To; at = daysAfter(at, query.Zone, 1) {
			if !s.startsDay(at) {
				return false
			}
		}
	}
	return s.startsDay(query.From) && s.startsDay(query.To)
}

// startsDay tells whether the first hour from a time on is the first hour of a day in the stack's zone.
func (s *Service) startsDay(at chat.Millis) bool {
	at = firstHourFrom(at)
	return firstHourFrom(dayOf(at, s.Zone)) == at
}
