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

// maxAsked is how many agents one result asks for: as many as it covers, and as many who turn out to have no figures.
const maxAsked = 2 * MaxAgents

// byAgent is a row of each agent, in the order of their ids, for the whole range. It asks for several agents side by side,
// and for none whose latest chat began before the range.
func (s *Service) byAgent(ctx context.Context, query Query) (result Result, err error) {
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
	agents = slices.DeleteFunc(agents, func(a chat.StatsRow) bool { return a.At == query.After || a.Weight < int64(query.From) })
	asked := 0
	for asked < min(len(agents), maxAsked) && len(result.Rows) < MaxAgents {
		next := agents[asked:min(len(agents), maxAsked, asked+MaxAgents-len(result.Rows))]
		rows, err := s.rowsOf(ctx, query, next, covered)
		if err != nil {
			return Result{}, err
		}
		result.Rows, asked = append(result.Rows, rows...), asked+len(next)
	}
	if asked < len(agents) {
		result.After = agents[asked-1].At
	}
	return result, nil
}

// rowsOf are the rows of those of the agents who have figures in the range.
func (s *Service) rowsOf(ctx context.Context, query Query, agents []chat.StatsRow, covered coverage) (rows []Row, err error) {
	found := make([][]timedTotal, len(agents))
	err = s.Each.Try(ctx, len(agents), func(ctx context.Context, i int) (err error) {
		found[i], err = s.totalsFor(ctx, query, chat.PersonID(agents[i].At), covered)
		return err
	})
	for i, a := range agents {
		if len(found[i]) == 0 {
			continue
		}
		row := Row{At: query.From, Agent: chat.Person{ID: chat.PersonID(a.At), Name: string(a.Data)}}
		for _, f := range found[i] {
			row.Add(f.Figures)
		}
		rows = append(rows, row)
	}
	return rows, err
}
