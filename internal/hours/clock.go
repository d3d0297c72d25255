package hours

import (
	"time"

	"rejoin/internal/chat"
)

// clock is the clock on a shop's wall. What it shows is written as the moment at which a clock in UTC shows the same.
// When clocks are put back, this one stands still until it is right again, so that no hours come twice.
type clock struct{ zone *time.Location }

// farthest is more than any zone's clocks have ever been ahead of UTC or behind it.
const farthest = 26 * time.Hour

// first is the first moment at which the clock shows `shown` or, if that is skipped, a later time.
func (c clock) first(shown chat.Millis) chat.Millis {
	for at := shown.After(-farthest); ; {
		moment := time.UnixMilli(int64(at)).In(c.zone)
		_, seconds := moment.Zone()
		found := max(at, shown.After(-time.Duration(seconds)*time.Second))
		_, end := moment.ZoneBounds()
		changes := chat.Millis(end.UnixMilli())
		if end.IsZero() || found < changes {
			return found
		}
		at = changes
	}
}

// midnight is what the clock shows at the beginning of the date of a moment. All hours of earlier dates have ended by then.
func (c clock) midnight(at chat.Millis) chat.Millis {
	y, m, d := time.UnixMilli(int64(at)).In(c.zone).Date()
	return chat.Millis(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).UnixMilli())
}
