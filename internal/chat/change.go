package chat

import (
	"context"
	"fmt"
)

// changeTries bounds how often a change is decided again because the room changed in between.
const changeTries = 8

// change is a change of a room with its system message.
type change struct {
	before, after Room
	message       Message
}

// event is the kind of a change and the name of the person who caused it.
type event struct {
	name Event
	by   string
}

// change reads the room, lets decide modify or refuse it, and writes it. It starts again if the room has changed in
// between. On a refusal, both before and after are the room as it was read.
func (s *Service) change(ctx context.Context, id RoomID, e event, decide func(r *Room, now Millis) error) (change, error) {
	for range changeTries {
		before, err := s.Store.Room(ctx, id)
		if err != nil {
			return change{}, fmt.Errorf("read room %s: %w", id, err)
		}
		c, ok, err := s.changeFrom(ctx, before, e, decide)
		if err != nil || ok {
			return c, err
		}
	}
	return change{}, fail(Unavailable, "This chat is very busy. Please try again.")
}

// changeFrom is change for a room that was already read. ok is false if the room has changed since.
func (s *Service) changeFrom(ctx context.Context, before Room, e event, decide func(r *Room, now Millis) error) (change, bool, error) {
	now := s.Clock.Now()
	c := change{before: before, after: before}
	if err := decide(&c.after, now); err != nil {
		return change{before: before, after: before}, false, err
	}
	s.Rules.relist(&c.after, now)
	if s.isAtBound(before) {
		if settled, err := s.settleMore(ctx, before); err != nil || settled.Rev != before.Rev {
			return change{}, false, err
		}
	}
	c.after.Seq++
	if c.after.Status == StatusEnded { // nothing may be stored after the end: settle pending numbers
		if err := s.settleAll(ctx, before); err != nil {
			return change{}, false, err
		}
		c.after.Settled = c.after.Seq
	}
	c.after.Bound = s.Rules.bound(c.after.Settled)
	c.message = Message{
		Customer: before.Customer.Who, Room: before.ID, Seq: c.after.Seq,
		From: System, By: e.by, Event: e.name, At: now,
	}
	if e.name == EventTaken || e.name == EventTransferred {
		c.message.Holder = c.after.Agent.Who
	}
	ok, err := s.Store.ChangeRoom(ctx, before, c.after, &c.message)
	if err != nil {
		return change{}, false, fmt.Errorf("write %s of room %s: %w", e.name, before.ID, err)
	}
	c.after.Rev = before.Rev + 1
	return c, ok, nil
}
