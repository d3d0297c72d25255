package chat

import (
	"context"
	"fmt"
)

// relist puts a room that is about to be written on the list where it belongs. One that is not left is checked soon.
func (r Rules) relist(room *Room, now Millis) {
	room.Left = room.belongsToLeft()
	if room.Status != StatusEnded && !room.Left {
		room.SweepAt = min(room.SweepAt, now.After(r.Recheck))
	}
}

// relist moves a room to the other list if it belongs there, after its customer has left or come. It is a write of its own,
// which few rooms need. If the caller dies before it, the customer's next join does it, or the sweep.
func (s *Service) relist(ctx context.Context, r Room) (Room, error) {
	for range changeTries {
		if r.Left == r.belongsToLeft() {
			return r, nil
		}
		after := r
		s.Rules.relist(&after, s.Clock.Now())
		found, ok, err := s.Store.Relist(ctx, r, after.Left, after.SweepAt)
		if err != nil {
			return Room{}, fmt.Errorf("move room %s to its list: %w", r.ID, err)
		}
		if r = found; ok {
			return r, nil
		}
	}
	return r, nil // somebody else does it, or the sweep
}

// keepInstead is the decision on a room that would end as Abandoned: it is kept if nobody serves, so that nobody could have
// answered.
func (s *Service) keepInstead(ctx context.Context, r Room, d decision, now Millis) (decision, error) {
	if r.Kept = now; !r.Pending() {
		return d, nil
	}
	hours, err := s.HoursNow(ctx, r.Customer.Who.Site())
	if err != nil || hours.State == Open {
		return d, err
	}
	return decision{event: EventLeft, recheckAt: s.Rules.recheckLeft(now)}, nil
}

// leftSince tells of each of these rooms since when it is left; nil for one that is not.
func (s *Service) leftSince(ctx context.Context, rooms ...Room) []*LeftSince {
	since, of, now := make([]*LeftSince, len(rooms)), []ShopTime(nil), s.Clock.Now()
	for i, r := range rooms {
		if r.Left {
			since[i] = &LeftSince{Since: r.Kept}
			of = append(of, ShopTime{Site: r.Customer.Who.Site(), From: r.Kept, To: now})
		}
	}
	if len(of) == 0 {
		return since
	}
	open, err := s.openTimes(ctx, of)
	if err != nil { // agents can do without
		s.Log.WarnContext(ctx, "no opening hours", LogError, err)
		return since
	}
	for _, one := range since {
		if one != nil {
			one.Open, open = open[0], open[1:]
		}
	}
	return since
}

// openTimes is Hours.OpenTimes. Without Hours, every shop was always open.
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
