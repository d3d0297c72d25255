package stats

import (
	"context"
	"fmt"

	"rejoin/internal/chat"
)

// Sample notes how many customers wait and how many agents are online, where it is more than was seen in this hour. A
// chat that waits for long would change hours that have long been added up, and nothing is kept of who was online when,
// so these two are looked at as they are: what comes and goes between two samples is not seen.
func (s *Service) Sample(ctx context.Context) error {
	now := hourOf(s.Clock.Now())
	queue, err := s.Store.Queue(ctx)
	if err != nil {
		return fmt.Errorf("list the queue: %w", err)
	}
	agents, err := s.Store.OnlineAgents(ctx)
	if err != nil {
		return fmt.Errorf("list the agents: %w", err)
	}
	for series, n := range map[string]int{waitingSeries: len(queue), onlineSeries: len(agents)} {
		if n == 0 {
			continue
		}
		if _, err := s.Store.PutStats(ctx, s.row(series, placeOf(now), now, int64(n), nil)); err != nil {
			return fmt.Errorf("put %s: %w", series, err)
		}
	}
	return nil
}

// seen is what was noted of each hour that begins within from and to, to left out.
func (s *Service) seen(ctx context.Context, series string, from, to chat.Millis) (map[chat.Millis]int64, error) {
	rows, err := s.Store.Stats(ctx, series, placeOf(from), placeOf(to-1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", series, err)
	}
	seen := map[chat.Millis]int64{}
	for _, row := range rows {
		at, err := timeOf(row.At)
		if err != nil {
			return nil, err
		}
		seen[at] = row.Weight
	}
	return seen, nil
}
