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
	// reserve is the time that a run leaves unused, to finish what it does.
	reserve = 5 * time.Second
)

// Count adds every ended room that is not counted yet. A room's own row comes first, then the hour that it began in is
// added up anew, then its day, and only then is the room counted: whoever dies in between leaves it to the next run,
// and counting it again changes nothing. It stops before the context's deadline. The number is how many were counted.
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
			if late(ctx) {
				more = false
				break
			}
			if err := s.countRoom(ctx, id, b); err != nil {
				errs = append(errs, fmt.Errorf("count room %s: %w", id, err))
			}
		}
		n, err := s.finish(ctx, b)
		done += n
		errs = append(errs, err)
	}
	return done, errors.Join(errs...)
}

func late(ctx context.Context) bool {
	end, ok := ctx.Deadline()
	return ok && time.Until(end) < reserve
}

// batch is the rooms that were read, by the hour in which they began; an hour without any is only added up anew.
type batch map[chat.Millis][]chat.Room

// countRoom keeps what the room adds.
func (s *Service) countRoom(ctx context.Context, id chat.RoomID, b batch) error {
	r, err := s.Store.Room(ctx, id)
	if err != nil {
		return err
	}
	if r.Status != chat.StatusEnded || r.Counted { // the index may lag
		return nil
	}
	if err := s.keep(ctx, r); err != nil {
		return err
	}
	began := hourOf(r.Created)
	b[began] = append(b[began], r)
	return nil
}

// keep writes what an ended room adds. Its texts expire, and may be gone in part or all: then what is kept stays.
func (s *Service) keep(ctx context.Context, r chat.Room) error {
	past, err := s.Store.MessagesWithoutText(ctx, r.Customer.Who, r.ID, 1, r.Seq)
	if err != nil {
		return fmt.Errorf("read messages: %w", err)
	}
	began := hourOf(r.Created)
	row := s.row(chatsSeries(began), string(r.ID), began, r.Rev, encodeContributions(FromRoom(r, past)))
	if int64(len(past)) < r.Seq {
		kept, err := s.Store.Stats(ctx, row.Series, row.At, row.At)
		if err != nil {
			return fmt.Errorf("read what was counted: %w", err)
		}
		if len(kept) > 0 {
			return nil
		}
	}
	if _, err := s.Store.PutStats(ctx, row); err != nil { // a heavier one has seen a newer room
		return fmt.Errorf("keep what it adds: %w", err)
	}
	return nil
}

// finish adds up each hour and then says that its rooms are counted, on condition that they are as they were read. An hour
// that fails keeps none of the others.
func (s *Service) finish(ctx context.Context, b batch) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	reach, err := s.coverage(ctx, firstPlace, lastPlace)
	if err != nil {
		return 0, err
	}
	done, errs := 0, []error(nil)
	for _, at := range slices.Sorted(maps.Keys(b)) {
		if err := s.aggregate(ctx, at, reach); err != nil {
			errs = append(errs, err)
			continue
		}
		for _, r := range b[at] {
			_, ok, err := s.Store.SetCounted(ctx, r.ID, r.Rev)
			if err != nil {
				errs = append(errs, fmt.Errorf("say that room %s is counted: %w", r.ID, err))
			} else if ok {
				done++
			}
		}
	}
	return done, errors.Join(errs...)
}
