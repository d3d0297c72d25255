package memory

import (
	"cmp"
	"context"
	"hash/fnv"
	"slices"

	"rejoin/internal/chat"
)

// Queue implements chat.RoomStore.
func (s *Store) Queue(_ context.Context, list chat.List, after, before chat.RoomID, limit int) ([]chat.RoomID, error) {
	ids := idsOf(roomsWhere(s, s.open, func(r *chat.Room) bool {
		return r.Status == chat.StatusWaiting && chat.ListOf(*r) == list && after < r.ID && (before == "" || r.ID < before)
	}))
	if limit > 0 && len(ids) > limit {
		ids = ids[:limit]
	}
	return ids, nil
}

// RoomsHeldBy implements chat.RoomStore.
func (s *Store) RoomsHeldBy(_ context.Context, agent chat.PersonID) ([]chat.RoomID, error) {
	return idsOf(roomsWhere(s, s.open, func(r *chat.Room) bool { return r.Agent.Who == agent })), nil
}

// DueRooms implements chat.RoomStore.
func (s *Store) DueRooms(_ context.Context, shard int, after chat.Due, now chat.Millis, limit int) ([]chat.Due, error) {
	var due []chat.Due
	for _, r := range roomsWhere(s, s.open, func(r *chat.Room) bool { return shardOf(r.ID) == shard && r.SweepAt <= now }) {
		if one := (chat.Due{At: r.SweepAt, Room: r.ID}); after == (chat.Due{}) || longestDueFirst(after, one) < 0 {
			due = append(due, one)
		}
	}
	slices.SortFunc(due, longestDueFirst)
	return due[:min(limit, len(due))], nil
}

func longestDueFirst(a, b chat.Due) int {
	return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Room, b.Room))
}

// EndedRooms implements chat.RoomStore.
func (s *Store) EndedRooms(_ context.Context, span chat.Span, before chat.Ending, limit int) ([]chat.Ending, error) {
	var ends []chat.Ending
	for _, r := range roomsWhere(s, s.rooms, func(r *chat.Room) bool { return span.Has(*r) }) {
		if end := r.Ending(); before == (chat.Ending{}) || newestFirst(before, end) < 0 {
			ends = append(ends, end)
		}
	}
	slices.SortFunc(ends, newestFirst)
	return ends[:min(limit, len(ends))], nil
}

// newestFirst compares so that the newest end comes first.
func newestFirst(a, b chat.Ending) int {
	return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(b.Room, a.Room))
}

// ExpiredConnections implements chat.PeopleStore.
func (s *Store) ExpiredConnections(_ context.Context, now chat.Millis) ([]chat.ConnectionID, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var over []chat.Caller
	for _, c := range s.connections {
		if c.Expired(now) {
			over = append(over, c)
		}
	}
	slices.SortFunc(over, func(a, b chat.Caller) int { return cmp.Or(cmp.Compare(a.Until, b.Until), cmp.Compare(a.Conn, b.Conn)) })
	ids := make([]chat.ConnectionID, len(over))
	for i, c := range over {
		ids[i] = c.Conn
	}
	return ids, nil
}

// ConnectedAgents implements chat.PeopleStore.
func (s *Store) ConnectedAgents(_ context.Context, status chat.AgentStatus) ([]chat.Person, error) {
	return s.agentsWith(status, func(a, b chat.Person) int { return cmp.Compare(a.ID, b.ID) }), nil
}

// FreeAgents implements chat.PeopleStore.
func (s *Store) FreeAgents(_ context.Context, limit int) ([]chat.Person, error) {
	free := s.agentsWith(chat.StatusOnline, func(a, b chat.Person) int { return cmp.Or(cmp.Compare(a.Load, b.Load), cmp.Compare(a.ID, b.ID)) })
	return free[:min(limit, len(free))], nil
}

// agentsWith lists the connected agents with a status, in an order.
func (s *Store) agentsWith(status chat.AgentStatus, order func(a, b chat.Person) int) []chat.Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []chat.Person
	for _, p := range s.people {
		if p.Status == status && p.Seat.Conn != "" {
			found = append(found, p)
		}
	}
	slices.SortFunc(found, order)
	for i, p := range found {
		found[i] = chat.Person{ID: p.ID, Name: p.Name, Seat: chat.Seat{Conn: p.Seat.Conn}}
	}
	return found
}

// roomsWhere lists the matching rooms of an index, oldest first.
func roomsWhere[V any](s *Store, index map[chat.RoomID]V, match func(*chat.Room) bool) []chat.Room {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []chat.Room
	for id := range index {
		if r := s.rooms[id]; match(&r) {
			found = append(found, r)
		}
	}
	slices.SortFunc(found, func(a, b chat.Room) int { return cmp.Compare(a.ID, b.ID) })
	return found
}

func idsOf(rooms []chat.Room) []chat.RoomID {
	ids := make([]chat.RoomID, len(rooms))
	for i, r := range rooms {
		ids[i] = r.ID
	}
	return ids
}

func shardOf(id chat.RoomID) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id)) // a hash never fails
	return int(h.Sum32() % chat.DueShards)
}
