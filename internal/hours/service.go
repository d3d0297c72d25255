package hours

import (
	"context"
	"fmt"

	"rejoin/internal/chat"
)

// Service keeps the shops' schedules. It keeps no state between calls.
type Service struct {
	Store chat.Store
	Clock chat.Clock
	Each  chat.Each
}

var _ chat.Hours = (*Service)(nil)

// Opening implements chat.Hours. It reads one item, eventually consistent.
func (s *Service) Opening(ctx context.Context, site string, now chat.Millis) (chat.Opening, error) {
	newest, err := s.Store.Shop(ctx, site)
	if err != nil {
		return chat.Opening{}, fmt.Errorf("read hours: %w", err)
	}
	if newest.Version == 0 {
		return chat.Opening{Open: true}, nil
	}
	schedule, err := stored(newest)
	if err != nil {
		return chat.Opening{}, err
	}
	open, until := schedule.At(now)
	return chat.Opening{Open: open, Until: until, Zone: schedule.Zone, EmailRequired: schedule.Email == EmailRequired}, nil
}

// stored is the schedule of a version.
func stored(v chat.ShopVersion) (Schedule, error) {
	schedule, err := Decode(v.Settings, v.Since)
	if err != nil { // not wrapped: nobody who asks has sent it
		return Schedule{}, fmt.Errorf("version %d of the hours of shop %q: %s", v.Version, v.Site, err.Error())
	}
	return schedule, nil
}
