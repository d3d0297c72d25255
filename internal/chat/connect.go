package chat

import (
	"context"
	"fmt"
	"slices"
)

// Connect records a connection. It must not post to it: the gateway answers 410 until $connect has returned.
func (s *Service) Connect(ctx context.Context, c Caller) error {
	if err := s.Store.PutConnection(ctx, c); err != nil {
		return fmt.Errorf("record connection: %w", err)
	}
	return nil
}

// Disconnect forgets a connection. It empties every seat that this connection has and ends nothing, so a close that
// comes late, twice or before its own join does no harm; then current is false. A Caller without Who is looked up.
func (s *Service) Disconnect(ctx context.Context, c Caller) (current bool, err error) {
	recorded, err := s.Store.DeleteConnection(ctx, c.Conn)
	if err != nil {
		return false, fmt.Errorf("forget connection: %w", err)
	}
	if c.Who == "" {
		c = recorded
	}
	if c.Who == "" {
		return false, nil
	}
	p, current, err := s.Store.UnseatPerson(ctx, c.Who, c.Conn)
	if err != nil {
		return false, fmt.Errorf("unseat person: %w", err)
	}
	var rooms []RoomID
	switch {
	case c.Side == Agent:
		if rooms, err = s.Store.RoomsHeldBy(ctx, c.Who); err != nil {
			return current, fmt.Errorf("list the agent's rooms: %w", err)
		}
	case p.Room != "":
		rooms = []RoomID{p.Room}
	}
	was := make([]bool, len(rooms))
	err = s.Each.Try(ctx, len(rooms), func(ctx context.Context, i int) (err error) {
		was[i], err = s.unseatInRoom(ctx, rooms[i], c)
		return err
	})
	return current || slices.Contains(was, true), err
}

// unseatInRoom empties the caller's seat in a room. was tells whether the connection had it.
func (s *Service) unseatInRoom(ctx context.Context, id RoomID, c Caller) (was bool, err error) {
	now := s.Clock.Now()
	r, was, err := s.Store.UnseatInRoom(ctx, id, c.Side, c.Conn, now)
	if err != nil {
		return false, fmt.Errorf("unseat in room %s: %w", id, err)
	}
	if !was { // perhaps a first try of this call did it, whose answer was lost
		_, err = s.relist(ctx, r)
		return false, err
	}
	s.Log.InfoContext(ctx, "seat emptied", LogRoom, id, "side", c.Side)
	if c.Side == Agent { // the sweep soon checks whether they came back
		if _, _, err := s.Store.SweepSooner(ctx, id, now.After(s.Rules.Away)); err != nil {
			return true, fmt.Errorf("sweep room %s sooner: %w", id, err)
		}
	}
	if r, err = s.relist(ctx, r); err != nil {
		return true, err
	}
	s.tell(ctx, r, c.Side.Other(), s.presence(r, c.Side))
	return true, nil
}
