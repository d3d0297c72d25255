package chat

import (
	"context"
	"fmt"
)

// leftSince tells of each of these rooms since when it is left; nil for one that is not.
func (s *Service) leftSince(ctx context.Context, rooms []Room) ([]*LeftSince, error) {
	since, of := make([]*LeftSince, len(rooms)), []ShopTime(nil)
	for _, r := range rooms {
		if r.Left {
			of = append(of, ShopTime{Site: r.Customer.Who.Site(), From: r.Kept, To: s.Clock.Now()})
		}
	}
	if len(of) == 0 {
		return since, nil
	}
	open, err := s.openTimes(ctx, of)
	if err != nil {
		return nil, fmt.Errorf("opening hours since then: %w", err)
	}
	for i, r := range rooms {
		if r.Left {
			since[i], open = &LeftSince{Since: r.Kept, Open: open[0]}, open[1:]
		}
	}
	return since, nil
}

// openTimes is Hours.OpenTimes; without Hours, every shop was always open.
func (s *Service) openTimes(ctx context.Context, of []ShopTime) ([]Millis, error) {
	if s.Hours != nil {
		return s.Hours.OpenTimes(ctx, of)
	}
	open := make([]Millis, len(of))
	for i, t := range of {
		open[i] = max(t.To-t.From, 0)
	}
	return open, nil
}
