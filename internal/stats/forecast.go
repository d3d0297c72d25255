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
	// minAnswered is how many chats must have been answered in that time for a forecast.
	minAnswered = 10
)

// Wait estimates how long the customer at this position of the queue waits, 1 = next; 0 if too little is known. Each position
// takes the lesser of two times: the agents' time online per chat that they took lately, divided by the agents online now;
// and the median wait, which counts when agents are free. It reads the list of agents and a few rows of hours.
func (s *Service) Wait(ctx context.Context, position int) (chat.Millis, error) {
	agents, err := s.Store.ConnectedAgents(ctx, chat.StatusOnline)
	if err != nil {
		return 0, fmt.Errorf("list the agents: %w", err)
	}
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
	if position < 1 || len(agents) == 0 || sum.Answered < minAnswered || worked == 0 {
		return 0, nil
	}
	perPosition := min(worked/chat.Millis(sum.Answered*int64(len(agents))), chat.Millis(sum.Histograms[Wait].Quantile(0.5)))
	wait := chat.Millis(position) * max(perPosition, 1000)
	if wait > hour {
		return 0, nil // longer than an hour is not known
	}
	return wait, nil
}
