package chat

import (
	"context"
	"fmt"
)

// page reads the room's places after since: at most MaxPage, and as many bytes as the budget allows. Each place of
// the page is settled. A missing number that is older than Grace is settled here; a younger one ends the page before
// it.
func (s *Service) page(ctx context.Context, v View, since int64, b *budget) (RoomPage, error) {
	r := v.Room
	since = min(since, r.Seq)
	page := RoomPage{View: v, Through: since, More: since < r.Seq}
	if !page.More || b.exhausted() {
		return page, nil
	}
	to := min(r.Seq, since+MaxPage)
	found, err := s.Store.Messages(ctx, r.Customer.Who, r.ID, since+1, to)
	if err != nil {
		return RoomPage{}, fmt.Errorf("read messages of room %s: %w", r.ID, err)
	}
	now := s.Clock.Now()
	for seq := since + 1; seq <= to; seq++ {
		var m Message
		if len(found) > 0 && found[0].Seq == seq {
			m, found = found[0], found[1:]
		} else if seq <= r.Settled { // it was settled, and has expired
			m.Void = true
		} else if r.undecided(seq, now) {
			break
		} else if m, err = s.settle(ctx, r, seq); err != nil {
			return RoomPage{}, err
		}
		if m.Void {
			page.Void = append(page.Void, seq)
		} else if !b.take(messageSize(m)) {
			break
		} else {
			page.Messages = append(page.Messages, m)
		}
		page.Through = seq
	}
	page.More = page.Through < r.Seq
	return page, nil
}

// viewOf is a room as the side sees it.
func (s *Service) viewOf(ctx context.Context, r Room, side Side) View {
	v := View{Room: r, Side: side}
	if side == Agent {
		v.Left = s.leftSince(ctx, r)[0]
	}
	return v
}

// view is viewOf with the position in the queue while it waits.
func (s *Service) view(ctx context.Context, r Room, side Side) (View, error) {
	v := s.viewOf(ctx, r, side)
	if r.Status != StatusWaiting {
		return v, nil
	}
	var err error
	if v.Position, err = s.Snapshot.Position(ctx, r.ID); err != nil {
		return View{}, fmt.Errorf("position in the queue: %w", err)
	}
	return v, nil
}

// show is a view with its page after since.
func (s *Service) show(ctx context.Context, r Room, side Side, since int64) (RoomPage, error) {
	v, err := s.view(ctx, r, side)
	if err != nil {
		return RoomPage{}, err
	}
	return s.page(ctx, v, since, &budget{bytes: MaxPageBytes})
}
