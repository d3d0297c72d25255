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

	// paceAge is how long a pace serves all who are far back in the queue.
	paceAge chat.Millis = 10_000
	paceKey             = "pace" // in stateSeries
)

// Wait estimates how long the customer at this position of the queue waits, 1 = next; 0 if too little is known.
func (s *Service) Wait(ctx context.Context, position int) (chat.Millis, error) {
	if position < 1 {
		return 0, nil
	}
	var pace int64
	var err error
	if position < segment {
		pace, err = s.pace(ctx)
	} else {
		pace, err = s.counted(ctx, paceKey, paceAge, s.pace)
	}
	wait := chat.Millis(position) * chat.Millis(pace)
	if err != nil || wait > hour {
		return 0, err // longer than an hour is not known
	}
	return wait, nil
}

// pace is how long each position takes, in ms, at least a second; 0 if too little is known. It is the lesser of two times:
// the agents' time online per chat that they took lately, divided by the agents online now; and the median wait, which
// counts when agents are free. It reads the list of agents and a few rows of hours.
func (s *Service) pace(ctx context.Context) (int64, error) {
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
	if len(agents) == 0 || sum.Answered < minAnswered || worked == 0 {
		return 0, nil
	}
	perChat := int64(worked) / (sum.Answered * int64(len(agents)))
	return max(min(perChat, sum.Histograms[Wait].Quantile(0.5)), 1000), nil
}
