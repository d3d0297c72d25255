package stats_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/memory"
	"rejoin/internal/stats"
)

// TestDaysWhenClocksChange: with a chat in every hour, each counts in the day that a clock in the zone shows.
func TestDaysWhenClocksChange(t *testing.T) {
	for _, c := range []struct {
		zone  string
		day   time.Time // with a change of clocks
		hours int64     // of the day
	}{
		{"Europe/Berlin", noon(2026, time.March, 29), 23},
		{"Europe/Berlin", noon(2026, time.October, 25), 25},
		{"America/Santiago", noon(2026, time.September, 6), 23}, // 00:00 is 01:00
		{"America/Santiago", noon(2026, time.April, 4), 25},     // 24:00 is 23:00
		{"Africa/Cairo", noon(2026, time.April, 24), 23},        // 00:00 is 01:00
		{"America/Havana", noon(2026, time.March, 8), 23},       // 00:00 is 01:00
		{"America/Havana", noon(2026, time.November, 1), 25},    // 01:00 is 00:00
		{"Asia/Amman", noon(2021, time.October, 29), 25},        // 01:00 is 00:00
	} {
		t.Run(c.zone+c.day.Format(" 2006-01-02"), func(t *testing.T) {
			z, store, random := zone(t, c.zone), memory.NewStore(), rand.New(rand.NewPCG(seed, 50))
			first, last := c.day.AddDate(0, 0, -3), c.day.AddDate(0, 0, 3)
			for at, n := first, 0; at.Before(last); at, n = at.Add(time.Hour), n+1 {
				w := newGenerator(millis(at), n, random)
				w.end(chat.Abandoned, 0)
				w.store(t, store)
			}
			for _, own := range []*time.Location{z, time.UTC} { // with rows of these days and without
				s := newService(t, store)
				s.Zone = own
				_, err := s.Recount(t.Context(), millis(first), millis(last))
				require.NoError(t, err)
				query := stats.Query{From: millis(c.day.AddDate(0, 0, -1)), To: millis(c.day.AddDate(0, 0, 1)), By: stats.ByDay, Zone: z}
				var days []string
				var hours []int64
				for _, row := range rows(t, s, query) {
					days = append(days, time.UnixMilli(int64(row.At)).In(z).Format(time.DateOnly))
					hours = append(hours, row.Started)
					query.From, query.To = min(query.From, row.At), row.At.After(24*time.Hour)
				}
				require.Equal(t, []string{
					c.day.AddDate(0, 0, -1).Format(time.DateOnly), c.day.Format(time.DateOnly), c.day.AddDate(0, 0, 1).Format(time.DateOnly),
				}, days)
				assert.Equal(t, []int64{24, c.hours, 24}, hours)
				query.By = stats.ByRange
				assert.Equal(t, 48+c.hours, rows(t, s, query)[0].Started)
			}
		})
	}
}

func noon(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 12, 0, 0, 0, time.UTC)
}

func millis(t time.Time) chat.Millis { return chat.Millis(t.UnixMilli()) }
