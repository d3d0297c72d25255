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

// aggregate adds up an hour again from its rooms' contributions, for those owners whose figures may have changed: everybody
// and agents. Then, for each of them, it adds up the day from its hours, and earlier days that have no rows yet. Its reads
// begin after the rooms' rows were written, so of several runs at once the one that began last sees all of them.
func (s *Service) aggregate(ctx context.Context, at chat.Millis, changed map[chat.PersonID]bool, covered coverage) error {
	owners, err := s.aggregateHour(ctx, at, changed)
	if err != nil {
		return fmt.Errorf("add up hour %d: %w", at, err)
	}
	reached := make([]chat.Millis, len(owners))
	err = s.Each.Try(ctx, len(owners), func(ctx context.Context, i int) (err error) {
		if err := s.aggregateDay(ctx, owners[i], dayOf(at, s.Zone)); err != nil {
			return fmt.Errorf("add up the day of hour %d: %w", at, err)
		}
		if reached[i], err = s.extendDays(ctx, owners[i], covered.of(owners[i])); err != nil {
			return fmt.Errorf("add up the days before hour %d: %w", at, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i, of := range owners {
		covered[owner(of)] = reached[i]
	}
	return nil
}

// aggregateHour returns those owners who have figures in the hour: "" for everybody, and each agent who held one of its
// chats.
func (s *Service) aggregateHour(ctx context.Context, at chat.Millis, changed map[chat.PersonID]bool) ([]chat.PersonID, error) {
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
			if !changed[c.Agent] {
				continue
			}
			t := totals[c.Agent]
			t.add(total{c.Figures, row.Weight})
			totals[c.Agent], names[c.Agent] = t, c.Name
		}
	}
	owners := slices.Sorted(maps.Keys(totals))
	return owners, s.Each.Try(ctx, len(owners), func(ctx context.Context, i int) error {
		agent := owners[i]
		if err := s.putTotal(ctx, hoursSeries(agent), at, totals[agent]); err != nil || agent == "" {
			return err
		}
		row := s.row(agentsSeries, string(agent), at, int64(at), []byte(names[agent]))
		if _, err := s.Store.PutStats(ctx, row); err != nil {
			return fmt.Errorf("put %s among the agents: %w", agent, err)
		}
		return nil
	})
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
