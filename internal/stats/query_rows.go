package stats

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"rejoin/internal/chat"
)

func (s *Service) byTime(ctx context.Context, query Query) ([]Row, error) {
	reach, err := s.coverageFor(ctx, query, owner(query.Agent), owner(query.Agent))
	if err != nil {
		return nil, err
	}
	found, err := s.source(ctx, query, query.Agent, reach)
	if err != nil {
		return nil, err
	}
	waiting, online, err := s.samples(ctx, query)
	if err != nil {
		return nil, err
	}
	rows := map[chat.Millis]*Row{}
	at := func(time chat.Millis) *Row {
		begin := query.begin(time)
		if rows[begin] == nil {
			rows[begin] = &Row{At: begin, Day: query.dateOf(begin)}
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
func (s *Service) samples(ctx context.Context, query Query) (waiting, online map[chat.Millis]int64, err error) {
	if query.Agent != "" {
		return nil, nil, nil
	}
	if waiting, err = s.sampled(ctx, waitingSeries, query.From, query.To); err != nil {
		return nil, nil, err
	}
	online, err = s.sampled(ctx, onlineSeries, query.From, query.To)
	return waiting, online, err
}

// byAgent is a row of each agent by id, with what they held in the whole range.
func (s *Service) byAgent(ctx context.Context, query Query) (Result, error) {
	first, last := firstPlace, lastPlace
	if query.Agent != "" {
		first, last = string(query.Agent), string(query.Agent)
	}
	agents, err := s.Store.Stats(ctx, agentsSeries, max(first, query.After), last)
	if err != nil {
		return Result{}, fmt.Errorf("list the agents: %w", err)
	}
	reach, err := s.coverageFor(ctx, query, max(first, query.After), last)
	if err != nil {
		return Result{}, err
	}
	var answer Result
	for _, a := range agents {
		if a.At == query.After {
			continue
		}
		if len(answer.Rows) == MaxAgents {
			answer.After = string(answer.Rows[MaxAgents-1].Agent.ID)
			return answer, nil
		}
		found, err := s.source(ctx, query, chat.PersonID(a.At), reach)
		if err != nil {
			return Result{}, err
		}
		if len(found) == 0 {
			continue
		}
		row := Row{At: query.From, Agent: chat.Person{ID: chat.PersonID(a.At), Name: string(a.Data)}}
		for _, f := range found {
			row.Add(f.Figures)
		}
		answer.Rows = append(answer.Rows, row)
	}
	return answer, nil
}
