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

// undecided tells whether the writer of a number may still be about to put its text.
func (r *Room) undecided(seq int64, now Millis) bool {
	for _, m := range []*Member{&r.Customer, &r.Agent} {
		if m.NoSeq == seq && now < m.NoAt.After(Grace) {
			return true
		}
	}
	return false
}

// settle decides a place for good: it puts a void marker, or returns the message that is there.
func (s *Service) settle(ctx context.Context, r Room, seq int64) (Message, error) {
	void := Message{Customer: r.Customer.Who, Room: r.ID, Seq: seq, From: System, At: s.Clock.Now(), Void: true}
	m, _, err := s.Store.PutMessage(ctx, void)
	if err != nil {
		return Message{}, fmt.Errorf("settle %s#%d: %w", r.ID, seq, err)
	}
	return m, nil
}

// settleAll settles every place of the room as it was read.
func (s *Service) settleAll(ctx context.Context, r Room) error {
	found, err := s.Store.MessagesWithoutText(ctx, r.Customer.Who, r.ID, r.Settled+1, r.Seq)
	if err != nil {
		return fmt.Errorf("read messages of room %s: %w", r.ID, err)
	}
	for seq := r.Settled + 1; seq <= r.Seq; seq++ {
		if len(found) > 0 && found[0].Seq == seq {
			found = found[1:]
		} else if _, err := s.settle(ctx, r, seq); err != nil {
			return err
		}
	}
	return nil
}

// view is a room as the side sees it, with its position in the queue while it waits.
func (s *Service) view(ctx context.Context, r Room, side Side) (View, error) {
	v := View{Room: r, Side: side}
	if r.Status != StatusWaiting {
		return v, nil
	}
	var err error
	if v.Position, err = s.Line.Position(ctx, r.ID); err != nil {
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
