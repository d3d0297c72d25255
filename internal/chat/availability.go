package chat

import (
	"context"
	"fmt"
)

// HoursNow is whether anybody serves a shop's customers now, and what its schedule says.
type HoursNow struct {
	State Availability
	Opening
}

// HoursNow reads whether anybody serves a shop's customers. Nothing is remembered: both a schedule and an agent may change at
// any moment.
func (s *Service) HoursNow(ctx context.Context, site string) (HoursNow, error) {
	if s.Hours == nil {
		return HoursNow{State: Open, Opening: Opening{Open: true}}, nil
	}
	var opening Opening
	var agents []Person
	err := s.Each.All(ctx,
		func(ctx context.Context) (err error) {
			opening, err = s.Hours.Opening(ctx, site, s.Clock.Now())
			return err
		},
		func(ctx context.Context) (err error) {
			agents, err = s.Store.FreeAgents(ctx, 1)
			return err
		})
	if err != nil {
		return HoursNow{}, fmt.Errorf("hours of shop %q: %w", site, err)
	}
	now := HoursNow{State: Open, Opening: opening}
	switch {
	case !opening.Open:
		now.State = Closed
	case len(agents) == 0:
		now.State = Nobody
	}
	return now, nil
}
