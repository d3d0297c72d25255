package main

import (
	"context"
	"time"

	"rejoin/internal/chat"
)

// agent is an agent of the shop.
type agent struct {
	id      chat.PersonID
	name    string
	caller  chat.Caller
	present bool
	chats   int
}

func (s *shop) employ(id chat.PersonID, name string) {
	s.agents = append(s.agents, &agent{id: id, name: name})
}

// arrivals is the mean number of customers in each hour of a weekday, from midnight in Seoul.
var arrivals = [24]float64{0.2, 0.1, 0, 0, 0, 0, 0.1, 0.2, 0.4, 1.2, 2.6, 3, 1.6, 2, 2.8, 2.8, 2.4, 2, 1.6, 2, 2.4, 1.2, 0.6, 0.4}

// seoul is the shop's offset from UTC.
const seoul = 9 * time.Hour

// planDay plans a day: the agents' shifts, the customers' visits and the sweeps.
func (s *shop) planDay(day time.Time) {
	midnight := day.Add(-seoul)
	share := 1.0
	if weekday := day.Weekday(); weekday == time.Saturday || weekday == time.Sunday {
		share = 0.4
	}
	for i, a := range s.agents {
		if share < 1 && i%2 == day.YearDay()%2 {
			continue // a day off
		}
		from := midnight.Add(time.Duration(9+3*(i%2))*time.Hour + s.around(5*time.Minute))
		s.plan(from, func(ctx context.Context) error { return s.arrives(ctx, a) })
		s.plan(from.Add(9*time.Hour), func(ctx context.Context) error { return s.leaves(ctx, a) })
	}
	for hour, customers := range arrivals {
		at := midnight.Add(time.Duration(hour) * time.Hour)
		if day.Equal(s.lastDay()) && hour >= closes {
			continue // nobody answers what is left after it
		}
		for left := customers * share * (0.7 + 0.6*s.random.Float64()); left > s.random.Float64(); left-- {
			s.plan(at.Add(time.Duration(s.random.Int64N(int64(time.Hour)))), s.visit)
		}
		for minute := 0; minute < 60; minute += 5 {
			s.plan(at.Add(time.Duration(minute)*time.Minute), s.sweep)
		}
	}
}

// sweep runs every five minutes instead of every minute, which only makes samples rarer.
func (s *shop) sweep(ctx context.Context) error {
	if _, err := s.chats.Sweep(ctx); err != nil {
		return err
	}
	_, err := s.counts.Sample(ctx)
	return err
}

func (s *shop) arrives(ctx context.Context, a *agent) error {
	a.caller, a.present = s.connect(a.id, chat.Agent, a.name), true
	_, err := s.chats.JoinAgent(ctx, a.caller, chat.AgentJoin{})
	return err
}

// leaves disconnects an agent, once their chats have ended.
func (s *shop) leaves(ctx context.Context, a *agent) error {
	a.present = false
	if a.chats > 0 {
		s.plan(s.time().Add(5*time.Minute), func(ctx context.Context) error { return s.leaves(ctx, a) })
		return nil
	}
	_, err := s.chats.Disconnect(ctx, a.caller)
	return err
}

// freeAgent is the present agent with the fewest chats; nil if all have three.
func (s *shop) freeAgent() *agent {
	var found *agent
	for _, a := range s.agents {
		if a.present && a.chats < 3 && (found == nil || a.chats < found.chats) {
			found = a
		}
	}
	return found
}

func (s *shop) time() time.Time { return time.UnixMilli(int64(s.clock.Now())) }
