package memory

import (
	"context"
	"maps"
	"slices"

	"rejoin/internal/chat"
)

// Canned implements chat.CannedStore.
func (s *Store) Canned(_ context.Context, owner chat.PersonID) ([]chat.Canned, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Collect(maps.Values(s.canned[owner])), nil
}

// PutCanned implements chat.CannedStore.
func (s *Store) PutCanned(_ context.Context, c chat.Canned, before int) (chat.Canned, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	stored := s.canned[c.Owner][c.Key]
	part := CannedUnchanged
	if before == 0 {
		part = CannedIsNew
	}
	if !s.holds(part, stored.Version == before) {
		return stored, false, nil
	}
	if s.canned[c.Owner] == nil {
		s.canned[c.Owner] = map[string]chat.Canned{}
	}
	c.Version = before + 1
	s.canned[c.Owner][c.Key] = c
	return c, true, nil
}

// DeleteCanned implements chat.CannedStore.
func (s *Store) DeleteCanned(_ context.Context, owner chat.PersonID, key string, version int) (chat.Canned, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if stored := s.canned[owner][key]; version != 0 && !s.holds(CannedIsThis, stored.Version == version) {
		return stored, false, nil
	}
	delete(s.canned[owner], key)
	return chat.Canned{}, true, nil
}
