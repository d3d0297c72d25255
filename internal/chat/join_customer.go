package chat

import (
	"cmp"
	"context"
	"errors"
	"fmt"
)

// CustomerJoin is a customer's join: what the client knows, and whether it wants a new room if none is open.
type CustomerJoin struct {
	Device  string // the client's name for its device; told only to the customer's own connections
	Room    RoomID
	Since   int64
	Start   bool
	Profile Profile
}

// JoinCustomer seats the customer's connection in their open room and returns what they missed. If none is open, it
// returns their last room, or nil before the first. Start opens a new room, but only if the join names the customer's
// last one: otherwise a repeat of an old start could open another after the first has ended. NotCurrent when a newer
// connection of theirs has joined; Forbidden for a blocked customer; RateLimited for a start too many, and Full
// for one while Rules.Waiting customers wait, when they are seated all the same.
func (s *Service) JoinCustomer(ctx context.Context, c Caller, j CustomerJoin) (*RoomPage, error) {
	me, err := s.seatPerson(ctx, c, j.Device)
	if err != nil {
		return nil, err
	}
	for range changeTries {
		if me.Blocked {
			return nil, customerBlocked()
		}
		if me.Room == "" && !j.Start {
			return nil, nil
		}
		if me.Room != "" {
			r, err := s.seatInRoom(ctx, me.Room, c)
			var why *Error
			switch over := errors.As(err, &why) && why.Code == Ended; {
			case err == nil:
				s.tell(ctx, r, Agent, s.presence(r, Customer))
				return s.showSince(ctx, r, j)
			case r.ID == "" && why != nil: // it has expired; no repeated start is that old
				if !j.Start {
					return nil, nil
				}
			case !over:
				return nil, err
			case !j.Start || j.Room != me.Room:
				return s.showSince(ctx, r, j)
			}
		}
		r, ok, err := s.open(ctx, c, me, j.Profile)
		if err != nil {
			return nil, err
		}
		if ok {
			var page *RoomPage
			s.sideBySide(ctx,
				func(ctx context.Context) { s.tellQueued(ctx, r) },
				func(ctx context.Context) { page, err = s.showSince(ctx, r, j) })
			return page, err
		}
		if me, err = s.Store.Person(ctx, c.Who); err != nil {
			return nil, fmt.Errorf("read customer: %w", err)
		}
		if me.Seat.At > c.At {
			return nil, notCurrent()
		}
	}
	return nil, fail(Unavailable, "The chat could not be opened. Please try again.")
}

// showSince returns the room after what the join knows of it: all of it if the join named another room.
func (s *Service) showSince(ctx context.Context, r Room, j CustomerJoin) (*RoomPage, error) {
	since := j.Since
	if j.Room != r.ID {
		since = 0
	}
	page, err := s.show(ctx, r, Customer, since)
	if err != nil {
		return nil, err
	}
	if page.View.Position > 0 {
		page.View.Wait, err = s.Forecast.Wait(ctx, page.View.Position)
		if err != nil { // the chat works without a forecast
			s.Log.WarnContext(ctx, "no forecast", LogRoom, r.ID, LogError, err)
		}
	}
	return &page, nil
}

// open creates a room; ok is false when another join of the customer was first.
func (s *Service) open(ctx context.Context, c Caller, me Person, p Profile) (Room, bool, error) {
	now := s.Clock.Now()
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
		SweepAt:  now.After(s.Rules.Recheck),
	}
	opened := Message{Customer: c.Who, Room: r.ID, Seq: 1, From: System, By: name, Event: EventOpened, At: now}
	start := Start{Last: me.Room, Profile: p, PreviousBurstBy: s.Rules.previousStartsBy(me.Chats, now)}
	if start.PreviousBurstBy != 0 && me.StartAt > start.PreviousBurstBy { // the store would refuse it, at the price of a transaction
		return Room{}, false, fail(RateLimited, "You have begun many chats. Please wait a few minutes.")
	}
	full, err := s.Snapshot.IsFull(ctx, s.Rules.Waiting)
	if err != nil {
		return Room{}, false, fmt.Errorf("count the queue: %w", err)
	}
	if full {
		return Room{}, false, fail(Full, "So many customers are waiting that nobody else can start a chat. Please try again later.")
	}
	ok, err := s.Store.OpenRoom(ctx, r, opened, start)
	if err != nil {
		return Room{}, false, fmt.Errorf("open room: %w", err)
	}
	return r, ok, nil
}
