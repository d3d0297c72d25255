package chat

import (
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
// returns their last room, or a page whose room has no ID before the first. Unless the room is active, the page tells whether
// anybody serves. Start opens a new room, but only if the join names the customer's
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
			return s.answerJoin(ctx, c, Room{}, j, nil)
		}
		if me.Room != "" {
			r, err := s.seatInRoom(ctx, me.Room, c)
			var why *Error
			switch over := errors.As(err, &why) && why.Code == Ended; {
			case err == nil:
				if r, err = s.welcomeBack(ctx, r); err != nil {
					return nil, err
				}
				return s.answerJoin(ctx, c, r, j, nil)
			case r.ID == "" && why != nil: // it has expired; no repeated start is that old
				if !j.Start {
					return s.answerJoin(ctx, c, Room{}, j, nil)
				}
			case !over:
				return nil, err
			case !j.Start || j.Room != me.Room:
				return s.answerJoin(ctx, c, r, j, nil)
			}
		}
		r, hours, ok, err := s.open(ctx, c, me, j.Profile)
		if err != nil {
			return nil, err
		}
		if ok {
			var page *RoomPage
			s.sideBySide(ctx,
				func(ctx context.Context) { s.tellQueued(ctx, r) },
				func(ctx context.Context) { page, err = s.answerJoin(ctx, c, r, j, &hours) })
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

// welcomeBack tells the agent that the customer is here. A question that was left is an ordinary waiting room again, and agents
// are told of it as of a new one.
func (s *Service) welcomeBack(ctx context.Context, r Room) (Room, error) {
	wasLeft := r.Left
	r, err := s.relist(ctx, r)
	if err != nil {
		return Room{}, err
	}
	s.tell(ctx, r, Agent, s.presence(r, Customer))
	if wasLeft && !r.Left && r.Status == StatusWaiting {
		s.tellQueued(ctx, r)
	}
	return r, nil
}

// answerJoin is the answer with a room, or with none. hours is nil unless they were just read.
func (s *Service) answerJoin(ctx context.Context, c Caller, r Room, j CustomerJoin, hours *HoursNow) (*RoomPage, error) {
	if r.Status == StatusActive || hours != nil {
		page, err := s.showSince(ctx, r, j)
		page.setHours(hours)
		return &page, err
	}
	var page RoomPage
	hours = new(HoursNow)
	err := s.Each.All(ctx,
		func(ctx context.Context) (err error) {
			page, err = s.showSince(ctx, r, j)
			return err
		},
		func(ctx context.Context) (err error) {
			*hours, err = s.HoursNow(ctx, c.Who.Site())
			return err
		})
	page.setHours(hours)
	return &page, err
}

// setHours tells whether anybody serves. If nobody does, there is no forecast.
func (p *RoomPage) setHours(hours *HoursNow) {
	p.Hours = hours
	if hours != nil && hours.State != Open {
		p.View.Wait = 0
	}
}

// showSince returns the room after what the join knows of it: all of it if the join named another room.
func (s *Service) showSince(ctx context.Context, r Room, j CustomerJoin) (RoomPage, error) {
	since := j.Since
	if j.Room != r.ID {
		since = 0
	}
	page, err := s.show(ctx, r, Customer, since)
	if err != nil {
		return RoomPage{}, err
	}
	if page.View.Position > 0 {
		page.View.Wait, err = s.Forecast.Wait(ctx, page.View.Position)
		if err != nil { // the chat works without a forecast
			s.Log.WarnContext(ctx, "no forecast", LogRoom, r.ID, LogError, err)
		}
	}
	return page, nil
}
