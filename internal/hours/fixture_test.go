package hours_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/hours"
	"rejoin/internal/zone"
)

const (
	minute = chat.Millis(60_000)
	hour   = 60 * minute
	day    = 24 * hour
)

// clean is the schedule, which is valid.
func clean(t testing.TB, s hours.Schedule) hours.Schedule {
	t.Helper()
	cleaned, err := s.Clean()
	require.NoError(t, err)
	return cleaned
}

// daily is open at the same times every day.
func daily(zone string, spans ...hours.Span) hours.Schedule {
	s := hours.Schedule{Zone: zone}
	for i := range s.Week {
		s.Week[i] = spans
	}
	return s
}

// weekdays is open from Monday to Friday.
func weekdays(zone string, spans ...hours.Span) hours.Schedule {
	s := daily(zone, spans...)
	s.Week[5], s.Week[6] = nil, nil
	return s
}

// from reads a span such as 9:00 to 18:00.
func from(fromHour, fromMinute, toHour, toMinute int) hours.Span {
	return hours.Span{From: fromHour*60 + fromMinute, To: toHour*60 + toMinute}
}

var allDay = from(0, 0, 24, 0)

// at is a moment such as 2026-03-29T02:30:00+01:00.
func at(t testing.TB, moment string) chat.Millis {
	t.Helper()
	parsed, err := time.Parse(time.RFC3339, moment)
	require.NoError(t, err)
	return chat.Millis(parsed.UnixMilli())
}

func load(t testing.TB, name string) *time.Location {
	t.Helper()
	found, err := zone.Load(name)
	require.NoError(t, err)
	return found
}
