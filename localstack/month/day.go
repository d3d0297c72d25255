package main

import (
	"context"
	"time"

	"rejoin/internal/chat"
)

// agent is one of those who answer.
type agent struct {
	id    chat.PersonID
	name  string
	line  chat.Caller
	there bool
	talks int
}

func (s *shop) employ(id chat.PersonID, name string) {
	s.agents = append(s.agents, &agent{id: id, name: name})
}

// busy is how many customers come in each hour of a working day, from midnight on in Seoul.
var busy = [24]float64{0, 0, 0, 0, 0, 0, 0, 0, 0.2, 1.2, 2.6, 3, 1.6, 2, 2.8, 2.8, 2.4, 2, 1.6, 2, 2.4, 1.2, 0.3, 0.1}

// seoul is how far the shop's day is ahead of UTC.
const seoul = 9 * time.Hour

// open plans a day of the shop: who works when, who comes, and what is noted of it.
func (s *shop) open(day time.Time) {
	midnight := day.Add(-seoul)
	share := 1.0
	if weekday := day.Weekday(); weekday == time.Saturday || weekday == time.Sunday {
		share = 0.4
	}
	for i, a := range s.agents {
		if share < 1 && i%2 == day.YearDay()%2 {
			continue // has the day off
		}
		from := midnight.Add(time.Duration(9+3*(i%2))*time.Hour + s.about(5*time.Minute))
		s.plan(from, func(ctx context.Context) error { return s.comes(ctx, a) })
		s.plan(from.Add(9*time.Hour), func(ctx context.Context) error { return s.goes(ctx, a) })
	}
	for hour, customers := range busy {
		at := midnight.Add(time.Duration(hour) * time.Hour)
		for left := customers * share * (0.7 + 0.6*s.random.Float64()); left > s.random.Float64(); left-- {
			s.plan(at.Add(time.Duration(s.random.Int64N(int64(time.Hour)))), s.visit)
		}
		for minute := 0; minute < 60; minute += 5 {
			s.plan(at.Add(time.Duration(minute)*time.Minute), s.sweep)
		}
	}
}

// sweep is a run of the sweep; it runs less often than in life, which shows in nothing but what it sees at once.
func (s *shop) sweep(ctx context.Context) error {
	if _, err := s.chats.Sweep(ctx); err != nil {
		return err
	}
	_, err := s.counts.Sample(ctx)
	return err
}

func (s *shop) comes(ctx context.Context, a *agent) error {
	a.line, a.there = s.line(a.id, chat.Agent, a.name), true
	_, err := s.chats.JoinAgent(ctx, a.line, chat.AgentJoin{})
	return err
}

// goes is an agent who finishes what they have, and leaves.
func (s *shop) goes(ctx context.Context, a *agent) error {
	a.there = false
	if a.talks > 0 {
		s.plan(s.time().Add(5*time.Minute), func(ctx context.Context) error { return s.goes(ctx, a) })
		return nil
	}
	_, err := s.chats.Disconnect(ctx, a.line)
	return err
}

// free is the agent who is there and has the least to do; nil where nobody has time for one more.
func (s *shop) free() *agent {
	var found *agent
	for _, a := range s.agents {
		if a.there && a.talks < 3 && (found == nil || a.talks < found.talks) {
			found = a
		}
	}
	return found
}

func (s *shop) time() time.Time { return time.UnixMilli(int64(s.clock.Now())) }
