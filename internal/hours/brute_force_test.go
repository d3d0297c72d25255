package hours_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/hours"
)

// minuteByMinute is the definition, as docs/hours.md gives it: each minute is looked up by what the shop's clock shows, which
// stands still while clocks are put back. It starts some days early, since the clock may stand still at the start.
func minuteByMinute(t *testing.T, s hours.Schedule, start chat.Millis, minutes int) []bool {
	zone, open := load(t, s.Zone), make([]bool, minutes)
	var shown time.Time // what the clock shows, as a time in UTC
	const early = 3 * 24 * 60
	for i := -early; i < minutes; i++ {
		now := start + chat.Millis(i)*minute
		wall := time.UnixMilli(int64(now)).In(zone)
		if _, seconds := wall.Zone(); i == -early || wall.UTC().Add(time.Duration(seconds)*time.Second).After(shown) {
			shown = wall.UTC().Add(time.Duration(seconds) * time.Second)
		}
		if i < 0 {
			continue
		}
		spans := s.Week[(int(shown.Weekday())+6)%7]
		for _, e := range s.Exceptions {
			if e.Date == shown.Format(time.DateOnly) {
				spans = e.Open
			}
		}
		of := shown.Hour()*60 + shown.Minute()
		open[i] = slices.ContainsFunc(spans, func(s hours.Span) bool { return s.From <= of && of < s.To })
		if p := s.Pause; p.Since != 0 && p.Since <= now && (p.Until == 0 || now < p.Until) {
			open[i] = false
		}
	}
	return open
}

// randomSpans are a day's; adjacent ones, midnight and the hours at which clocks change are frequent.
func randomSpans(r *rand.Rand) (spans []hours.Span) {
	var times []int
	for range 2 * r.IntN(4) {
		times = append(times, []int{0, 24 * 60, r.IntN(24*60 + 1), r.IntN(4 * 60), 15 * r.IntN(16), 22*60 + 15*r.IntN(8)}[r.IntN(6)])
	}
	slices.Sort(times)
	for i := 1; i < len(times); i += 1 + r.IntN(2) {
		if times[i-1] < times[i] {
			spans = append(spans, hours.Span{From: times[i-1], To: times[i]})
		}
	}
	return spans
}

func randomSchedule(r *rand.Rand, zone string, start chat.Millis, minutes int) hours.Schedule {
	s := hours.Schedule{Zone: zone}
	for i := range s.Week {
		s.Week[i] = randomSpans(r)
		if r.IntN(4) == 0 {
			s.Week[i] = []hours.Span{allDay}
		}
	}
	for d := range minutes/24/60 + 3 {
		if date := time.UnixMilli(int64(start)).UTC().AddDate(0, 0, d-1); r.IntN(5) == 0 {
			s.Exceptions = append(s.Exceptions, hours.Exception{Date: date.Format(time.DateOnly), Open: randomSpans(r)})
		}
	}
	if r.IntN(3) > 0 {
		s.Pause.Since = start + chat.Millis(r.IntN(minutes))*minute
		if r.IntN(2) == 0 {
			s.Pause.Until = s.Pause.Since + chat.Millis(1+r.IntN(minutes))*minute
		}
	}
	return s
}

// TestMinuteByMinute compares At and OpenTime with the definition, around the days on which clocks change.
func TestMinuteByMinute(t *testing.T) {
	const minutes = 5 * 24 * 60
	for _, around := range []struct{ zone, date string }{
		{"Europe/Berlin", "2026-03-29"},
		{"Europe/Berlin", "2026-10-25"},
		{"America/New_York", "2026-03-08"},
		{"America/New_York", "2025-11-02"},
		{"Asia/Seoul", "2026-11-30"},
		{"Asia/Kolkata", "2026-01-01"},
		{"Australia/Lord_Howe", "2026-04-05"},
		{"Australia/Lord_Howe", "2027-10-03"},
		{"Africa/Cairo", "2026-04-24"},
		{"Africa/Cairo", "2026-10-30"},
		{"America/Santiago", "2026-04-05"},
		{"America/Santiago", "2030-09-08"},
		{"America/St_Johns", "2006-10-29"}, // put back from 00:01 into the day before
		{"Antarctica/Troll", "2026-10-25"}, // by two hours
		{"Africa/Casablanca", "2026-02-15"},
		{"Pacific/Apia", "2011-12-30"},
		{"Pacific/Kwajalein", "1993-08-21"},
		{"America/Juneau", "1983-10-30"}, // put back by two hours
		{"Asia/Pyongyang", "2018-05-05"},
		{"America/Caracas", "2016-05-01"},
	} {
		middle, err := time.Parse(time.DateOnly, around.date)
		require.NoError(t, err)
		start := chat.Millis(middle.UnixMilli()) - 2*day
		for seed := range uint64(8) {
			r := rand.New(rand.NewPCG(seed, uint64(start)))
			s := clean(t, randomSchedule(r, around.zone, start, minutes))
			open := minuteByMinute(t, s, start, minutes)
			sums := make([]chat.Millis, minutes+1)
			for i := range open {
				sums[i+1] = sums[i]
				if open[i] {
					sums[i+1] += minute
				}
			}
			for range 40 {
				i := r.IntN(minutes)
				within := chat.Millis(r.IntN(int(minute)))
				is, until := s.At(start + chat.Millis(i)*minute + within)
				require.Equal(t, open[i], is, "%s %s, seed %d, minute %d: %+v", around.zone, around.date, seed, i, s)
				if next := slices.Index(open[i:], !open[i]); next >= 0 {
					require.Equal(t, start+chat.Millis(i+next)*minute, until, "%s %s, seed %d, minute %d: %+v", around.zone, around.date, seed, i, s)
				} else {
					assert.True(t, until == 0 || until >= start+chat.Millis(minutes)*minute)
				}
				j := i + r.IntN(minutes-i+1)
				later := chat.Millis(r.IntN(int(minute)))
				want := sums[j] - sums[i]
				if open[i] {
					want -= within
				}
				if j < minutes && open[j] {
					want += later
				} else {
					later = 0
				}
				from, to := start+chat.Millis(i)*minute+within, start+chat.Millis(j)*minute+later
				require.Equal(t, max(want, 0), s.OpenTime(from, to), "%s %s, seed %d, minutes %d to %d: %+v", around.zone, around.date, seed, i, j, s)
			}
		}
	}
}
