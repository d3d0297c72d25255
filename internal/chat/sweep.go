package chat

import (
	"cmp"
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
)

// Swept is what a run of the sweep did: the rooms that it looked at, and of these that it ended, put back into the queue and
// warned.
type Swept struct{ Checked, Ended, Released, Warned int }

// Sweep ends the connections whose token has run out; looks at every open room that is due, does what the rules say of
// it, and sets when to look again; then it looks for agents who seem to be online and are not. It stops before the
// context's deadline and goes on at the next run; any number of runs may overlap.
func (s *Service) Sweep(ctx context.Context) (Swept, error) {
	var done Swept
	errs := []error{s.sweepConnections(ctx)}
	for shard := range DueShards {
		for more := true; more; {
			ids, err := s.Store.DueRooms(ctx, shard, s.Clock.Now(), sweepPage)
			if err != nil {
				errs = append(errs, fmt.Errorf("list due rooms of shard %d: %w", shard, err))
				break
			}
			failed := 0
			for _, id := range ids {
				if outOfTime(ctx) {
					return done, errors.Join(errs...)
				}
				event, err := s.sweepRoom(ctx, id)
				if err != nil {
					failed++
					errs = append(errs, err)
				}
				done.Checked++
				switch event {
				case EventEnded:
					done.Ended++
				case EventReleased:
					done.Released++
				case EventIdleWarning, EventUnansweredWarning:
					done.Warned++
				}
			}
			more = len(ids) == sweepPage && failed == 0
		}
	}
	return done, errors.Join(append(errs, s.sweepAgents(ctx))...)
}

// sweepRoom does what the rules say of one room, on condition that it is still as it was read: somebody who comes in
// between wins. The event is what it did; empty when nothing.
func (s *Service) sweepRoom(ctx context.Context, id RoomID) (Event, error) {
	r, err := s.Store.Room(ctx, id)
	if err != nil {
		return "", fmt.Errorf("read room %s: %w", id, err)
	}
	now := s.Clock.Now()
	if r.ID == "" || r.Status == StatusEnded || r.SweepAt > now {
		return "", nil
	}
	seen, err := s.checkPresence(ctx, r, now)
	if err != nil {
		return "", err
	}
	f := s.Rules.decide(seen, now)
	if f.event == EventReleased {
		switch heir, err := s.newestSeat(ctx, r.Agent, now); {
		case err != nil:
			return "", err
		case heir.At != 0:
			seen.Agent.Seat = heir
			f = s.Rules.decide(seen, now)
		}
	}
	if f.event == "" {
		return "", s.reschedule(ctx, r, seen, f)
	}
	done, ok, err := s.changeFrom(ctx, r, event{name: f.event}, func(r *Room, now Millis) error {
		*r = seen
		r.apply(f, now)
		return nil
	})
	if err != nil || !ok {
		return "", err
	}
	s.Log.InfoContext(ctx, "room swept", LogRoom, id, LogEvent, f.event, "reason", f.reason)
	s.announceEnd(ctx, "", done)
	if done.after.Status == StatusWaiting {
		s.tellQueued(ctx, done.after)
	}
	return f.event, nil
}

// reschedule keeps what was seen of an open room, and when to look next.
func (s *Service) reschedule(ctx context.Context, r, seen Room, f decision) error {
	seen.SweepAt = f.recheckAt
	ok, err := s.Store.ChangeRoom(ctx, r, seen, nil)
	if err != nil {
		return fmt.Errorf("set when to look at room %s again: %w", r.ID, err)
	}
	if !ok {
		return nil
	}
	seen.Rev++
	for _, side := range []Side{Customer, Agent} {
		if seen.Member(side).Seat.Online() != r.Member(side).Seat.Online() {
			s.tell(ctx, seen, side.Other(), s.presence(seen, side))
		}
	}
	if seen.Agent.Seat.Conn != r.Agent.Seat.Conn { // handed to a connection that does not know of it
		s.tell(ctx, seen, Agent, RoomPush{View: View{Room: seen, Side: Agent}})
	}
	return nil
}

// checkPresence is the room with seats that say who is there by now.
func (s *Service) checkPresence(ctx context.Context, r Room, now Millis) (Room, error) {
	seen := r
	var err error
	if seen.Customer.Seat, err = s.probe(ctx, r.Customer.Seat, r.Created, now); err != nil {
		return Room{}, err
	}
	if r.Status == StatusActive { // an agent is not asked for before the room came to them
		seen.Agent.Seat, err = s.probe(ctx, r.Agent.Seat, r.TakenAt, now)
	}
	return seen, err
}

// probe is the seat by what the gateway says of its connection: gone since when, at least since `from`, or not, whatever
// a post was answered. Half-open lines are found here.
func (s *Service) probe(ctx context.Context, seat Seat, from, now Millis) (Seat, error) {
	seat.Lost = false
	if seat.Conn == "" {
		seat.Gone = max(seat.Gone, from)
		return seat, nil
	}
	last, err := s.Pusher.LastActive(ctx, seat.Conn)
	switch {
	case errors.Is(err, ErrGone):
		seat.Gone = cmp.Or(seat.Gone, now)
	case err != nil:
		return Seat{}, fmt.Errorf("ask for connection %s: %w", seat.Conn, err)
	case now > last.After(s.Rules.Silent):
		seat.Gone = max(last, from)
	default:
		seat.Gone = 0
	}
	return seat, nil
}

// newestSeat is the seat of the newest connection of a member, where the room does not know of it: their join may have
// died before it came to the room. One that is gone as well is gone since now, for nobody wrote down since when. An empty
// seat otherwise.
func (s *Service) newestSeat(ctx context.Context, m Member, now Millis) (Seat, error) {
	p, err := s.Store.Person(ctx, m.Who)
	if err != nil {
		return Seat{}, fmt.Errorf("read agent: %w", err)
	}
	if p.Seat.At <= m.Seat.At {
		return Seat{}, nil
	}
	return s.probe(ctx, Seat{Conn: p.Seat.Conn, At: p.Seat.At}, now, now)
}
