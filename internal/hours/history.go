package hours

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"rejoin/internal/chat"
)

// history is a shop's schedules, and from when each counts, which is until the next one does.
type history []period

type period struct {
	since chat.Millis
	calendar
}

// Past implements stats.Hours: each moment counts by the schedule of then, and the time before the first one is open. Many may
// call the function at once.
func (s *Service) Past(ctx context.Context, site string, since chat.Millis) (openTime func(from, to chat.Millis) chat.Millis, err error) {
	versions, err := s.Store.ShopVersions(ctx, site, since)
	if err != nil {
		return nil, fmt.Errorf("read hours: %w", err)
	}
	h, err := historyOf(versions)
	if err != nil {
		return nil, err
	}
	return h.openTime, nil
}

// historyOf is the history of a shop's versions. Clocks differ: a version counts from the latest Since up to its own.
func historyOf(versions []chat.ShopVersion) (h history, err error) {
	var since chat.Millis
	for _, v := range versions {
		schedule, err := stored(v)
		if err != nil {
			return nil, err
		}
		since = max(since, v.Since)
		h = append(h, period{since, schedule.calendar()})
	}
	return h, nil
}

func (h history) openTime(from, to chat.Millis) (sum chat.Millis) {
	until := to
	for _, p := range slices.Backward(h) {
		sum += p.openTime(max(from, p.since), until)
		until = min(until, p.since)
	}
	return sum + max(0, until-from)
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
	openTimes := make([]func(from, to chat.Millis) chat.Millis, len(sites))
	if err := s.Each.Try(ctx, len(sites), func(ctx context.Context, i int) (err error) {
		openTimes[i], err = s.Past(ctx, sites[i], earliest[sites[i]])
		return err
	}); err != nil {
		return nil, err
	}
	open := make([]chat.Millis, len(of))
	for i, t := range of {
		at, _ := slices.BinarySearch(sites, t.Site)
		open[i] = openTimes[at](t.From, t.To)
	}
	return open, nil
}
