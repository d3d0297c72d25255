package stats

import (
	"time"

	"rejoin/internal/chat"
)

const (
	hour = chat.Millis(time.Hour / time.Millisecond)
	day  = 24 * time.Hour
)

// hourOf is the start of the hour, UTC.
func hourOf(at chat.Millis) chat.Millis { return at - at%hour }

// firstHourFrom is the start of the first hour that begins at a time or after it. An hour belongs to the day in which it begins.
func firstHourFrom(at chat.Millis) chat.Millis { return hourOf(at + hour - 1) }

// StartOfDay is the moment at which the day of this date begins in a zone.
func StartOfDay(date time.Time, zone *time.Location) chat.Millis {
	y, m, d := date.Date()
	return dayOf(chat.Millis(time.Date(y, m, d, 12, 0, 0, 0, zone).UnixMilli()), zone)
}

// dayOf is the start of the day of a moment in a zone.
func dayOf(at chat.Millis, zone *time.Location) chat.Millis { return daysAfter(at, zone, 0) }

// daysAfter is the start of the day that is so many days later; a day may have 23 or 25 hours. A day starts at midnight, at
// the first of two midnights if clocks are put back over it, and with summer time if that skips midnight, as in Chile.
func daysAfter(at chat.Millis, zone *time.Location, days int) chat.Millis {
	y, m, d := time.UnixMilli(int64(at)).In(zone).Date()
	by := func(clock time.Time) chat.Millis {
		_, offset := clock.Zone()
		return chat.Millis(time.Date(y, m, d+days, 0, 0, -offset, 0, time.UTC).UnixMilli())
	}
	noon := time.Date(y, m, d+days, 12, 0, 0, 0, zone)
	change, _ := noon.ZoneBounds() // the last change of clocks before noon
	changed := chat.Millis(change.UnixMilli())
	if before := by(change.Add(-1)); before < changed {
		return before
	}
	return max(by(noon), changed)
}
