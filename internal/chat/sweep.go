package chat

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const (
	// sweepPage is how many due rooms are listed at a time.
	sweepPage = 100
	// sweepReserve is the time that a run leaves unused, to finish what it does.
	sweepReserve = 5 * time.Second
	// silent is how long a connection may carry nothing, pings included, before it counts as gone: a client pings
	// every 4 minutes at least.
	silent = 5 * time.Minute
	// abandonAfter is how long a customer who waits may be gone.
	abandonAfter = 10 * time.Minute
)

// Swept is what a run of the sweep did.
type Swept struct{ Looked, Ended int }

// Sweep looks at every open room that is due, ends those that the rules end, and sets when to look at the others again.
// It stops before the context's deadline and goes on at the next run; any number of runs may overlap.
func (s *Service) Sweep(ctx context.Context) (Swept, error) {
	var done Swept
	var errs []error
	for shard := range DueShards {
		for more := true; more; {
			ids, err := s.Store.Due(ctx, shard, s.Clock.Now(), sweepPage)
			if err != nil {
				errs = append(errs, fmt.Errorf("list due rooms of shard %d: %w", shard, err))
				break
			}
			failed := 0
			for _, id := range ids {
				if end, ok := ctx.Deadline(); ok && time.Until(end) < sweepReserve {
					return done, errors.Join(errs...)
				}
				ended, err := s.sweepRoom(ctx, id)
				if err != nil {
					failed++
					errs = append(errs, err)
				}
				done.Looked++
				if ended {
					done.Ended++
				}
			}
			more = len(ids) == sweepPage && failed == 0
		}
	}
	return done, errors.Join(errs...)
}

// sweepRoom does what the rules say of one room, on condition that it is still as it was read: somebody who comes in
// between wins.
func (s *Service) sweepRoom(ctx context.Context, id RoomID) (ended bool, err error) {
	r, err := s.Store.Room(ctx, id)
	if err != nil {
		return false, fmt.Errorf("read room %s: %w", id, err)
	}
	now := s.Clock.Now()
	if r.ID == "" || r.Status == StatusOver || r.SweepAt > now {
		return false, nil
	}
	seen := r
	if seen.Customer.Seat.Gone, err = s.goneSince(ctx, r, now); err != nil {
		return false, err
	}
	reason, at := next(seen, now)
	if reason != "" {
		done, ok, err := s.changeSeen(ctx, r, event{name: EndedEvent}, func(r *Room, now Millis) error {
			r.end(reason, now)
			return nil
		})
		if err != nil || !ok {
			return false, err
		}
		s.announceEnd(ctx, "", done)
		return true, nil
	}
	seen.SweepAt = at
	ok, err := s.Store.Change(ctx, r, seen, nil)
	if err != nil {
		return false, fmt.Errorf("set when to look at room %s again: %w", id, err)
	}
	if seen.Rev++; ok && seen.Customer.Seat.Online() != r.Customer.Seat.Online() {
		s.tell(ctx, seen, Agent, s.presence(seen, Customer))
	}
	return false, nil
}

// next decides what becomes of an open room whose time to be looked at has come: it ends for a reason, or is looked
// at again at a time.
func next(r Room, now Millis) (Reason, Millis) {
	again := now.After(LookEvery)
	gone := r.Customer.Seat.Gone
	if r.Status != Waiting || gone == 0 {
		return "", again
	}
	if end := gone.After(abandonAfter); end > now {
		return "", min(again, end)
	}
	return Abandoned, 0
}

// goneSince asks the gateway whether the customer is there: 0, or since when not. Half-open lines are found here.
func (s *Service) goneSince(ctx context.Context, r Room, now Millis) (Millis, error) {
	seat := r.Customer.Seat
	if seat.Conn == "" {
		return max(seat.Gone, r.Created), nil
	}
	last, err := s.Pusher.LastActive(ctx, seat.Conn)
	switch {
	case errors.Is(err, ErrGone) && seat.Gone != 0:
		return seat.Gone, nil
	case errors.Is(err, ErrGone):
		return now, nil
	case err != nil:
		return 0, fmt.Errorf("ask for connection %s: %w", seat.Conn, err)
	case now > last.After(silent):
		return last, nil
	}
	return 0, nil
}
