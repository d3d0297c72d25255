package stats

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"rejoin/internal/chat"
)

func (s *Service) byTime(ctx context.Context, ask Ask) ([]Row, error) {
	reach, err := s.reachOf(ctx, ask, owner(ask.Agent), owner(ask.Agent))
	if err != nil {
		return nil, err
	}
	found, err := s.source(ctx, ask, ask.Agent, reach)
	if err != nil {
		return nil, err
	}
	waiting, online, err := s.samples(ctx, ask)
	if err != nil {
		return nil, err
	}
	rows := map[chat.Millis]*Row{}
	at := func(time chat.Millis) *Row {
		begin := ask.begin(time)
		if rows[begin] == nil {
			rows[begin] = &Row{At: begin, Day: ask.dateOf(begin)}
		}
		return rows[begin]
	}
	for _, f := range found {
		at(f.at).Add(f.Figures)
	}
	for time, n := range waiting {
		at(time).MostWaiting = max(at(time).MostWaiting, n)
	}
	for time, n := range online {
		at(time).Online = max(at(time).Online, n)
	}
	sorted := make([]Row, 0, len(rows))
	for _, begin := range slices.Sorted(maps.Keys(rows)) {
		sorted = append(sorted, *rows[begin])
	}
	return sorted, nil
}

// samples are what was seen in the hours of the range; nothing is kept of an agent's.
func (s *Service) samples(ctx context.Context, ask Ask) (waiting, online map[chat.Millis]int64, err error) {
	if ask.Agent != "" {
		return nil, nil, nil
	}
	if waiting, err = s.seen(ctx, waitingSeries, ask.From, ask.To); err != nil {
		return nil, nil, err
	}
	online, err = s.seen(ctx, onlineSeries, ask.From, ask.To)
	return waiting, online, err
}

// byAgent is a row of each agent by id, with what they held in the whole range.
func (s *Service) byAgent(ctx context.Context, ask Ask) (Rows, error) {
	first, last := firstPlace, lastPlace
	if ask.Agent != "" {
		first, last = string(ask.Agent), string(ask.Agent)
	}
	agents, err := s.Store.Stats(ctx, agentsSeries, max(first, ask.After), last)
	if err != nil {
		return Rows{}, fmt.Errorf("list the agents: %w", err)
	}
	reach, err := s.reachOf(ctx, ask, max(first, ask.After), last)
	if err != nil {
		return Rows{}, err
	}
	var answer Rows
	for _, a := range agents {
		if a.At == ask.After {
			continue
		}
		if len(answer.Rows) == MaxAgents {
			answer.After = string(answer.Rows[MaxAgents-1].Agent.ID)
			return answer, nil
		}
		found, err := s.source(ctx, ask, chat.PersonID(a.At), reach)
		if err != nil {
			return Rows{}, err
		}
		if len(found) == 0 {
			continue
		}
		row := Row{At: ask.From, Agent: chat.Person{ID: chat.PersonID(a.At), Name: string(a.Data)}}
		for _, f := range found {
			row.Add(f.Figures)
		}
		answer.Rows = append(answer.Rows, row)
	}
	return answer, nil
}
