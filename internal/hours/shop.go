package hours

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"rejoin/internal/chat"
)

// Shop is a shop's hours as agents see them.
type Shop struct {
	Site    string
	Sites   []string        // the keys of all named shops, sorted
	Version int             // 0: it has no schedule yet, and is always open
	Hours   json.RawMessage // the schedule; nil if there is none. A pause that is over is left out
	Open    bool
	Until   chat.Millis // when that next changes; 0: not within 400 days
}

// Get reads a shop's hours. NotFound for an unknown shop; NotCurrent from an older connection.
func (s *Service) Get(ctx context.Context, c chat.Caller, site string) (Shop, error) {
	if err := chat.CheckCurrent(ctx, s.Store, c); err != nil {
		return Shop{}, err
	}
	sites, err := s.sites(ctx, site)
	if err != nil {
		return Shop{}, err
	}
	newest, err := s.Store.Shop(ctx, site)
	if err != nil {
		return Shop{}, fmt.Errorf("read hours: %w", err)
	}
	return s.shop(newest, site, sites)
}

// Put stores a schedule, as Decode reads it, in place of the version that was edited; 0: the first one. It counts from now on.
// A repeat gets the answer of the first. Errors: Forbidden unless an admin; Invalid, with words that say where and why, for an
// invalid schedule; TooLong beyond MaxSettings; NotFound for an unknown shop; Conflict with the Shop that is stored when
// another version is the newest; NotCurrent from an older connection.
func (s *Service) Put(ctx context.Context, c chat.Caller, site string, edited int, data []byte) (Shop, error) {
	if !c.Admin {
		return Shop{}, &chat.Error{Code: chat.Forbidden, Message: "Opening hours are for admins to edit."}
	}
	now := s.Clock.Now()
	want, err := Decode(data, now)
	if err != nil {
		return Shop{}, err
	}
	settings, err := want.Encode()
	if err != nil {
		return Shop{}, err
	}
	if len(settings) > chat.MaxSettings {
		return Shop{}, &chat.Error{Code: chat.TooLong, Message: fmt.Sprintf("The hours take %d bytes, and at most %d fit. Remove exceptions that are over.", len(settings), chat.MaxSettings)}
	}
	if err := chat.CheckCurrent(ctx, s.Store, c); err != nil {
		return Shop{}, err
	}
	sites, err := s.sites(ctx, site)
	if err != nil {
		return Shop{}, err
	}
	newest, err := s.newest(ctx, site, now)
	if err != nil {
		return Shop{}, err
	}
	put := chat.ShopVersion{Site: site, Version: edited + 1, Since: max(now, newest.Since), Settings: settings}
	if newest.Version == edited {
		if newest, _, err = s.Store.PutShop(ctx, put); err != nil {
			return Shop{}, fmt.Errorf("put hours: %w", err)
		}
	}
	if newest.Version != put.Version {
		return Shop{}, changedSince(newest)
	}
	found, err := stored(newest)
	if err != nil {
		return Shop{}, err
	}
	if !isSame(found, want) {
		return Shop{}, changedSince(newest)
	}
	return s.shop(newest, site, sites)
}

// newest is a shop's newest version, strongly consistent.
func (s *Service) newest(ctx context.Context, site string, now chat.Millis) (newest chat.ShopVersion, err error) {
	versions, err := s.Store.ShopVersions(ctx, site, now)
	if err != nil {
		return chat.ShopVersion{}, fmt.Errorf("read hours: %w", err)
	}
	if len(versions) > 0 {
		newest = versions[len(versions)-1]
	}
	return newest, nil
}

// sites are the named shops. NotFound if `site` is none of them, nor the default shop.
func (s *Service) sites(ctx context.Context, site string) ([]string, error) {
	sites, err := s.Store.Sites(ctx)
	if err != nil {
		return nil, err
	}
	if site != "" && !slices.Contains(sites, site) {
		return nil, &chat.Error{Code: chat.NotFound, Message: "There is no such shop."}
	}
	return sites, nil
}

func (s *Service) shop(v chat.ShopVersion, site string, sites []string) (Shop, error) {
	shop := Shop{Site: site, Sites: sites, Version: v.Version, Open: true}
	if v.Version == 0 {
		return shop, nil
	}
	schedule, err := stored(v)
	if err != nil {
		return Shop{}, err
	}
	now := s.Clock.Now()
	if p := schedule.Pause; p.Until != 0 && p.Until <= now {
		schedule.Pause = Pause{}
	}
	shop.Open, shop.Until = schedule.At(now)
	shop.Hours, err = schedule.Encode()
	return shop, err
}

// isSame tells whether two schedules say the same, whenever their pauses began.
func isSame(a, b Schedule) bool {
	if a.Pause.Since != 0 && b.Pause.Since != 0 {
		a.Pause.Since = b.Pause.Since
	}
	return reflect.DeepEqual(a, b)
}

func changedSince(stored chat.ShopVersion) *chat.Error {
	return &chat.Error{Code: chat.Conflict, Message: "Somebody has changed these hours since.", Shop: &stored}
}
