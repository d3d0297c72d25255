package stats

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"rejoin/internal/chat"
)

const (
	// fewOpen is how many open rooms of a shard are listed for the figure of a moment, and maxOpen how many are counted for
	// one that is kept for takenAge.
	fewOpen              = 250
	maxOpen              = 100_000
	takenAge chat.Millis = 30_000

	takenKey = "taken" // in stateSeries
)

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
	shown := result.Now.Present
	if err := s.Each.Try(ctx, len(shown), func(ctx context.Context, i int) (err error) {
		shown[i].Open, err = s.openChatsOf(ctx, shown[i].Agent.ID)
		return err
	}); err != nil {
		return Result{}, err
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
// because the list of connected agents misses those who have lost their connection. Where many are open, they are counted
// once for all who ask within takenAge.
func (s *Service) takenChats(ctx context.Context, agent chat.PersonID) (int, error) {
	if agent != "" {
		return s.openChatsOf(ctx, agent)
	}
	open, all, err := s.openChats(ctx, fewOpen)
	if err != nil {
		return 0, err
	}
	if !all {
		taken, err := s.counted(ctx, takenKey, takenAge, s.countTaken)
		return int(taken), err
	}
	queue, err := s.Store.Queue(ctx, chat.ListWaiting, "", "", fewOpen*chat.DueShards)
	if err != nil {
		return 0, fmt.Errorf("list the queue: %w", err)
	}
	left, err := s.leftChats(ctx)
	return max(0, open-len(queue)-left), err // one of the lists may be late
}

// leftChats counts the questions that are left.
func (s *Service) leftChats(ctx context.Context) (int, error) {
	ids, err := s.Store.Queue(ctx, chat.ListLeft, "", "", 0)
	if err != nil {
		return 0, fmt.Errorf("list the questions that are left: %w", err)
	}
	return len(ids), nil
}

// countTaken counts the open chats that agents have taken.
func (s *Service) countTaken(ctx context.Context) (int64, error) {
	open, _, err := s.openChats(ctx, maxOpen)
	if err != nil {
		return 0, err
	}
	waiting, err := s.Waiting(ctx)
	if err != nil {
		return 0, err
	}
	left, err := s.leftChats(ctx)
	return int64(max(0, open-waiting-left)), err
}

// openChats counts open chats, at most `most` of each shard; all tells whether there are no others.
func (s *Service) openChats(ctx context.Context, most int) (open int, all bool, err error) {
	var of [chat.DueShards]int
	err = s.Each.Try(ctx, chat.DueShards, func(ctx context.Context, shard int) error {
		rooms, err := s.Store.DueRooms(ctx, shard, chat.Due{}, endOfTime, most)
		if err != nil {
			return fmt.Errorf("list the open rooms: %w", err)
		}
		of[shard] = len(rooms)
		return nil
	})
	for _, n := range of {
		open += n
	}
	return open, slices.Max(of[:]) < most, err
}
