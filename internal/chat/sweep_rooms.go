package chat

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"
)

// sweepPage is how many due rooms of a shard are listed at a time.
const sweepPage = 100

// sweepRooms checks the rooms that are due, side by side, the longest due first. A room or a shard that fails stops no
// other.
func (s *Service) sweepRooms(ctx context.Context) (Swept, error) {
	var done Swept
	var errs []error
	due := newDueRooms(s.Clock.Now())
	for done.Lag == 0 {
		rooms, err := due.next(ctx, s)
		errs = append(errs, err)
		if len(rooms) == 0 {
			break
		}
		checked := make([]sweptRoom, len(rooms))
		s.Each(ctx, len(rooms), func(ctx context.Context, i int) {
			if outOfTime(ctx) {
				checked[i].left = true
			} else {
				checked[i].event, checked[i].err = s.sweepRoom(ctx, rooms[i].Room)
			}
		})
		for i, c := range checked {
			if c.left {
				done.Lag = max(done.Lag, due.now-rooms[i].At, 1)
			} else {
				done.add(c)
				errs = append(errs, c.err)
			}
		}
	}
	return done, JoinErrors(errs)
}

// sweptRoom is what a run did with one room.
type sweptRoom struct {
	left  bool // the time was up
	event Event
	err   error
}

func (done *Swept) add(c sweptRoom) {
	done.Checked++
	if c.err != nil {
		done.Failed++
	}
	switch c.event {
	case EventEnded:
		done.Ended++
	case EventReleased, EventLeft:
		done.Released++
	case EventIdleWarning, EventUnansweredWarning:
		done.Warned++
	}
}

// dueRooms lists the rooms of all shards that are due at a moment, the longest due first.
type dueRooms struct {
	now    Millis
	shards [DueShards]dueShard
}

// dueShard is what was listed of a shard and is still to be checked.
type dueShard struct {
	rooms []Due
	last  Due  // listed
	more  bool // after last
}

func newDueRooms(now Millis) *dueRooms {
	d := &dueRooms{now: now}
	for i := range d.shards {
		d.shards[i].more = true
	}
	return d
}

// next returns the rooms that have been due longest: as many as one page of each shard can put in order. None when there are
// no more.
func (d *dueRooms) next(ctx context.Context, s *Service) ([]Due, error) {
	err := s.Each.Try(ctx, DueShards, func(ctx context.Context, i int) error {
		if err := d.shards[i].fill(ctx, s, i, d.now); err != nil {
			return fmt.Errorf("list due rooms of shard %d: %w", i, err)
		}
		return nil
	})
	until := d.now
	for i := range d.shards {
		if shard := &d.shards[i]; shard.more { // what it has after its last may be due longer than the others' next
			until = min(until, shard.last.At)
		}
	}
	var oldest []Due
	first := int(d.now / Millis(time.Minute.Milliseconds())) // of rooms due since one time, each run begins with another shard's
	for i := range DueShards {
		oldest = append(oldest, d.shards[(first+i)%DueShards].take(until)...)
	}
	slices.SortStableFunc(oldest, func(a, b Due) int { return cmp.Compare(a.At, b.At) })
	return oldest, err
}

// fill lists the next page, if less than a page is left. After a failure there are no more.
func (d *dueShard) fill(ctx context.Context, s *Service, shard int, now Millis) error {
	if !d.more || len(d.rooms) >= sweepPage {
		return nil
	}
	page, err := s.Store.DueRooms(ctx, shard, d.last, now, sweepPage)
	d.rooms = append(d.rooms, page...)
	if d.more = len(page) == sweepPage; d.more {
		d.last = page[sweepPage-1]
	}
	return err
}

// take removes the rooms that were due by then.
func (d *dueShard) take(until Millis) []Due {
	n := 0
	for n < len(d.rooms) && d.rooms[n].At <= until {
		n++
	}
	taken := d.rooms[:n]
	d.rooms = d.rooms[n:]
	return taken
}
