package stats

import (
	"context"
	"fmt"
	"time"

	"rejoin/internal/chat"
)

const (
	// forecastSpan is how far back a forecast looks, beside the current hour.
	forecastSpan = 3 * time.Hour
	// minAnswered is how many chats must have been answered in that time, within the hours, for a forecast.
	minAnswered = 10

	// smallTeam is how many agents are counted for each customer.
	smallTeam = 30
	// paceAge is how long a pace serves all who are far back in the queue, or served by a larger team.
	paceAge chat.Millis = 10_000
	paceKey             = "pace" // in stateSeries
)

// Wait estimates how long the customer at this position of the queue waits, 1 = next; 0 if too little is known.
func (s *Service) Wait(ctx context.Context, position int) (chat.Millis, error) {
	if position < 1 {
		return 0, nil
	}
	pace, err := s.paceAt(ctx, position)
	wait := chat.Millis(position) * chat.Millis(pace)
	if err != nil || wait > hour {
		return 0, err // longer than an hour is not known
	}
	return wait, nil
}

// paceAt is the pace of this moment for the first in the queue of a small team. For others, of whom there may be many, it
// is the same for some seconds.
func (s *Service) paceAt(ctx context.Context, position int) (int64, error) {
	if position < segment {
		online, err := s.Store.FreeAgents(ctx, smallTeam+1)
		if err != nil {
			return 0, fmt.Errorf("list the agents: %w", err)
		}
		if len(online) <= smallTeam {
			return s.paceOf(ctx, len(online))
		}
	}
	return s.counted(ctx, paceKey, paceAge, func(ctx context.Context) (int64, error) {
		online, err := s.Store.ConnectedAgents(ctx, chat.StatusOnline)
		if err != nil {
			return 0, fmt.Errorf("list the agents: %w", err)
		}
		return s.paceOf(ctx, len(online))
	})
}

// paceOf is how long each position takes with so many agents online, in ms, at least a second; 0 if too little is known. It
// is the lesser of two times: the agents' time online per chat that they took lately, divided by the agents online now; and
// the median wait within the hours, which counts when agents are free. A night before an answer tells nothing about that wait,
// and neither does a chat that was taken while the shop was closed. It reads a few rows of hours.
func (s *Service) paceOf(ctx context.Context, agents int) (int64, error) {
	now := s.Clock.Now()
	from := hourOf(now.After(-forecastSpan))
	hours, err := s.readTotals(ctx, hoursSeries(""), from, now+1)
	if err != nil {
		return 0, err
	}
	online, err := s.sampled(ctx, onlineSeries, from, now+1)
	if err != nil {
		return 0, err
	}
	var sum Figures
	for _, h := range hours {
		sum.Add(h.Figures)
	}
	worked := chat.Millis(0) // agents × ms
	for at, n := range online {
		worked += chat.Millis(n) * min(hour, now-at)
	}
	waits := sum.Histograms[WaitOpen].positive()
	if agents == 0 || waits.N < minAnswered || worked == 0 {
		return 0, nil
	}
	perChat := int64(worked) / (sum.Answered * int64(agents))
	return max(min(perChat, waits.Quantile(0.5)), 1000), nil
}
