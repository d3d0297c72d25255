package stats

import (
	"context"
	"fmt"

	"rejoin/internal/chat"
)

// coverage is how far back rows of days in the stack's zone exist, for each owner; an owner who is missing has none. Later days
// are read from these rows, earlier ones added up from hours. So a stack whose zone was just changed, or whose zone data is
// newer, shows the same as before; it only reads more until the sweep has caught up.
type coverage map[string]chat.Millis

// endOfTime is later than any time that is stored.
const endOfTime chat.Millis = 9_999_999_999_999

func (r coverage) of(agent chat.PersonID) chat.Millis {
	if from, known := r[owner(agent)]; known {
		return from
	}
	return endOfTime
}

// coverage reads it for the owners from `first` to `last`, in order of their keys.
func (s *Service) coverage(ctx context.Context, first, last string) (coverage, error) {
	rows, err := s.Store.Stats(ctx, s.coverageSeries(), first, last)
	if err != nil {
		return nil, fmt.Errorf("read how far days reach back: %w", err)
	}
	r := coverage{}
	for _, row := range rows {
		r[row.At] = endOfTime - chat.Millis(row.Weight)
	}
	return r, nil
}

// coverageFor is reach for a request; nil where rows of days don't help to answer it.
func (s *Service) coverageFor(ctx context.Context, query Query, first, last string) (coverage, error) {
	if !s.inDays(query) {
		return nil, nil
	}
	return s.coverage(ctx, first, last)
}

// extend adds up the days that have no rows yet, the newest first and as many as there is time for.
func (s *Service) extend(ctx context.Context, agent chat.PersonID, r coverage) error {
	from := r.of(agent)
	if from == 0 || late(ctx) {
		return nil
	}
	hours, err := s.read(ctx, hoursSeries(agent), 0, from)
	if err != nil {
		return err
	}
	for len(hours) > 0 && !late(ctx) {
		from = midnight(hours[len(hours)-1].at, s.Zone)
		var sum total
		for len(hours) > 0 && hours[len(hours)-1].at >= from {
			sum.add(hours[len(hours)-1].total)
			hours = hours[:len(hours)-1]
		}
		if err := s.put(ctx, s.daysSeries(agent), from, sum); err != nil {
			return err
		}
	}
	if len(hours) == 0 {
		from = 0
	}
	r[owner(agent)] = from
	// Of two rows the heavier wins, so the one that reaches further back has to be. It never expires.
	row := chat.StatsRow{Series: s.coverageSeries(), At: owner(agent), Weight: int64(endOfTime - from)}
	if _, err := s.Store.PutStats(ctx, row); err != nil {
		return fmt.Errorf("keep how far days reach back: %w", err)
	}
	return nil
}

// source reads the rows that the answer is added up from: days as far back as they reach, hours before. A day's row gets the
// time of the day's first hour.
func (s *Service) source(ctx context.Context, query Query, agent chat.PersonID, r coverage) ([]timed, error) {
	from, to := midnight(firstHour(query.From), s.Zone), midnight(firstHour(query.To), s.Zone)
	split := max(from, r.of(agent))
	if split >= to {
		return s.read(ctx, hoursSeries(agent), query.From, query.To)
	}
	rows, err := s.read(ctx, s.daysSeries(agent), split, to)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		rows[i].at = firstHour(rows[i].at)
	}
	if split == from {
		return rows, nil
	}
	hours, err := s.read(ctx, hoursSeries(agent), query.From, split)
	return append(hours, rows...), err
}

// inDays tells whether the range consists of days of the stack's zone, even if the request calls its zone by another name.
func (s *Service) inDays(query Query) bool {
	if query.By == ByHour {
		return false
	}
	if query.By == ByDay {
		for at := query.From; at < query.To; at = dayAfter(at, query.Zone, 1) {
			if !s.beginsDay(at) {
				return false
			}
		}
	}
	return s.beginsDay(query.From) && s.beginsDay(query.To)
}

// beginsDay tells whether the first hour from a time on is also the first hour of a day in the stack's zone.
func (s *Service) beginsDay(at chat.Millis) bool {
	at = firstHour(at)
	return firstHour(midnight(at, s.Zone)) == at
}
