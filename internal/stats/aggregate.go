package stats

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"rejoin/internal/chat"
)

// total is figures, and the sum of the revs of the rooms that they were added up from. Rooms are only ever added, or
// come back with a higher rev, so it grows with what was seen.
type total struct {
	Figures
	weight int64
}

func (t *total) add(other total) {
	t.Add(other.Figures)
	t.weight += other.weight
}

// aggregate adds up an hour anew from what its rooms add, and then the day that it lies in from all its hours, of everybody whose
// hour it was, with all days before that have no rows yet. It reads after everything that it has to see was written, so of
// any that run at once the one that began last sees it all.
func (s *Service) aggregate(ctx context.Context, at chat.Millis, reach coverage) error {
	agents, err := s.aggregateHour(ctx, at)
	if err != nil {
		return fmt.Errorf("add up hour %d: %w", at, err)
	}
	for _, agent := range agents {
		if err := s.aggregateDay(ctx, agent, midnight(at, s.Zone)); err != nil {
			return fmt.Errorf("add up the day of hour %d: %w", at, err)
		}
		if err := s.extend(ctx, agent, reach); err != nil {
			return fmt.Errorf("add up the days before hour %d: %w", at, err)
		}
	}
	return nil
}

// aggregateHour tells whose hour it was: everybody's, if anything began in it, and each agent's who held a chat of it.
func (s *Service) aggregateHour(ctx context.Context, at chat.Millis) ([]chat.PersonID, error) {
	rows, err := s.Store.Stats(ctx, chatsSeries(at), firstPlace, lastPlace)
	if err != nil {
		return nil, fmt.Errorf("read its chats: %w", err)
	}
	totals, names := map[chat.PersonID]total{}, map[chat.PersonID]string{}
	for _, row := range rows {
		parts, err := decodeContributions(row.Data)
		if err != nil {
			return nil, fmt.Errorf("chat %s: %w", row.At, err)
		}
		for _, p := range parts {
			t := totals[p.Agent]
			t.add(total{p.Figures, row.Weight})
			totals[p.Agent], names[p.Agent] = t, p.Name
		}
	}
	agents := slices.Sorted(maps.Keys(totals))
	for _, agent := range agents {
		if err := s.put(ctx, hoursSeries(agent), at, totals[agent]); err != nil {
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
	rows, err := s.read(ctx, hoursSeries(agent), from, dayAfter(from, s.Zone, 1))
	if err != nil {
		return err
	}
	var sum total
	for _, row := range rows {
		sum.add(row.total)
	}
	return s.put(ctx, s.daysSeries(agent), from, sum)
}

// put writes a row unless one is there that saw more.
func (s *Service) put(ctx context.Context, series string, at chat.Millis, t total) error {
	row := s.row(series, placeOf(at), at, t.weight, encode(t.Figures))
	if _, err := s.Store.PutStats(ctx, row); err != nil {
		return fmt.Errorf("put %s of %s: %w", row.At, series, err)
	}
	return nil
}

// timed is a row of a time.
type timed struct {
	at chat.Millis
	total
}

// read reads the rows of a series that begin within from and to, to left out.
func (s *Service) read(ctx context.Context, series string, from, to chat.Millis) ([]timed, error) {
	rows, err := s.Store.Stats(ctx, series, placeOf(from), placeOf(to-1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", series, err)
	}
	all := make([]timed, len(rows))
	for i, row := range rows {
		at, err := timeOf(row.At)
		if err != nil {
			return nil, err
		}
		f, err := decode(row.Data)
		if err != nil {
			return nil, fmt.Errorf("row %s of %s: %w", row.At, series, err)
		}
		all[i] = timed{at, total{f, row.Weight}}
	}
	return all, nil
}
