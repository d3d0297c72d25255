package stats

import (
	"context"
	"fmt"
	"time"

	"rejoin/internal/chat"
)

const (
	// lately is how far back a forecast looks, beside the hour that runs.
	lately = 3 * time.Hour
	// enough is how many chats must have been answered lately for a forecast.
	enough = 10
)

// Wait guesses how long a customer waits who is at this place of the queue, 1 = next; 0 when too little is known. A place
// takes no longer than it took lately until an agent took the next chat, by as many agents as are online now; nor, where
// agents are free, longer than half of the customers waited. It reads the list of agents and a few rows of hours.
func (s *Service) Wait(ctx context.Context, position int) (chat.Millis, error) {
	agents, err := s.Store.ConnectedAgents(ctx, chat.StatusOnline)
	if err != nil {
		return 0, fmt.Errorf("list the agents: %w", err)
	}
	now := s.Clock.Now()
	from := hourOf(now.After(-lately))
	hours, err := s.read(ctx, hoursSeries(""), from, now+1)
	if err != nil {
		return 0, err
	}
	seen, err := s.sampled(ctx, onlineSeries, from, now+1)
	if err != nil {
		return 0, err
	}
	var sum Figures
	for _, h := range hours {
		sum.Add(h.Figures)
	}
	worked := chat.Millis(0) // agents × ms
	for at, n := range seen {
		worked += chat.Millis(n) * min(hour, now-at)
	}
	if position < 1 || len(agents) == 0 || sum.Answered < enough || worked == 0 {
		return 0, nil
	}
	place := min(worked/chat.Millis(sum.Answered*int64(len(agents))), chat.Millis(sum.Histograms[Wait].Quantile(0.5)))
	wait := chat.Millis(position) * max(place, 1000)
	if wait > hour {
		return 0, nil // further than what is known reaches
	}
	return wait, nil
}
