package stats_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/memory"
	"rejoin/internal/stats"
)

const (
	chats = 10_000
	seed  = 20261126
)

// The caller, and the range of all chats.
var (
	admin = chat.Caller{Who: "a_boss", Side: chat.Agent, Conn: "conn", At: 1, Admin: true}
	began = chat.Millis(time.Date(2026, 2, 27, 0, 0, 0, 0, time.UTC).UnixMilli())
	ended = chat.Millis(time.Date(2026, 5, 5, 0, 0, 0, 0, time.UTC).UnixMilli())
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	require.NoError(t, err)
	return z
}

func newService(t *testing.T, store chat.Store) *stats.Service {
	return &stats.Service{Store: store, Clock: memory.NewClock(ended), Each: memory.Each, Zone: zone(t, "Europe/Berlin"), Hours: pastHours{}}
}

// TestAgainstReference compares 10,000 chats with plain sums, exactly, and with quantiles, within 2 %: by every unit, in zones with
// rows of days and without, across a change to summer time.
func TestAgainstReference(t *testing.T) {
	all := generate(rand.New(rand.NewPCG(seed, 0)), chats)
	store := memory.NewStore()
	for _, c := range all {
		c.store(t, store)
	}
	s := newService(t, store)
	n, err := s.Count(t.Context())
	require.NoError(t, err)
	assert.Equal(t, chats, n)

	for _, name := range []string{"UTC", "Europe/Berlin", "Asia/Seoul", "America/New_York"} {
		z := zone(t, name)
		for _, by := range stats.Units() {
			for _, agent := range []chat.PersonID{"", "a_1", "a_4", "a_nobody"} {
				if by == stats.ByNow || by == stats.ByHour && name != "UTC" {
					continue
				}
				t.Run(string(by)+" of "+string(agent)+" in "+name, func(t *testing.T) {
					compare(t, reference(all, by, agent, z), rows(t, s, stats.Query{From: began, To: ended, By: by, Agent: agent, Zone: z}))
				})
			}
		}
	}
}

// key identifies a row.
type key struct {
	at    chat.Millis
	agent chat.PersonID
}

// reference adds up single values.
func reference(all []*generatedChat, by stats.Unit, agent chat.PersonID, z *time.Location) map[key]*tally {
	sums := map[key]*tally{}
	for _, c := range all {
		for who, t := range c.tally {
			k := key{at: began}
			at := time.UnixMilli(int64(c.began)).In(z)
			switch by {
			case stats.ByHour:
				k.at = chat.Millis(at.Truncate(time.Hour).UnixMilli())
			case stats.ByDay:
				k.at = chat.Millis(time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, z).UnixMilli())
			case stats.ByAgent:
				k.agent = who
			}
			if by == stats.ByAgent && (who == "" || agent != "" && agent != who) || by != stats.ByAgent && who != agent {
				continue
			}
			if sums[k] == nil {
				sums[k] = newTally()
			}
			sums[k].add(t)
		}
	}
	return sums
}

// rows reads all pages of a result.
func rows(t *testing.T, s *stats.Service, query stats.Query) []stats.Row {
	t.Helper()
	var all []stats.Row
	for {
		page, err := s.Query(t.Context(), admin, query)
		require.NoError(t, err)
		require.LessOrEqual(t, len(page.Rows), stats.MaxRows)
		all = append(all, page.Rows...)
		if page.After == "" {
			return all
		}
		require.Greater(t, page.After, query.After)
		query.After = page.After
	}
}

func compare(t *testing.T, want map[key]*tally, got []stats.Row) {
	t.Helper()
	assert.Len(t, got, len(want))
	assert.True(t, slices.IsSortedFunc(got, func(a, b stats.Row) int { return int(a.At - b.At) }))
	for _, row := range got {
		w := want[key{row.At, row.Agent.ID}]
		require.NotNil(t, w, "a row at %d of %q", row.At, row.Agent.ID)
		if row.Agent.ID != "" {
			assert.Equal(t, "name of "+string(row.Agent.ID), row.Agent.Name)
		}
		assert.Equal(t, []int64{w.started, w.answered, w.abandoned, w.unanswered, w.left, w.leftAnswered},
			[]int64{row.Started, row.Answered, row.Abandoned, row.Unanswered, row.Left, row.LeftAnswered})
		assert.Equal(t, row.Started, row.Answered+row.Abandoned, "every chat is one or the other")
		for _, reason := range chat.Reasons() {
			assert.Equal(t, w.ended[reason], row.EndedBy(reason), reason)
		}
		for _, side := range []chat.Side{chat.Customer, chat.Agent} {
			assert.Equal(t, w.texts[side], row.TextsOf(side), side)
		}
		for m := range row.Histograms {
			values, sum := slices.Sorted(slices.Values(w.values[stats.Measure(m)])), int64(0)
			for _, v := range values {
				sum += v
			}
			histogram := row.Histograms[m]
			assert.Equal(t, int64(len(values)), histogram.N, "measure %d", m)
			assert.Equal(t, sum, histogram.Sum, "measure %d", m)
			for _, q := range []float64{0.5, 0.9, 0.99} {
				if len(values) > 0 {
					want := float64(values[int(math.Ceil(q*float64(len(values))))-1])
					assert.InDelta(t, want, histogram.Quantile(q), 0.02*want, "measure %d, q%v", m, q)
				}
			}
		}
	}
}
