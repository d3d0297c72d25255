package main

import (
	"context"
	"time"

	"rejoin/internal/chat"
	"rejoin/internal/hours"
)

// The shop's hours in Seoul; on weekends it opens an hour later and closes three hours earlier. web/e2e/reference.ts knows them too.
const opens, closes = 9, 21

// setHours writes the hours of the month, and from its end on hours in which the shop never closes.
func (s *shop) setHours(ctx context.Context) error {
	const hour, day = 60, 24 * 60
	month := hours.Schedule{Zone: "Asia/Seoul"}
	after := hours.Schedule{Zone: month.Zone}
	for weekday := range month.Week {
		month.Week[weekday] = []hours.Span{{From: opens * hour, To: closes * hour}}
		if weekday > 4 {
			month.Week[weekday] = []hours.Span{{From: (opens + 1) * hour, To: (closes - 3) * hour}}
		}
		after.Week[weekday] = []hours.Span{{To: day}}
	}
	since := []time.Time{s.today().AddDate(0, 0, -days).Add(-seoul), s.today().Add(-seoul)}
	for i, schedule := range []hours.Schedule{month, after} {
		settings, err := schedule.Encode()
		if err != nil {
			return err
		}
		v := chat.ShopVersion{Version: i + 1, Since: chat.Millis(since[i].UnixMilli()), Settings: settings}
		if _, _, err := s.store.PutShop(ctx, v); err != nil {
			return err
		}
		s.hours = append(s.hours, v)
	}
	return nil
}
