package chat

import (
	"cmp"
	"context"
	"fmt"
)

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
	_, err := s.settleThrough(ctx, r, r.Seq, func(int64) bool { return false })
	return err
}

// isAtBound tells whether the room has so many unsettled places that no text gets another one.
func (s *Service) isAtBound(r Room) bool {
	return r.Seq >= cmp.Or(r.Bound, s.Rules.bound(r.Settled))
}

// settleMore settles places of a room at its bound until it is below, or until an undecided place, and returns the room after
// that. So texts and changes do, part by part, what the room's end would otherwise do at once.
func (s *Service) settleMore(ctx context.Context, r Room) (Room, error) {
	for s.isAtBound(r) {
		now := s.Clock.Now()
		settled, err := s.settleThrough(ctx, r, min(r.Seq, s.Rules.bound(r.Settled)), func(seq int64) bool { return r.undecided(seq, now) })
		if err != nil || settled == r.Settled {
			return r, err
		}
		if r, _, err = s.Store.SetSettled(ctx, r.ID, settled, s.Rules.bound(settled)); err != nil { // or others have settled more
			return Room{}, fmt.Errorf("settle room %s: %w", r.ID, err)
		}
	}
	return r, nil
}

// settleThrough settles the room's places from its first unsettled one through `last`, or to the first that must wait,
// and returns the last that is settled.
func (s *Service) settleThrough(ctx context.Context, r Room, last int64, waits func(seq int64) bool) (int64, error) {
	found, err := s.Store.MessagesWithoutText(ctx, r.Customer.Who, r.ID, r.Settled+1, last)
	if err != nil {
		return 0, fmt.Errorf("read messages of room %s: %w", r.ID, err)
	}
	for seq := r.Settled + 1; seq <= last; seq++ {
		if len(found) > 0 && found[0].Seq == seq {
			found = found[1:]
		} else if waits(seq) {
			return seq - 1, nil
		} else if _, err := s.settle(ctx, r, seq); err != nil {
			return 0, err
		}
	}
	return last, nil
}
