package world

import (
	"context"

	"rejoin/internal/chat"
)

func (s *store) Shop(ctx context.Context, site string) (chat.ShopVersion, error) {
	return ask(s.w, s.w.named("Shop", site), reading, func() (chat.ShopVersion, error) { return s.database.Shop(ctx, site) })
}

func (s *store) ShopVersions(ctx context.Context, site string, from chat.Millis) ([]chat.ShopVersion, error) {
	return ask(s.w, s.w.named("ShopVersions", site), reading, func() ([]chat.ShopVersion, error) { return s.database.ShopVersions(ctx, site, from) })
}

func (s *store) PutShop(ctx context.Context, v chat.ShopVersion) (chat.ShopVersion, bool, error) {
	var ok bool
	stored, err := ask(s.w, s.w.named("PutShop", v.Site), writing, func() (stored chat.ShopVersion, err error) {
		stored, ok, err = s.database.PutShop(ctx, v)
		return stored, err
	})
	return stored, ok && err == nil, err
}

func (s *store) Sites(ctx context.Context) ([]string, error) {
	return ask(s.w, "Sites", reading, func() ([]string, error) { return s.database.Sites(ctx) })
}

// The prices of the calls. A shop's settings are of one unit.

func (m meter) Shop(ctx context.Context, site string) (chat.ShopVersion, error) {
	m.on(shopKey(site))
	v, err := m.store.Shop(ctx, site)
	m.reads(err, eventually*read(len(v.Settings)))
	return v, err
}

func (m meter) ShopVersions(ctx context.Context, site string, from chat.Millis) ([]chat.ShopVersion, error) {
	m.on(shopKey(site))
	found, err := m.store.ShopVersions(ctx, site, from)
	bytes := 0
	for _, v := range found {
		bytes += len(v.Settings)
	}
	m.reads(err, read(bytes))
	return found, err
}

func (m meter) PutShop(ctx context.Context, v chat.ShopVersion) (chat.ShopVersion, bool, error) {
	m.on(shopKey(v.Site))
	stored, ok, err := m.store.PutShop(ctx, v)
	m.writes(err, written(len(v.Settings)))
	return stored, ok, err
}

func (m meter) Sites(ctx context.Context) ([]string, error) {
	m.on(shopKey(""))
	sites, err := m.store.Sites(ctx)
	m.reads(err, eventually)
	return sites, err
}
