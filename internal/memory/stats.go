package memory

import (
	"cmp"
	"context"
	"slices"

	"rejoin/internal/chat"
)

// UncountedRooms implements chat.StatsStore.
func (s *Store) UncountedRooms(_ context.Context, after chat.RoomID, limit int) ([]chat.RoomID, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ids []chat.RoomID
	for id := range s.uncounted {
		if id > after {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids[:min(limit, len(ids))], nil
}

// SetCounted implements chat.StatsStore.
func (s *Store) SetCounted(_ context.Context, id chat.RoomID, rev int64) (chat.Room, bool, error) {
	return s.updateRoom(id,
		func(r chat.Room) bool { return s.holds(CountedRev, r.Rev == rev) },
		func(r *chat.Room) { r.Counted = true })
}

// PutStats implements chat.StatsStore.
func (s *Store) PutStats(_ context.Context, row chat.StatsRow) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	stored, exists := s.stats[row.Series][row.At]
	if !s.holds(StatsLighter, !exists || stored.Weight <= row.Weight) {
		return false, nil
	}
	if s.stats[row.Series] == nil {
		s.stats[row.Series] = map[string]chat.StatsRow{}
	}
	row.Data = slices.Clone(row.Data)
	s.stats[row.Series][row.At] = row
	return true, nil
}

// Stats implements chat.StatsStore.
func (s *Store) Stats(_ context.Context, series, from, to string) ([]chat.StatsRow, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var rows []chat.StatsRow
	for at, row := range s.stats[series] {
		if from <= at && at <= to {
			row.Data = slices.Clone(row.Data)
			rows = append(rows, row)
		}
	}
	slices.SortFunc(rows, func(a, b chat.StatsRow) int { return cmp.Compare(a.At, b.At) })
	return rows, nil
}
