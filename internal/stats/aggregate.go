package stats

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"rejoin/internal/chat"
)

// total is figures with a weight: the sum of the revs of their rooms. Rooms are only added, or return with a higher rev, so
// the total with the greater weight has seen more.
type total struct {
	Figures
	weight int64
}

func (t *total) add(other total) {
	t.Add(other.Figures)
	t.weight += other.weight
}

// aggregate adds up an hour again from its rooms' contributions. Then, for each owner of that hour, it adds up the day from
// its hours, and earlier days that have no rows yet. Its reads begin after the rooms' rows were written, so of several runs
// at once the one that began last sees all of them.
func (s *Service) aggregate(ctx context.Context, at chat.Millis, covered coverage) error {
	agents, err := s.aggregateHour(ctx, at)
	if err != nil {
		return fmt.Errorf("add up hour %d: %w", at, err)
	}
	for _, agent := range agents {
		if err := s.aggregateDay(ctx, agent, dayOf(at, s.Zone)); err != nil {
			return fmt.Errorf("add up the day of hour %d: %w", at, err)
		}
		if err := s.extendDays(ctx, agent, covered); err != nil {
			return fmt.Errorf("add up the days before hour %d: %w", at, err)
		}
	}
	return nil
}

// aggregateHour returns the owners of the hour: "" for everybody, if a chat began in it, and each agent who held one of
// those chats.
func (s *Service) aggregateHour(ctx context.Context, at chat.Millis) ([]chat.PersonID, error) {
	rows, err := s.Store.Stats(ctx, chatsSeries(at), firstKey, lastKey)
	if err != nil {
		return nil, fmt.Errorf("read its chats: %w", err)
	}
	totals, names := map[chat.PersonID]total{}, map[chat.PersonID]string{}
	for _, row := range rows {
		contributions, err := decodeContributions(row.Data)
		if err != nil {
			return nil, fmt.Errorf("chat %s: %w", row.At, err)
		}
		for _, c := range contributions {
			t := totals[c.Agent]
			t.add(total{c.Figures, row.Weight})
			totals[c.Agent], names[c.Agent] = t, c.Name
		}
	}
	agents := slices.Sorted(maps.Keys(totals))
	for _, agent := range agents {
		if err := s.putTotal(ctx, hoursSeries(agent), at, totals[agent]); err != nil {
			return nil, err
		}
		if agent == "" {
			continue
		}
		row := s.row(agentsSeries, string(agent), at, int64(at), []byte(names[agent]))
		if _, err := s.Store.PutStats(ctx, row); err != nil {
			return nil, fmt.Errorf("put %s among the agents: %w", agent, err)
		}
	}
	return agents, nil
}

func (s *Service) aggregateDay(ctx context.Context, agent chat.PersonID, from chat.Millis) error {
	rows, err := s.readTotals(ctx, hoursSeries(agent), from, daysAfter(from, s.Zone, 1))
	if err != nil {
		return err
	}
	var sum total
	for _, row := range rows {
		sum.add(row.total)
	}
	return s.putTotal(ctx, s.daysSeries(agent), from, sum)
}

// putTotal writes a row, unless the stored one has a greater weight.
func (s *Service) putTotal(ctx context.Context, series string, at chat.Millis, t total) error {
	row := s.row(series, keyOf(at), at, t.weight, encode(t.Figures))
	if _, err := s.Store.PutStats(ctx, row); err != nil {
		return fmt.Errorf("put %s of %s: %w", row.At, series, err)
	}
	return nil
}

// timedTotal is the total of the hour or day that begins at `at`.
type timedTotal struct {
	at chat.Millis
	total
}

// readTotals reads the rows of a series that begin from `from` on and before `to`, in order.
func (s *Service) readTotals(ctx context.Context, series string, from, to chat.Millis) ([]timedTotal, error) {
	rows, err := s.Store.Stats(ctx, series, keyOf(from), keyOf(to-1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", series, err)
	}
	all := make([]timedTotal, len(rows))
	for i, row := range rows {
		at, err := timeOfKey(row.At)
		if err != nil {
			return nil, err
		}
		f, err := decode(row.Data)
		if err != nil {
			return nil, fmt.Errorf("row %s of %s: %w", row.At, series, err)
		}
		all[i] = timedTotal{at, total{f, row.Weight}}
	}
	return all, nil
}
