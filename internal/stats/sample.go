package stats

import (
	"context"
	"fmt"

	"rejoin/internal/chat"
)

// Sample is the state at one moment.
type Sample struct {
	Waiting     int         // customers in the queue
	Online      int         // agents
	LongestWait chat.Millis // within the hours, without a text of an agent, of the chat.MaxQueue oldest in the queue
}

// Sample stores how many customers wait and how many agents are online, if it is more than was seen in this hour before.
// These two cannot be counted from ended chats: a long wait would change hours that were added up long ago, and nobody
// records when agents were online. What comes and goes between two samples is missed. A snapshot of a queue that is
// long enough to have marks is stored too.
func (s *Service) Sample(ctx context.Context) (Sample, error) {
	now := s.Clock.Now()
	queue, oldest, err := s.queue(ctx)
	if err != nil {
		return Sample{}, err
	}
	if len(queue) >= segment {
		if err := s.putSnapshot(ctx, newSnapshot(now, queue, oldest)); err != nil {
			return Sample{}, err
		}
	}
	agents, err := s.Store.ConnectedAgents(ctx, chat.StatusOnline)
	if err != nil {
		return Sample{}, fmt.Errorf("list the agents: %w", err)
	}
	sample := Sample{Waiting: len(queue), Online: len(agents)}
	hour := hourOf(now)
	for series, n := range map[string]int{waitingSeries: sample.Waiting, onlineSeries: sample.Online} {
		if n == 0 {
			continue
		}
		if _, err := s.Store.PutStats(ctx, s.row(series, keyOf(hour), hour, int64(n), nil)); err != nil {
			return Sample{}, fmt.Errorf("put %s: %w", series, err)
		}
	}
	sample.LongestWait, err = s.longestWait(ctx, oldest, now)
	return sample, err
}

// longestWait is the longest that any of the rooms has waited while its shop was open.
func (s *Service) longestWait(ctx context.Context, rooms []chat.Room, now chat.Millis) (longest chat.Millis, err error) {
	past := s.newHistories()
	for _, r := range rooms {
		if r.Status != chat.StatusWaiting || r.Left { // the index may be late
			continue
		}
		openTime, err := past.of(ctx, r)
		if err != nil {
			return 0, err
		}
		longest = max(longest, openTime(r.AttendedAt(), now))
	}
	return longest, nil
}

// sampled reads the maximum of each hour that begins from `from` on and before `to`.
func (s *Service) sampled(ctx context.Context, series string, from, to chat.Millis) (map[chat.Millis]int64, error) {
	rows, err := s.Store.Stats(ctx, series, keyOf(from), keyOf(to-1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", series, err)
	}
	seen := map[chat.Millis]int64{}
	for _, row := range rows {
		at, err := timeOfKey(row.At)
		if err != nil {
			return nil, err
		}
		seen[at] = row.Weight
	}
	return seen, nil
}
