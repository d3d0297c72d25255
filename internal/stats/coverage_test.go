package stats_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/memory"
	"rejoin/internal/stats"
)

// hourly stores a chat of every whole hour of so many days from a date in the zone on.
func hourly(t *testing.T, store *memory.Store, z *time.Location, first time.Time, days int) {
	t.Helper()
	random, n := rand.New(rand.NewPCG(seed, 60)), 0
	begin := stats.StartOfDay(first, z) + 3_599_999
	for at := begin - begin%3_600_000; at < stats.StartOfDay(first.AddDate(0, 0, days), z); at = at.After(time.Hour) {
		w := opened(at, n, random)
		w.ends(chat.Abandoned, 0)
		w.store(t, store)
		n++
	}
}

// reading notes which series are read, and how many rows of them.
type reading struct {
	*memory.Store
	rows map[string]int
}

func (r *reading) Stats(ctx context.Context, series, from, to string) ([]chat.StatsRow, error) {
	rows, err := r.Store.Stats(ctx, series, from, to)
	kind, _, _ := strings.Cut(series, "/")
	r.rows[kind] += len(rows)
	return rows, err
}

// TestDaysHaveTheirDate: also where a day begins within an hour of UTC, each is told by the date that its clocks show, its
// figures are those of its hours, and the whole range is the sum of its days.
func TestDaysHaveTheirDate(t *testing.T) {
	for _, name := range []string{
		"UTC", "Asia/Seoul", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Adelaide", "America/St_Johns", "Asia/Tehran", "Pacific/Chatham",
	} {
		for _, own := range []string{name, "UTC", "Europe/Berlin"} { // with rows of these days, and without
			t.Run(name+" by a stack in "+own, func(t *testing.T) {
				z, store := zone(t, name), memory.NewStore()
				hourly(t, store, z, noon(2026, time.November, 9), 5)
				s := newService(t, store)
				s.Zone = zone(t, own)
				_, err := s.Count(t.Context())
				require.NoError(t, err)
				query := stats.Query{
					From: stats.StartOfDay(noon(2026, time.November, 10), z), To: stats.StartOfDay(noon(2026, time.November, 13), z),
					By: stats.ByDay, Zone: z,
				}
				got := map[string]int64{}
				for _, row := range rows(t, s, query) {
					got[row.Day] = row.Started
				}
				assert.Equal(t, map[string]int64{"2026-11-10": 24, "2026-11-11": 24, "2026-11-12": 24}, got)
				query.By = stats.ByRange
				whole := rows(t, s, query)
				assert.Equal(t, int64(72), whole[0].Started)
				assert.Empty(t, whole[0].Day)
			})
		}
	}
}

// TestDaysOfAZoneWithManyNames: day rows serve whoever has the same days, whatever their zone is called.
func TestDaysOfAZoneWithManyNames(t *testing.T) {
	for _, c := range []struct{ own, asked string }{
		{"Asia/Ho_Chi_Minh", "Asia/Saigon"}, {"Asia/Saigon", "Asia/Ho_Chi_Minh"}, {"Asia/Kolkata", "Asia/Calcutta"},
		{"Europe/Kyiv", "Europe/Kiev"}, {"Asia/Seoul", "Asia/Tokyo"}, {"Asia/Karachi", "Asia/Kolkata"}, {"UTC", "Etc/GMT"},
	} {
		t.Run(c.asked+" by a stack in "+c.own, func(t *testing.T) {
			z, store := zone(t, c.asked), &reading{memory.NewStore(), map[string]int{}}
			hourly(t, store.Store, z, noon(2026, time.November, 1), 20)
			s := newService(t, store)
			s.Zone = zone(t, c.own)
			_, err := s.Count(t.Context())
			require.NoError(t, err)
			for by, want := range map[stats.Unit]int64{stats.ByDay: 24, stats.ByRange: 480} {
				clear(store.rows)
				for _, row := range rows(t, s, stats.Query{
					From: stats.StartOfDay(noon(2026, time.November, 1), z), To: stats.StartOfDay(noon(2026, time.November, 21), z), By: by, Zone: z,
				}) {
					assert.Equal(t, want, row.Started)
				}
				assert.Equal(t, 21, store.rows["days"], "of each day, and how far they reach back")
				assert.Zero(t, store.rows["hours"])
			}
		})
	}
}

