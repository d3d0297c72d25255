package stats

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"rejoin/internal/chat"
)

// maxOpen is how many open rooms of a shard are counted at most.
const maxOpen = 10_000

// byNow is the connected agents, in the order of their ids.
func (s *Service) byNow(ctx context.Context, query Query) (result Result, err error) {
	var present []Presence
	for _, status := range []chat.AgentStatus{chat.StatusOnline, chat.StatusAway} {
		agents, err := s.Store.ConnectedAgents(ctx, status)
		if err != nil {
			return Result{}, fmt.Errorf("list the agents: %w", err)
		}
		for _, a := range agents {
			if string(a.ID) > query.After && (query.Agent == "" || query.Agent == a.ID) {
				present = append(present, Presence{Agent: chat.Person{ID: a.ID, Name: a.Name}, Status: status})
			}
		}
	}
	slices.SortFunc(present, func(a, b Presence) int { return cmp.Compare(a.Agent.ID, b.Agent.ID) })
	// An agent who changes status between the two reads is in both lists.
	present = slices.CompactFunc(present, func(a, b Presence) bool { return a.Agent.ID == b.Agent.ID })
	result = Result{Now: &Now{Present: present}}
	if len(present) > MaxAgents {
		result.Now.Present, result.After = present[:MaxAgents], string(present[MaxAgents-1].Agent.ID)
	}
	for i, a := range result.Now.Present {
		if result.Now.Present[i].Open, err = s.openChatsOf(ctx, a.Agent.ID); err != nil {
			return Result{}, err
		}
	}
	result.Now.Open, err = s.takenChats(ctx, query.Agent)
	return result, err
}

func (s *Service) openChatsOf(ctx context.Context, agent chat.PersonID) (int, error) {
	rooms, err := s.Store.RoomsHeldBy(ctx, agent)
	if err != nil {
		return 0, fmt.Errorf("list an agent's rooms: %w", err)
	}
	return len(rooms), nil
}

// takenChats is how many open chats an agent, or with "" any agent, has taken. It counts the sweep's list of open rooms,
// because the list of connected agents misses those who have lost their connection.
func (s *Service) takenChats(ctx context.Context, agent chat.PersonID) (int, error) {
	if agent != "" {
		return s.openChatsOf(ctx, agent)
	}
	queue, err := s.Store.Queue(ctx, "", "", 0)
	if err != nil {
		return 0, fmt.Errorf("list the queue: %w", err)
	}
	open := 0
	for shard := range chat.DueShards {
		rooms, err := s.Store.DueRooms(ctx, shard, chat.Due{}, endOfTime, maxOpen)
		if err != nil {
			return 0, fmt.Errorf("list the open rooms: %w", err)
		}
		open += len(rooms)
	}
	return max(0, open-len(queue)), nil // one of the lists may be late
}
