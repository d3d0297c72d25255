package stats

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"rejoin/internal/chat"
)

// mostOpen is how many open rooms of a shard are counted.
const mostOpen = 10_000

// byNow is each agent who is connected, by id.
func (s *Service) byNow(ctx context.Context, query Query) (answer Result, err error) {
	var here []Presence
	for _, status := range []chat.AgentStatus{chat.StatusOnline, chat.StatusAway} {
		agents, err := s.Store.ConnectedAgents(ctx, status)
		if err != nil {
			return Result{}, fmt.Errorf("list the agents: %w", err)
		}
		for _, a := range agents {
			if string(a.ID) > query.After && (query.Agent == "" || query.Agent == a.ID) {
				here = append(here, Presence{Agent: chat.Person{ID: a.ID, Name: a.Name}, Status: status})
			}
		}
	}
	slices.SortFunc(here, func(a, b Presence) int { return cmp.Compare(a.Agent.ID, b.Agent.ID) })
	// Who changes their status between the two lists is in both.
	here = slices.CompactFunc(here, func(a, b Presence) bool { return a.Agent.ID == b.Agent.ID })
	answer = Result{Now: &Now{Present: here}}
	if len(here) > MaxAgents {
		answer.Now.Present, answer.After = here[:MaxAgents], string(here[MaxAgents-1].Agent.ID)
	}
	for i, a := range answer.Now.Present {
		if answer.Now.Present[i].Open, err = s.held(ctx, a.Agent.ID); err != nil {
			return Result{}, err
		}
	}
	answer.Now.Open, err = s.taken(ctx, query.Agent)
	return answer, err
}

func (s *Service) held(ctx context.Context, agent chat.PersonID) (int, error) {
	rooms, err := s.Store.RoomsHeldBy(ctx, agent)
	if err != nil {
		return 0, fmt.Errorf("list an agent's rooms: %w", err)
	}
	return len(rooms), nil
}

// taken is how many open chats an agent, or all agents, have taken. It is counted over the sweep's list of all open rooms,
// because agents who have lost the connection are not on the list of connected ones.
func (s *Service) taken(ctx context.Context, agent chat.PersonID) (int, error) {
	if agent != "" {
		return s.held(ctx, agent)
	}
	queue, err := s.Store.Queue(ctx)
	if err != nil {
		return 0, fmt.Errorf("list the queue: %w", err)
	}
	open := 0
	for shard := range chat.DueShards {
		rooms, err := s.Store.DueRooms(ctx, shard, endOfTime, mostOpen)
		if err != nil {
			return 0, fmt.Errorf("list the open rooms: %w", err)
		}
		open += len(rooms)
	}
	return max(0, open-len(queue)), nil // one of the lists may lag
}
