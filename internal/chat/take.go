package chat

import (
	"cmp"
	"context"
	"errors"
)

// errAlreadyDone is what a decision returns for a repeat of what was already done. The answer is the same, and the other
// side is told again, because the first attempt may have died before it told them. Agents are not: they ask for the queue.
var errAlreadyDone = errors.New("already done")

// Take gives a waiting room to the agent and returns it from its start. If two take it at once, one wins and the other
// gets Taken. Taking a room that one holds claims it for this connection. A former holder takes it again if it waits;
// otherwise the error tells what has become of it, because a repeat does not show whether they want it back.
func (s *Service) Take(ctx context.Context, c Caller, room RoomID) (RoomPage, error) {
	if err := s.checkCurrent(ctx, c); err != nil {
		return RoomPage{}, err
	}
	done, err := s.change(ctx, room, event{EventTaken, c.Name}, func(r *Room, now Millis) error {
		switch {
		case r.ID == "":
			return notFound()
		case r.Status == StatusEnded:
			return roomEnded()
		case r.Agent.Who == c.Who:
			return errAlreadyDone
		case r.Agent.Who != "":
			return fail(Taken, "%s has taken this chat.", cmp.Or(r.Agent.Name, "A colleague"))
		case r.hasMovedTooOften():
			return movedTooOften()
		}
		r.assign(Person{ID: c.Who, Name: c.Name, Seat: Seat{Conn: c.Conn, At: c.At}}, now)
		return nil
	})
	var tells []func(context.Context)
	r := done.after
	switch {
	case errors.Is(err, errAlreadyDone):
		if r, err = s.seatInRoom(ctx, room, c); err != nil {
			return RoomPage{}, err
		}
		tells = append(tells, func(ctx context.Context) { s.retell(ctx, r, Customer) })
	case err != nil:
		return RoomPage{}, err
	default:
		tells = append(tells, func(ctx context.Context) {
			s.announce(ctx, c.Conn, done)
			s.tell(ctx, r, Customer, s.presence(r, Agent))
		}, func(ctx context.Context) { s.tellAgents(ctx, QueueRemove{Room: room}) })
	}
	var page RoomPage
	s.sideBySide(ctx, append(tells, func(ctx context.Context) { page, err = s.showTaken(ctx, r) })...)
	return page, err
}

// showTaken returns the room that an agent has just got.
func (s *Service) showTaken(ctx context.Context, r Room) (RoomPage, error) {
	page, err := s.show(ctx, r, Agent, 0)
	if err != nil {
		return RoomPage{}, err
	}
	return s.withCard(ctx, page, 0, &budget{})
}
