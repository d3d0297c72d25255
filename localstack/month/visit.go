package main

import (
	"context"
	"fmt"
	"time"

	"rejoin/internal/chat"
)

// visit is a customer's chat.
type visit struct {
	*shop
	customer chat.Caller
	room     chat.RoomID
	agent    *agent
	subject  subject
	left     int // answers until the chat ends
	patience time.Time
	returned bool // they left a question, and came back for the answer
}

// visit starts a customer's chat.
func (s *shop) visit(ctx context.Context) error {
	n := len(s.rooms)
	v := &visit{
		shop: s, subject: pick(s, subjects), left: 2 + s.random.IntN(7),
		customer: s.connect(chat.PersonID(fmt.Sprintf("c_past-%d", n)), chat.Customer, pick(s, names)),
	}
	v.patience = s.time().Add(s.around(12 * time.Minute))
	part, err := s.chats.JoinCustomer(ctx, v.customer, chat.CustomerJoin{Start: true, Profile: chat.Profile{Topic: v.subject.topic}})
	if err != nil {
		return err
	}
	v.room = part.View.Room.ID
	s.rooms = append(s.rooms, v.room)
	if err := v.writes(ctx, chat.Customer); err != nil {
		return err
	}
	switch {
	case part.View.Room.Kept != 0:
		v.after(s.around(50*time.Second), v.leaves)
	case s.random.IntN(15) == 0: // they are gone before anybody looks
		v.after(s.around(15*time.Second), v.givesUp)
	default:
		v.after(s.around(50*time.Second), v.awaitAgent)
	}
	return nil
}

// after plans the visit's next step.
func (v *visit) after(delay time.Duration, do func(context.Context) error) {
	v.plan(v.time().Add(delay), do)
}

// awaitAgent takes the chat as soon as an agent is free, until the customer's patience ends.
func (v *visit) awaitAgent(ctx context.Context) error {
	a := v.freeAgent()
	switch {
	case a == nil && v.time().After(v.patience):
		if v.random.IntN(2) == 0 {
			return v.givesUp(ctx)
		}
		return v.ends(ctx, v.customer)
	case a == nil:
		v.after(20*time.Second, v.awaitAgent)
		return nil
	}
	if err := v.taken(ctx, a); err != nil {
		return err
	}
	v.after(v.around(25*time.Second), v.answers)
	return nil
}

func (v *visit) taken(ctx context.Context, by *agent) error {
	v.agent = by
	by.chats++
	_, err := v.chats.Take(ctx, by.caller, v.room)
	return err
}

func (v *visit) writes(ctx context.Context, side chat.Side) error {
	who, text := v.customer, pick(v.shop, v.subject.asks)
	if side == chat.Agent {
		who, text = v.agent.caller, pick(v.shop, v.subject.answers)
	}
	r, err := v.store.Room(ctx, v.room)
	if err != nil {
		return err
	}
	_, err = v.chats.Message(ctx, who, v.room, r.Member(side).Next, text)
	return err
}

func (v *visit) answers(ctx context.Context) error {
	if err := v.writes(ctx, chat.Agent); err != nil {
		return err
	}
	if v.left--; v.left <= 0 {
		return v.finish(ctx)
	}
	v.after(v.around(40*time.Second), v.asks)
	return nil
}

func (v *visit) asks(ctx context.Context) error {
	if err := v.writes(ctx, chat.Customer); err != nil {
		return err
	}
	if colleague := v.freeAgent(); colleague != nil && colleague != v.agent && v.random.IntN(25) == 0 {
		if _, err := v.chats.Transfer(ctx, v.agent.caller, v.room, colleague.id); err != nil {
			return err
		}
		v.agent.chats--
		colleague.chats++
		v.agent = colleague
	}
	v.after(v.around(35*time.Second), v.answers)
	return nil
}

// finish ends the chat in one of several ways.
func (v *visit) finish(ctx context.Context) error {
	n := v.random.IntN(20)
	if v.returned {
		n = 19
	}
	if n < 2 { // both stop writing, and the sweep ends it
		v.after(20*time.Minute, func(context.Context) error {
			v.agent.chats--
			return nil
		})
		return nil
	}
	v.agent.chats--
	switch {
	case n < 4:
		return v.disconnects(ctx)
	case n < 9:
		return v.ends(ctx, v.customer)
	}
	return v.ends(ctx, v.agent.caller)
}

// disconnects closes the customer's connection; the sweep ends the chat.
func (v *visit) disconnects(ctx context.Context) error {
	v.pusher.Fail(v.customer.Conn, chat.ErrGone)
	_, err := v.chats.Disconnect(ctx, v.customer)
	return err
}

func (v *visit) ends(ctx context.Context, who chat.Caller) error {
	if _, err := v.chats.End(ctx, who, v.room); err != nil {
		return err
	}
	if v.agent == nil || v.random.IntN(5) > 1 {
		return nil
	}
	scores := []int{5, 5, 5, 5, 5, 4, 4, 4, 3, 2, 1}
	return v.chats.Rate(ctx, v.customer, v.room, chat.Rating{Score: pick(v.shop, scores)})
}
