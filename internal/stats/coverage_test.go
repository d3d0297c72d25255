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

// chatEveryHour stores a chat in every whole hour of so many days, from a date in the zone.
func chatEveryHour(t *testing.T, store *memory.Store, z *time.Location, first time.Time, days int) {
	t.Helper()
	random, n := rand.New(rand.NewPCG(seed, 60)), 0
	begin := stats.StartOfDay(first, z) + 3_599_999
	for at := begin - begin%3_600_000; at < stats.StartOfDay(first.AddDate(0, 0, days), z); at = at.After(time.Hour) {
		w := newGenerator(at, n, random)
		w.end(chat.Abandoned, 0)
		w.store(t, store)
		n++
	}
}

// readCounter counts the rows that are read, by series.
type readCounter struct {
	*memory.Store
	rows map[string]int
}

func (r *readCounter) Stats(ctx context.Context, series, from, to string) ([]chat.StatsRow, error) {
	rows, err := r.Store.Stats(ctx, series, from, to)
	kind, _, _ := strings.Cut(series, "/")
	r.rows[kind] += len(rows)
	return rows, err
}

// TestDaysHaveTheirDate: each day has its date in the zone, also if days start within an hour of UTC. Its figures are the sum of
// its hours, and the range is the sum of its days.
func TestDaysHaveTheirDate(t *testing.T) {
	for _, name := range []string{
		"UTC", "Asia/Seoul", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Adelaide", "America/St_Johns", "Asia/Tehran", "Pacific/Chatham",
	} {
		for _, own := range []string{name, "UTC", "Europe/Berlin"} { // with rows of these days and without
			t.Run(name+" by a stack in "+own, func(t *testing.T) {
				z, store := zone(t, name), memory.NewStore()
				chatEveryHour(t, store, z, noon(2026, time.November, 9), 5)
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

// TestDaysOfAZoneWithManyNames: rows of days answer queries for any zone with the same days.
func TestDaysOfAZoneWithManyNames(t *testing.T) {
	for _, c := range []struct{ own, asked string }{
		{"Asia/Ho_Chi_Minh", "Asia/Saigon"}, {"Asia/Saigon", "Asia/Ho_Chi_Minh"}, {"Asia/Kolkata", "Asia/Calcutta"},
		{"Europe/Kyiv", "Europe/Kiev"}, {"Asia/Seoul", "Asia/Tokyo"}, {"Asia/Karachi", "Asia/Kolkata"}, {"UTC", "Etc/GMT"},
	} {
		t.Run(c.asked+" by a stack in "+c.own, func(t *testing.T) {
			z, store := zone(t, c.asked), &readCounter{memory.NewStore(), map[string]int{}}
			chatEveryHour(t, store.Store, z, noon(2026, time.November, 1), 20)
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
				assert.Equal(t, 21, store.rows["days"], "one for each day, and the coverage")
				assert.Zero(t, store.rows["hours"])
			}
		})
	}
}

// TestAnotherZone: after a change of the zone or of its data, a stack shows the same figures. It has rows of days again once it
// has counted a chat.
func TestAnotherZone(t *testing.T) {
	for name, change := range map[string]func(*stats.Service){
		"zone":      func(s *stats.Service) { s.Zone = zone(t, "Asia/Seoul") },
		"zone data": func(s *stats.Service) { s.ZoneData = "2027a" },
	} {
		t.Run(name, func(t *testing.T) {
			store := &readCounter{memory.NewStore(), map[string]int{}}
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

// TestDaysReachBackInParts: a run without enough time continues with the next chat, and figures are complete meanwhile.
func TestDaysReachBackInParts(t *testing.T) {
	store := newFlakyStore(never)
	all := generate(rand.New(rand.NewPCG(seed, 62)), 120)
	slices.SortFunc(all, func(a, b *generatedChat) int { return int(a.began - b.began) })
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
		hurried := newService(t, writeCounter{store, &writes})
		hurried.Zone = s.Zone
		_, err := hurried.Count(deadlineAfter{t.Context(), &writes})
		require.NoError(t, err)
		require.GreaterOrEqual(t, reach(), last, "the coverage never shrinks")
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

// deadlineAfter is a context whose deadline has come after so many writes.
type deadlineAfter struct {
	context.Context
	writes *int
}

func (c deadlineAfter) Deadline() (time.Time, bool) {
	if *c.writes <= 0 {
		return time.Now(), true
	}
	return c.Context.Deadline()
}

type writeCounter struct {
	*flakyStore
	writes *int
}

func (w writeCounter) PutStats(ctx context.Context, row chat.StatsRow) (bool, error) {
	*w.writes--
	return w.flakyStore.PutStats(ctx, row)
}
