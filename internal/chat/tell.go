package chat

import (
	"context"
	"errors"
	"slices"
)

// tell posts to the connection of one side of the room, as the room was after the write that it tells of. It is only
// a hint: a client that misses it notices the gap and asks. It never fails, and its outcome decides only the seat's
// Lost.
func (s *Service) tell(ctx context.Context, r Room, side Side, p Push) {
	seat := r.Member(side).Seat
	for range 2 { // the connection that the room names, then at most one newer
		if seat.Conn == "" {
			return
		}
		switch err := s.post(ctx, side, seat.Conn, p); {
		case err == nil:
			s.markPresent(ctx, r, side, seat, p)
			return
		case !errors.Is(err, ErrGone):
			return
		}
		youngest := StampOf(s.Clock.Now().After(-YoungConnection))
		found, marked, err := s.Store.MarkLost(ctx, r.ID, side, seat.Conn, youngest)
		if err != nil {
			s.Log.WarnContext(ctx, "seat not marked as lost", LogRoom, r.ID, LogPeer, seat.Conn, LogError, err)
			return
		}
		if marked {
			s.tellPresence(ctx, found, side, p)
		}
		newer := found.Member(side)
		if newer.Who != r.Member(side).Who || newer.Seat.Conn == seat.Conn {
			return
		}
		seat = newer.Seat
	}
}

// post posts to a connection of somebody on this side. If that fails, a customer's connection is closed, so that its
// client, if it is still there, reconnects and asks for what it missed. A console's is not, since it asks for its queue
// and its rooms again and again; nor is anybody's when there were too many posts, since reconnecting makes more of them.
// Errors as Pusher.Post's.
func (s *Service) post(ctx context.Context, side Side, conn ConnectionID, p Push) error {
	err := s.Pusher.Post(ctx, conn, p)
	if err == nil || errors.Is(err, ErrGone) {
		return err
	}
	s.Log.WarnContext(ctx, "post failed", LogPeer, conn, LogError, err)
	if side == Customer && !errors.Is(err, ErrThrottled) {
		s.close(ctx, conn)
	}
	return err
}

func (s *Service) close(ctx context.Context, conn ConnectionID) {
	if err := s.Pusher.Close(ctx, conn); err != nil {
		s.Log.WarnContext(ctx, "connection not closed", LogPeer, conn, LogError, err)
	}
}

// markPresent clears a mark that an accepted post has just disproved.
func (s *Service) markPresent(ctx context.Context, r Room, side Side, seat Seat, p Push) {
	if !seat.markedAbsent() {
		return
	}
	updated, ok, err := s.Store.MarkPresent(ctx, r.ID, side, seat.Conn)
	if err != nil {
		s.Log.WarnContext(ctx, "seat not updated", LogRoom, r.ID, LogPeer, seat.Conn, LogError, err)
		return
	}
	if ok {
		s.tellPresence(ctx, updated, side, p)
	}
}

// tellPresence tells the side opposite to `side` whether it is present. p is the push that revealed it: a presence
// does not trigger another.
func (s *Service) tellPresence(ctx context.Context, r Room, side Side, p Push) {
	if _, presence := p.(PresencePush); !presence {
		s.tell(ctx, r, side.Other(), s.presence(r, side))
	}
}

func (s *Service) presence(r Room, side Side) PresencePush {
	return PresencePush{Room: r.ID, Who: side, Online: r.Member(side).Seat.Online(), At: s.Clock.Now(), Rev: r.Rev}
}

// announce tells everyone concerned by a change of a room: the customer, its holder, and the holder before. Each gets
// the system message, and all but the actor, who gets the answer, the room.
func (s *Service) announce(ctx context.Context, actor ConnectionID, c change) {
	tellSide := func(r Room, side Side) func(context.Context) {
		return func(ctx context.Context) {
			s.tell(ctx, r, side, MessagePush{Message: c.message})
			if r.Member(side).Seat.Conn != actor {
				s.tell(ctx, r, side, RoomPush{View: s.viewOf(ctx, c.after, side)})
			}
		}
	}
	tells := []func(context.Context){tellSide(c.after, Customer), tellSide(c.after, Agent)}
	if c.before.Agent.Who != c.after.Agent.Who {
		tells = append(tells, tellSide(c.before, Agent))
	}
	s.sideBySide(ctx, append(tells, func(ctx context.Context) { s.moveLoad(ctx, c) })...)
}

// retell repeats to one side what it may have missed, after a repeated frame.
func (s *Service) retell(ctx context.Context, r Room, to Side) {
	s.tell(ctx, r, to, RoomPush{View: s.viewOf(ctx, r, to)})
}

const (
	// MaxTold is how many agents are told that a room begins or goes, so that a large team costs no more than one of this
	// size. The others see it in their next answer to `queue`.
	MaxTold = 8
	// MaxListed is how many online agents a `queue` or `desk` frame lists.
	MaxListed = 150
)

// tellAgents posts to the online agents with the fewest open chats. An agent whose connection is gone is unseated.
func (s *Service) tellAgents(ctx context.Context, p Push) {
	agents, err := s.Store.FreeAgents(ctx, MaxTold)
	if err != nil {
		s.Log.WarnContext(ctx, "agents not told of the queue", LogError, err)
		return
	}
	conns := make([]ConnectionID, len(agents))
	for i, a := range agents {
		conns[i] = a.Seat.Conn
	}
	results := s.Pusher.PostAll(ctx, conns, p)
	failed := slices.DeleteFunc(slices.Clone(results), func(err error) bool { return err == nil || errors.Is(err, ErrGone) })
	if len(failed) > 0 {
		s.Log.WarnContext(ctx, "posts failed", "posts", len(failed), LogError, failed[0])
	}
	s.Each(ctx, len(agents), func(ctx context.Context, i int) {
		if !errors.Is(results[i], ErrGone) {
			return
		}
		if _, _, err := s.Store.UnseatPerson(ctx, agents[i].ID, conns[i]); err != nil {
			s.Log.WarnContext(ctx, "agent's seat not emptied", LogPeer, conns[i], LogError, err)
		}
	})
}

func (s *Service) tellQueued(ctx context.Context, r Room) {
	s.tellAgents(ctx, QueueAdd{View: s.viewOf(ctx, r, Agent)})
}