// TestAnotherZone: a stack whose zone was changed, or whose zone data is another release, shows what it showed, and has
// days again once it has counted a chat.
func TestAnotherZone(t *testing.T) {
	for name, change := range map[string]func(*stats.Service){
		"zone":      func(s *stats.Service) { s.Zone = zone(t, "Asia/Seoul") },
		"zone data": func(s *stats.Service) { s.ZoneData = "2027a" },
	} {
		t.Run(name, func(t *testing.T) {
			store := &reading{memory.NewStore(), map[string]int{}}
			all := generate(rand.New(rand.NewPCG(seed, 61)), 201)
			for _, c := range all[:200] {
				c.store(t, store.Store)
			}
			s := newService(t, store)
			_, err := s.Count(t.Context())
			require.NoError(t, err)
			change(s)
			shown := func(want int64, days bool) {
				t.Helper()
				for _, by := range []stats.Unit{stats.ByDay, stats.ByRange, stats.ByAgent} {
					clear(store.rows)
					query := stats.Query{From: stats.StartOfDay(noon(2026, 2, 20), s.Zone), To: stats.StartOfDay(noon(2026, 5, 5), s.Zone), By: by, Zone: s.Zone}
					sum := int64(0)
					for _, row := range rows(t, s, query) {
						sum += row.Started
					}
					if by != stats.ByAgent {
						assert.Equal(t, want, sum, by)
					}
					assert.Equal(t, days, store.rows["hours"] == 0, by)
				}
			}
			shown(200, false)
			all[200].store(t, store.Store)
			_, err = s.Recount(t.Context(), began, ended) // every agent's
			require.NoError(t, err)
			shown(201, true)
		})
	}
}

// TestDaysReachBackInParts: a run that is out of time goes on with the next chat, and meanwhile nothing is missing.
func TestDaysReachBackInParts(t *testing.T) {
	store := newFlaky(never)
	all := generate(rand.New(rand.NewPCG(seed, 62)), 120)
	slices.SortFunc(all, func(a, b *chatted) int { return int(a.began - b.began) })
	for _, c := range all[:100] {
		c.store(t, store.Store)
	}
	s := newService(t, store)
	_, err := s.Count(t.Context())
	require.NoError(t, err)
	s.Zone = zone(t, "Asia/Seoul")
	reach := func() int64 {
		rows, err := store.Store.Stats(t.Context(), "days/Asia/Seoul@", "all", "all")
		require.NoError(t, err)
		if len(rows) == 0 {
			return 0
		}
		return rows[0].Weight
	}
	last, steps := reach(), 0
	for i, c := range all[100:] {
		c.store(t, store.Store)
		writes := 30
		hurried := newService(t, writing{store, &writes})
		hurried.Zone = s.Zone
		_, err := hurried.Count(closing{t.Context(), &writes})
		require.NoError(t, err)
		require.GreaterOrEqual(t, reach(), last, "it never reaches less far")
		if reach() > last {
			steps++
		}
		last = reach()
		query := stats.Query{From: stats.StartOfDay(noon(2026, 2, 20), s.Zone), To: stats.StartOfDay(noon(2026, 5, 5), s.Zone), By: stats.ByRange, Zone: s.Zone}
		assert.Equal(t, int64(101+i), rows(t, s, query)[0].Started)
	}
	assert.Greater(t, steps, 1, "in parts")
	assert.Equal(t, int64(9_999_999_999_999), last, "to the very first")
}

// closing is a context whose deadline is near once so many rows were written to its store.
type closing struct {
	context.Context
	writes *int
}

func (c closing) Deadline() (time.Time, bool) {
	if *c.writes <= 0 {
		return time.Now(), true
	}
	return c.Context.Deadline()
}

type writing struct {
	*flaky
	writes *int
}

func (w writing) PutStats(ctx context.Context, row chat.StatsRow) (bool, error) {
	*w.writes--
	return w.flaky.PutStats(ctx, row)
}
