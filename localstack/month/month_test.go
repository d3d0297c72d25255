package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
	"rejoin/internal/stats"
)

func month(t *testing.T, now time.Time) (*shop, dynamo.Load) {
	t.Helper()
	s := newShop(now, "2026x")
	for _, name := range []string{"Admin", "Minji", "Alex"} {
		s.employ(chat.PersonID("a_"+name), name)
	}
	made, err := s.play(t.Context())
	require.NoError(t, err)
	return s, made
}

// TestMonth: the month has hundreds of ended chats, with every outcome and on every day.
func TestMonth(t *testing.T) {
	now := time.Date(2026, 11, 24, 13, 0, 0, 0, time.UTC)
	s, made := month(t, now)
	assert.Greater(t, len(made.Rooms), 500)
	for _, r := range made.Rooms {
		assert.True(t, r.Counted)
		assert.Less(t, r.EndedAt, chat.Millis(now.UnixMilli()))
	}
	assert.True(t, slices.ContainsFunc(made.Stats, func(row chat.StatsRow) bool { return strings.HasPrefix(row.Series, "days/UTC@2026x/") }),
		"days of this zone data")
	ask := stats.Query{
		From: chat.Millis(now.AddDate(0, 0, -31).UnixMilli()), To: chat.Millis(now.UnixMilli()), By: stats.ByRange, Zone: time.UTC,
	}
	boss := chat.Caller{Who: "a_Admin", Side: chat.Agent, Admin: true, At: 1 << 62}
	whole, err := s.counts.Query(t.Context(), boss, ask)
	require.NoError(t, err)
	require.Len(t, whole.Rows, 1)
	all := whole.Rows[0]
	assert.Equal(t, int64(len(made.Rooms)), all.Started)
	for _, reason := range chat.Reasons() {
		assert.Positive(t, all.EndedBy(reason), reason)
	}
	assert.Less(t, all.Abandoned*5, all.Answered)
	assert.Greater(t, all.Left, int64(30))
	assert.Less(t, all.LeftAnswered, all.Left)
	assert.Greater(t, all.LeftAnswered*10, all.Left*9)
	wait, waitOpen := all.Histograms[stats.Wait], all.Histograms[stats.WaitOpen]
	assert.Equal(t, wait.N, waitOpen.N)
	assert.Greater(t, wait.Sum, 5*waitOpen.Sum, "nights")
	assert.Positive(t, all.Histograms[stats.Rating].N)
	assert.Equal(t, int64(3), all.Online)
	assert.Greater(t, all.MostWaiting, int64(1))
	t.Logf("%d chats, %d abandoned; wait p50 %d s, p90 %d s; talk p50 %d s", all.Started, all.Abandoned,
		all.Histograms[stats.Wait].Quantile(0.5)/1000, all.Histograms[stats.Wait].Quantile(0.9)/1000, all.Histograms[stats.Talk].Quantile(0.5)/1000)
	ask.By = stats.ByDay
	daily, err := s.counts.Query(t.Context(), boss, ask)
	require.NoError(t, err)
	assert.GreaterOrEqual(t, len(daily.Rows), days)
	ask.By = stats.ByAgent
	each, err := s.counts.Query(t.Context(), boss, ask)
	require.NoError(t, err)
	assert.Len(t, each.Rows, 3)
}

// TestAnyDay: a month can end on any day of the year, at any hour.
func TestAnyDay(t *testing.T) {
	for _, now := range []time.Time{
		time.Date(2026, 1, 1, 0, 0, 1, 0, time.UTC), time.Date(2026, 11, 29, 3, 0, 0, 0, time.UTC), time.Date(2028, 2, 29, 23, 59, 59, 0, time.UTC), time.Date(2027, 7, 4, 15, 0, 0, 0, time.UTC),
	} {
		_, made := month(t, now)
		assert.NotEmpty(t, made.Rooms)
	}
}
