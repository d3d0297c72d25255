package chat

import (
	"cmp"
	"context"
	"errors"
	"fmt"
)

// CustomerJoin is a customer's join: what they hold, and whether they want a new room when none is open.
type CustomerJoin struct {
	Device  string // what the client calls its device; told to none but the customer's own connections
	Room    RoomID
	Since   int64
	Start   bool
	Profile Profile
}

// JoinCustomer seats the customer's connection in their open room and shows what they missed; else it shows their last
// room, or nil before the first. Start opens a new room, but only for a join that names the customer's last one, so
// that a repeat of an old start cannot open another after the first has ended. NotCurrent when a newer connection of
// theirs has joined; Forbidden for who is blocked.
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
			case r.ID == "" && why != nil: // it has expired, and a start that is repeated would have long before
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
			s.tellQueued(ctx, r)
			return s.showSince(ctx, r, j)
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

// showSince shows the room after what the join holds of it: all of it when the join named another.
func (s *Service) showSince(ctx context.Context, r Room, j CustomerJoin) (*RoomPage, error) {
	since := j.Since
	if j.Room != r.ID {
		since = 0
	}
	part, err := s.show(ctx, r, Customer, since)
	if err != nil {
		return nil, err
	}
	if part.View.Position > 0 {
		part.View.Wait, err = s.Forecast.Wait(ctx, part.View.Position)
		if err != nil { // a guess less is no reason to be without a chat
			s.Log.WarnContext(ctx, "no forecast", LogRoom, r.ID, LogError, err)
		}
	}
	return &part, nil
}

// open makes a new room; ok is false when another of the customer's joins was first.
func (s *Service) open(ctx context.Context, c Caller, me Person, p Profile) (Room, bool, error) {
	now := s.Clock.Now()
	p.Name, p.Email = cmp.Or(c.Name, p.Name), cmp.Or(c.Email, p.Email) // what the shop signed counts more than what the page says
	name := truncateBytes(p.Name, maxName)
	r := Room{
		ID:       s.IDs.NewRoomID(now, me.Room),
		Rev:      1,
		Status:   StatusWaiting,
		Seq:      1,
		Settled:  1,
		Created:  now,
		Customer: Member{Who: c.Who, Name: name, Seat: Seat{Conn: c.Conn, At: c.At}, Next: 1},
		Agent:    Member{Next: 1},
		Topic:    truncateBytes(p.Topic, maxTopic),
		SweepAt:  now.After(s.Rules.Recheck),
	}
	opened := Message{Customer: c.Who, Room: r.ID, Seq: 1, From: System, By: name, Event: EventOpened, At: now}
	ok, err := s.Store.OpenRoom(ctx, r, opened, me.Room, p)
	if err != nil {
		return Room{}, false, fmt.Errorf("open room: %w", err)
	}
	return r, ok, nil
}
