package stats

import (
	"time"

	"rejoin/internal/chat"
)

const (
	hour = chat.Millis(time.Hour / time.Millisecond)
	day  = 24 * time.Hour
)

// hourOf is when the hour began, UTC.
func hourOf(at chat.Millis) chat.Millis { return at - at%hour }

// firstHour is the first hour that begins at a time or after it. An hour counts in the day in which it begins.
func firstHour(at chat.Millis) chat.Millis { return hourOf(at + hour - 1) }

// StartOfDay is when the day begins in the zone that has this date.
func StartOfDay(date time.Time, zone *time.Location) chat.Millis {
	y, m, d := date.Date()
	return midnight(chat.Millis(time.Date(y, m, d, 12, 0, 0, 0, zone).UnixMilli()), zone)
}

// midnight is when the day of a moment began in a zone.
func midnight(at chat.Millis, zone *time.Location) chat.Millis { return dayAfter(at, zone, 0) }

// dayAfter is when the day begins that is so many days later: a day may have 23 or 25 hours. It begins at midnight, at the
// first of two where clocks are put back over it, and with summer time where that leaves none, as in Chile.
func dayAfter(at chat.Millis, zone *time.Location, days int) chat.Millis {
	y, m, d := time.UnixMilli(int64(at)).In(zone).Date()
	by := func(clock time.Time) chat.Millis {
		_, offset := clock.Zone()
		return chat.Millis(time.Date(y, m, d+days, 0, 0, -offset, 0, time.UTC).UnixMilli())
	}
	noon := time.Date(y, m, d+days, 12, 0, 0, 0, zone)
	change, _ := noon.ZoneBounds() // of clocks, the last one before noon
	changed := chat.Millis(change.UnixMilli())
	if before := by(change.Add(-1)); before < changed {
		return before
	}
	return max(by(noon), changed)
}
