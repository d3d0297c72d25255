package stats

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"rejoin/internal/chat"
)

const (
	// countPage is how many rooms are counted before their hours are added up.
	countPage = 50
	// reserve is how long before its deadline a run starts nothing new.
	reserve = 5 * time.Second
)

// Count adds every ended room that is not counted yet, and returns how many. It writes a room's contribution, adds up the
// hour in which it began, then the day, and marks the room as counted last: after a crash the next run does it again, which
// changes nothing. It stops 5 s before the context's deadline. A room or hour that fails is part of the error and stops no
// other.
func (s *Service) Count(ctx context.Context) (int, error) {
	done, errs := 0, []error(nil)
	for after, more := chat.RoomID(""), true; more; {
		ids, err := s.Store.UncountedRooms(ctx, after, countPage)
		if err != nil {
			return done, errors.Join(append(errs, fmt.Errorf("list rooms to count: %w", err))...)
		}
		if more = len(ids) == countPage; more {
			after = ids[countPage-1]
		}
		b := batch{}
		for _, id := range ids {
			if outOfTime(ctx) {
				more = false
				break
			}
			if err := s.countRoom(ctx, id, b); err != nil {
				errs = append(errs, fmt.Errorf("count room %s: %w", id, err))
			}
		}
		n, err := s.finishBatch(ctx, b)
		done += n
		errs = append(errs, err)
	}
	return done, errors.Join(errs...)
}

func outOfTime(ctx context.Context) bool {
	end, ok := ctx.Deadline()
	return ok && time.Until(end) < reserve
}

// batch holds, by the hours to add up, the rooms to mark as counted afterwards; an hour may have none.
type batch map[chat.Millis][]chat.Room

// countRoom stores what the room adds, and puts the room into the batch.
func (s *Service) countRoom(ctx context.Context, id chat.RoomID, b batch) error {
	r, err := s.Store.Room(ctx, id)
	if err != nil {
		return err
	}
	if r.Status != chat.StatusEnded || r.Counted { // the index may be late
		return nil
	}
	if err := s.storeRoom(ctx, r); err != nil {
		return err
	}
	began := hourOf(r.Created)
	b[began] = append(b[began], r)
	return nil
}

// storeRoom writes what an ended room adds. If some of its messages have expired, an earlier row of it stays as it is.
func (s *Service) storeRoom(ctx context.Context, r chat.Room) error {
	past, err := s.Store.MessagesWithoutText(ctx, r.Customer.Who, r.ID, 1, r.Seq)
	if err != nil {
		return fmt.Errorf("read messages: %w", err)
	}
	began := hourOf(r.Created)
	row := s.row(chatsSeries(began), string(r.ID), began, r.Rev, encodeContributions(FromRoom(r, past)))
	if int64(len(past)) < r.Seq {
		stored, err := s.Store.Stats(ctx, row.Series, row.At, row.At)
		if err != nil {
			return fmt.Errorf("read its stored contribution: %w", err)
		}
		if len(stored) > 0 {
			return nil
		}
	}
	if _, err := s.Store.PutStats(ctx, row); err != nil { // a row of a newer rev stays
		return fmt.Errorf("store what it adds: %w", err)
	}
	return nil
}

// finishBatch adds up each hour and then marks its rooms as counted, on condition that they have not changed since they were
// read. An hour that fails does not stop the others.
func (s *Service) finishBatch(ctx context.Context, b batch) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	covered, err := s.coverage(ctx, firstKey, lastKey)
	if err != nil {
		return 0, err
	}
	done, errs := 0, []error(nil)
	for _, at := range slices.Sorted(maps.Keys(b)) {
		if err := s.aggregate(ctx, at, covered); err != nil {
			errs = append(errs, err)
			continue
		}
		for _, r := range b[at] {
			_, ok, err := s.Store.SetCounted(ctx, r.ID, r.Rev)
			if err != nil {
				errs = append(errs, fmt.Errorf("mark room %s as counted: %w", r.ID, err))
			} else if ok {
				done++
			}
		}
	}
	return done, errors.Join(errs...)
}
