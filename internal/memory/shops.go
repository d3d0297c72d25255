package memory

import (
	"context"
	"slices"

	"rejoin/internal/chat"
)

// shops are the shops' settings.
type shops struct {
	versions map[string][]chat.ShopVersion // by site, oldest first
	named    []string
}

// SetSites replaces the list of named shops.
func (s *Store) SetSites(sites ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shops.named = slices.Sorted(slices.Values(sites))
}

// Sites implements chat.ShopStore.
func (s *Store) Sites(context.Context) ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.shops.named), nil
}

// Shop implements chat.ShopStore.
func (s *Store) Shop(_ context.Context, site string) (chat.ShopVersion, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.shops.versions[site]
	if len(all) == 0 {
		return chat.ShopVersion{}, nil
	}
	return copyShop(all[len(all)-1]), nil
}

// ShopVersions implements chat.ShopStore.
func (s *Store) ShopVersions(_ context.Context, site string, from chat.Millis) ([]chat.ShopVersion, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []chat.ShopVersion
	for _, v := range slices.Backward(s.shops.versions[site]) {
		found = append(found, copyShop(v))
		if v.Since <= from {
			break
		}
	}
	slices.Reverse(found)
	return found, nil
}

// PutShop implements chat.ShopStore.
func (s *Store) PutShop(_ context.Context, v chat.ShopVersion) (chat.ShopVersion, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.shops.versions[v.Site]
	at, exists := slices.BinarySearchFunc(all, v.Version, func(stored chat.ShopVersion, version int) int { return stored.Version - version })
	if !s.holds(ShopIsNew, !exists) {
		return copyShop(all[at]), false, nil
	}
	if exists {
		all = slices.Delete(all, at, at+1)
	}
	s.shops.versions[v.Site] = slices.Insert(all, at, copyShop(v))
	return v, true, nil
}

func copyShop(v chat.ShopVersion) chat.ShopVersion {
	v.Settings = slices.Clone(v.Settings)
	return v
}
