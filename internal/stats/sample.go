package stats

import (
	"context"
	"fmt"

	"rejoin/internal/chat"
)

// Sample is what a sample saw: the customers in the queue, how long one of them has been without a word of an agent at most,
// of the oldest chat.MaxQueue, and the agents who are online.
type Sample struct {
	Waiting, Online int
	LongestWait     chat.Millis
}

// Sample notes how many customers wait and how many agents are online, where it is more than was seen in this hour. A
// chat that waits for long would change hours that have long been added up, and nothing is kept of who was online when,
// so these two are looked at as they are: what comes and goes between two samples is not seen.
func (s *Service) Sample(ctx context.Context) (Sample, error) {
	now := s.Clock.Now()
	queue, err := s.Store.Queue(ctx)
	if err != nil {
		return Sample{}, fmt.Errorf("list the queue: %w", err)
	}
	agents, err := s.Store.ConnectedAgents(ctx, chat.StatusOnline)
	if err != nil {
		return Sample{}, fmt.Errorf("list the agents: %w", err)
	}
	seen := Sample{Waiting: len(queue), Online: len(agents)}
	if len(queue) > 0 {
		if seen.LongestWait, err = s.longest(ctx, queue[:min(chat.MaxQueue, len(queue))], now); err != nil {
			return Sample{}, err
		}
	}
	hour := hourOf(now)
	for series, n := range map[string]int{waitingSeries: seen.Waiting, onlineSeries: seen.Online} {
		if n == 0 {
			continue
		}
		if _, err := s.Store.PutStats(ctx, s.row(series, placeOf(hour), hour, int64(n), nil)); err != nil {
			return Sample{}, fmt.Errorf("put %s: %w", series, err)
		}
	}
	return seen, nil
}

// longest is how long one of the rooms has waited at most.
func (s *Service) longest(ctx context.Context, ids []chat.RoomID, now chat.Millis) (longest chat.Millis, err error) {
	rooms, err := s.Store.Rooms(ctx, ids)
	if err != nil {
		return 0, fmt.Errorf("read the queue's rooms: %w", err)
	}
	for _, r := range rooms {
		if r.Status == chat.StatusWaiting { // the index may lag
			longest = max(longest, now-r.AttendedAt())
		}
	}
	return longest, nil
}

// sampled is what was noted of each hour that begins within from and to, to left out.
func (s *Service) sampled(ctx context.Context, series string, from, to chat.Millis) (map[chat.Millis]int64, error) {
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
