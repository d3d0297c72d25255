package chat

import (
	"cmp"
	"context"
	"fmt"
)

// open creates a room, and tells whether anybody serves, as it found out. The room is kept if nobody does. ok is false when
// another join of the customer was first.
func (s *Service) open(ctx context.Context, c Caller, me Person, p Profile) (_ Room, hours HoursNow, ok bool, err error) {
	now := s.Clock.Now()
	start := Start{Last: me.Room, PreviousBurstBy: s.Rules.previousStartsBy(me.Chats, now)}
	if start.PreviousBurstBy != 0 && me.StartAt > start.PreviousBurstBy { // the store would refuse it, at the price of a transaction
		return Room{}, HoursNow{}, false, fail(RateLimited, "You have begun many chats. Please wait a few minutes.")
	}
	if hours, err = s.checkPlace(ctx, c); err != nil {
		return Room{}, HoursNow{}, false, err
	}
	kept := Millis(0)
	if hours.State != Open {
		kept = now
		if c, err = s.checkKept(ctx, c, me, p, hours); err != nil {
			return Room{}, HoursNow{}, false, err
		}
	}
	p.Name, p.Email = cmp.Or(c.Name, p.Name), cmp.Or(c.Email, p.Email) // what the shop signed takes precedence over what the page says
	name := truncateBytes(p.Name, maxName)
	r := Room{
		ID:       s.IDs.NewRoomID(now, me.Room),
		Rev:      1,
		Status:   StatusWaiting,
		Seq:      1,
		Settled:  1,
		Bound:    s.Rules.bound(1),
		Created:  now,
		Customer: Member{Who: c.Who, Name: name, Seat: Seat{Conn: c.Conn, At: c.At}, Next: 1},
		Agent:    Member{Next: 1},
		Network:  c.Network,
		Topic:    truncateBytes(p.Topic, maxTopic),
		Kept:     kept,
		SweepAt:  now.After(s.Rules.Recheck),
	}
	opened := Message{Customer: c.Who, Room: r.ID, Seq: 1, From: System, By: name, Event: EventOpened, At: now}
	start.Profile = p
	if ok, err = s.Store.OpenRoom(ctx, r, opened, start); err != nil {
		return Room{}, HoursNow{}, false, fmt.Errorf("open room: %w", err)
	}
	return r, hours, ok, nil
}

// checkPlace refuses a start while too many wait, and tells whether anybody serves.
func (s *Service) checkPlace(ctx context.Context, c Caller) (hours HoursNow, err error) {
	full := false
	err = s.Each.All(ctx,
		func(ctx context.Context) (err error) {
			if full, err = s.Snapshot.IsFull(ctx, s.Rules.Waiting); err != nil {
				return fmt.Errorf("count the queue: %w", err)
			}
			return nil
		},
		func(ctx context.Context) (err error) {
			hours, err = s.HoursNow(ctx, c.Who.Site())
			return err
		})
	if err == nil && full {
		err = fail(Full, "So many customers are waiting that nobody else can start a chat. Please try again later.")
	}
	return hours, err
}

// checkKept refuses a start while nobody serves if too many questions are left, or without an address where the shop demands
// one. An invalid address would make an answer by mail impossible: typed by the customer, it is refused; from the
// shop's token, it counts as none.
func (s *Service) checkKept(ctx context.Context, c Caller, me Person, p Profile, hours HoursNow) (Caller, error) {
	if !IsAddress(c.Email) {
		c.Email = ""
	}
	switch {
	case c.Email == "" && p.Email != "" && !IsAddress(p.Email):
		return Caller{}, fail(Invalid, "This is not an e-mail address.")
	case hours.EmailRequired && !IsAddress(cmp.Or(c.Email, p.Email, me.Profile.Email)):
		return Caller{}, fail(Invalid, "Nobody is here now. Please give an e-mail address for the answer.")
	}
	left, err := s.Store.Queue(ctx, ListLeft, "", "", s.Rules.LeftAtMost)
	if err != nil {
		return Caller{}, fmt.Errorf("list the questions left: %w", err)
	}
	if len(left) >= s.Rules.LeftAtMost {
		return Caller{}, fail(Full, "So many questions are waiting for an answer that no other can be left. Please try again later.")
	}
	return c, nil
}
