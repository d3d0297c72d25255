package hours

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"rejoin/internal/chat"
)

// History is a shop's schedules, and from when each counts, which is until the next one does.
type History struct{ periods []period }

type period struct {
	since chat.Millis
	calendar
}

// History reads what counts at a shop at `from` or later.
func (s *Service) History(ctx context.Context, site string, from chat.Millis) (History, error) {
	versions, err := s.Store.ShopVersions(ctx, site, from)
	if err != nil {
		return History{}, fmt.Errorf("read hours: %w", err)
	}
	return historyOf(versions)
}

// historyOf is the history of a shop's versions. Clocks differ: a version counts from the latest Since up to its own.
func historyOf(versions []chat.ShopVersion) (h History, err error) {
	var since chat.Millis
	for _, v := range versions {
		schedule, err := stored(v)
		if err != nil {
			return History{}, err
		}
		since = max(since, v.Since)
		h.periods = append(h.periods, period{since, schedule.calendar()})
	}
	return h, nil
}

// OpenTime is how much of the time from `from` to `to` was open, each moment by the schedule that counted then. Before the first
// schedule the shop is always open. From is not earlier than that with which the history was read.
func (h History) OpenTime(from, to chat.Millis) (sum chat.Millis) {
	until := to
	for _, p := range slices.Backward(h.periods) {
		sum += p.openTime(max(from, p.since), until)
		until = min(until, p.since)
	}
	return sum + max(0, until-from)
}

// Past implements stats.Hours.
func (s *Service) Past(ctx context.Context, site string, since chat.Millis) (func(from, to chat.Millis) chat.Millis, error) {
	past, err := s.History(ctx, site, since)
	return past.OpenTime, err
}

// OpenTimes implements chat.Hours.
func (s *Service) OpenTimes(ctx context.Context, of []chat.ShopTime) ([]chat.Millis, error) {
	earliest := map[string]chat.Millis{}
	for _, t := range of {
		if from, asked := earliest[t.Site]; !asked || t.From < from {
			earliest[t.Site] = t.From
		}
	}
	sites := slices.Sorted(maps.Keys(earliest))
	histories := make([]History, len(sites))
	if err := s.Each.Try(ctx, len(sites), func(ctx context.Context, i int) (err error) {
		histories[i], err = s.History(ctx, sites[i], earliest[sites[i]])
		return err
	}); err != nil {
		return nil, err
	}
	open := make([]chat.Millis, len(of))
	for i, t := range of {
		at, _ := slices.BinarySearch(sites, t.Site)
		open[i] = histories[at].OpenTime(t.From, t.To)
	}
	return open, nil
}
