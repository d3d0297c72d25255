package stats

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"rejoin/internal/chat"
)

// byNow is each agent who is connected, by id.
func (s *Service) byNow(ctx context.Context, ask Ask) (Rows, error) {
	var here []Present
	for _, status := range []chat.AgentStatus{chat.StatusOnline, chat.StatusAway} {
		agents, err := s.Store.ConnectedAgents(ctx, status)
		if err != nil {
			return Rows{}, fmt.Errorf("list the agents: %w", err)
		}
		for _, a := range agents {
			if string(a.ID) > ask.After && (ask.Agent == "" || ask.Agent == a.ID) {
				here = append(here, Present{Agent: chat.Person{ID: a.ID, Name: a.Name}, Status: status})
			}
		}
	}
	slices.SortFunc(here, func(a, b Present) int { return cmp.Compare(a.Agent.ID, b.Agent.ID) })
	// Who changes their status between the two lists is in both.
	here = slices.CompactFunc(here, func(a, b Present) bool { return a.Agent.ID == b.Agent.ID })
	answer := Rows{Present: here}
	if len(here) > MaxAgents {
		answer = Rows{Present: here[:MaxAgents], After: string(here[MaxAgents-1].Agent.ID)}
	}
	for i, a := range answer.Present {
		held, err := s.Store.HeldBy(ctx, a.Agent.ID)
		if err != nil {
			return Rows{}, fmt.Errorf("list an agent's rooms: %w", err)
		}
		answer.Present[i].Open = len(held)
	}
	return answer, nil
}
