package stats

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"rejoin/internal/chat"
)

func (s *Service) byTime(ctx context.Context, query Query) ([]Row, error) {
	covered, err := s.coverageFor(ctx, query, owner(query.Agent), owner(query.Agent))
	if err != nil {
		return nil, err
	}
	found, err := s.totalsFor(ctx, query, query.Agent, covered)
	if err != nil {
		return nil, err
	}
	waiting, online, err := s.samples(ctx, query)
	if err != nil {
		return nil, err
	}
	rows := map[chat.Millis]*Row{}
	at := func(time chat.Millis) *Row {
		begin := query.rowStart(time)
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

// samples are the maxima of the range's hours; there are none of an agent.
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

// byAgent is a row of each agent, in the order of their ids, for the whole range.
func (s *Service) byAgent(ctx context.Context, query Query) (Result, error) {
	first, last := firstKey, lastKey
	if query.Agent != "" {
		first, last = string(query.Agent), string(query.Agent)
	}
	agents, err := s.Store.Stats(ctx, agentsSeries, max(first, query.After), last)
	if err != nil {
		return Result{}, fmt.Errorf("list the agents: %w", err)
	}
	covered, err := s.coverageFor(ctx, query, max(first, query.After), last)
	if err != nil {
		return Result{}, err
	}
	var result Result
	for _, a := range agents {
		if a.At == query.After {
			continue
		}
		if len(result.Rows) == MaxAgents {
			result.After = string(result.Rows[MaxAgents-1].Agent.ID)
			return result, nil
		}
		found, err := s.totalsFor(ctx, query, chat.PersonID(a.At), covered)
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
		result.Rows = append(result.Rows, row)
	}
	return result, nil
}
