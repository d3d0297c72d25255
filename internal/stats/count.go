package stats

import (
	"context"
	"fmt"
	"sync"
	"time"

	"rejoin/internal/chat"
)

const (
	// countPage is how many rooms are counted before their hours are added up. An hour is read as a whole each time, so it is many; their
	// contributions are written before the page's time is over, 32 side by side.
	countPage = 2000
	// reserve is how long before its deadline a run starts nothing new.
	reserve = 5 * time.Second
	// placeTime is the longest that a place of a long room takes to be read, at the pace of dynamo.Store.MessagesWithoutText.
	placeTime = 4 * time.Millisecond
)

// Count adds every ended room that is not counted yet, and returns how many. It writes each room's contribution, adds up
// the hours in which they began, then the days, and marks the rooms as counted last: after a crash the next run does it
// again, which changes nothing. It stops 5 s before the context's deadline. A room or hour that fails is part of the error
// and stops no other.
func (s *Service) Count(ctx context.Context) (int, error) {
	done, errs, past := 0, []error(nil), s.newHistories()
	for after, more := chat.RoomID(""), true; more && !outOfTime(ctx); {
		ids, err := s.Store.UncountedRooms(ctx, after, countPage)
		if err != nil {
			return done, chat.JoinErrors(append(errs, fmt.Errorf("list rooms to count: %w", err)))
		}
		if more = len(ids) == countPage; more {
			after = ids[countPage-1]
		}
		b := &batch{past: past}
		errs = append(errs, s.Each.Try(ctx, len(ids), func(ctx context.Context, i int) error {
			if outOfTime(ctx) {
				return nil
			}
			if err := s.countRoom(ctx, ids[i], b); err != nil {
				return fmt.Errorf("count room %s: %w", ids[i], err)
			}
			return nil
		}))
		n, err := s.finishBatch(ctx, b)
		done += n
		errs = append(errs, err)
	}
	return done, chat.JoinErrors(errs)
}

func outOfTime(ctx context.Context) bool { return !hasTime(ctx, 0) }

// hasTime tells whether the run has so much time left, beside the reserve.
func hasTime(ctx context.Context, needed time.Duration) bool {
	end, ok := ctx.Deadline()
	return !ok || time.Until(end) >= needed+reserve
}

// batch is what is left to do once the contributions of some rooms are written, by the hours in which these began. It is
// safe for concurrent use.
type batch struct {
	past  *histories
	mu    sync.Mutex
	hours map[chat.Millis]*changedHour
}

// changedHour is an hour to add up again.
type changedHour struct {
	owners map[chat.PersonID]bool // whose figures may have changed: "" for everybody, and agents
	rooms  []chat.Room            // to mark as counted afterwards; may be none
}

// add notes a room whose contribution is written.
func (b *batch) add(r chat.Room, of []Contribution) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.hours == nil {
		b.hours = map[chat.Millis]*changedHour{}
	}
	began := hourOf(r.Created)
	if b.hours[began] == nil {
		b.hours[began] = &changedHour{owners: map[chat.PersonID]bool{}}
	}
	h := b.hours[began]
	for _, c := range of {
		h.owners[c.Agent] = true
	}
	if !r.Counted {
		h.rooms = append(h.rooms, r)
	}
}

// countRoom stores what the room adds, and puts the room into the batch. A room that is too long for the time left is for the
// next run.
func (s *Service) countRoom(ctx context.Context, id chat.RoomID, b *batch) error {
	r, err := s.Store.Room(ctx, id)
	if err != nil {
		return err
	}
	if r.Status != chat.StatusEnded || r.Counted || !hasTime(ctx, time.Duration(r.Seq)*placeTime) { // the index may be late
		return nil
	}
	return s.storeRoom(ctx, r, b)
}

// storeRoom writes what an ended room adds, and puts the room into the batch. If some of its messages have expired, an
// earlier row of it stays as it is.
func (s *Service) storeRoom(ctx context.Context, r chat.Room, b *batch) error {
	openTime, err := b.past.of(ctx, r)
	if err != nil {
		return err
	}
	past, err := s.Store.MessagesWithoutText(ctx, r.Customer.Who, r.ID, 1, r.Seq)
	if err != nil {
		return fmt.Errorf("read messages: %w", err)
	}
	began, adds := hourOf(r.Created), FromRoom(r, past, openTime)
	row := s.row(chatsSeries(began), string(r.ID), began, r.Rev, encodeContributions(adds))
	if int64(len(past)) < r.Seq {
		stored, err := s.Store.Stats(ctx, row.Series, row.At, row.At)
		if err != nil {
			return fmt.Errorf("read its stored contribution: %w", err)
		}
		if len(stored) > 0 {
			if adds, err = decodeContributions(stored[0].Data); err != nil {
				return fmt.Errorf("its stored contribution: %w", err)
			}
			b.add(r, adds)
			return nil
		}
	}
	if _, err := s.Store.PutStats(ctx, row); err != nil { // a row of a newer rev stays
		return fmt.Errorf("store what it adds: %w", err)
	}
	b.add(r, adds)
	return nil
}
