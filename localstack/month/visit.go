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
	left     int // texts that are still to be written
	patience time.Time
}

// visit lets a customer come.
func (s *shop) visit(ctx context.Context) error {
	n := len(s.rooms)
	v := &visit{
		shop: s, subject: one(s, subjects), left: 2 + s.random.IntN(7),
		customer: s.line(chat.PersonID(fmt.Sprintf("c_past-%d", n)), chat.Customer, one(s, names)),
	}
	v.patience = s.time().Add(s.about(12 * time.Minute))
	part, err := s.chats.JoinCustomer(ctx, v.customer, chat.CustomerJoin{Start: true, Profile: chat.Profile{Topic: v.subject.topic}})
	if err != nil {
		return err
	}
	v.room = part.View.Room.ID
	s.rooms = append(s.rooms, v.room)
	if err := v.says(ctx, chat.Customer); err != nil {
		return err
	}
	v.then(s.about(50*time.Second), v.isTaken)
	return nil
}

// then goes on a while later.
func (v *visit) then(after time.Duration, do func(context.Context) error) {
	v.plan(v.time().Add(after), do)
}

// isTaken waits for an agent who has time.
func (v *visit) isTaken(ctx context.Context) error {
	a := v.free()
	switch {
	case a == nil && v.time().After(v.patience):
		if v.random.IntN(2) == 0 {
			return v.vanishes(ctx)
		}
		return v.ends(ctx, v.customer)
	case a == nil:
		v.then(20*time.Second, v.isTaken)
		return nil
	}
	v.agent = a
	a.talks++
	if _, err := v.chats.Take(ctx, a.line, v.room); err != nil {
		return err
	}
	v.then(v.about(25*time.Second), v.answers)
	return nil
}

func (v *visit) says(ctx context.Context, side chat.Side) error {
	who, text := v.customer, one(v.shop, v.subject.asks)
	if side == chat.Agent {
		who, text = v.agent.line, one(v.shop, v.subject.answers)
	}
	r, err := v.kept.Room(ctx, v.room)
	if err != nil {
		return err
	}
	_, err = v.chats.Message(ctx, who, v.room, r.Member(side).Next, text)
	return err
}

func (v *visit) answers(ctx context.Context) error {
	if err := v.says(ctx, chat.Agent); err != nil {
		return err
	}
	if v.left--; v.left <= 0 {
		return v.parts(ctx)
	}
	v.then(v.about(40*time.Second), v.asks)
	return nil
}

func (v *visit) asks(ctx context.Context) error {
	if err := v.says(ctx, chat.Customer); err != nil {
		return err
	}
	if heir := v.free(); heir != nil && heir != v.agent && v.random.IntN(25) == 0 {
		if _, err := v.chats.Transfer(ctx, v.agent.line, v.room, heir.id); err != nil {
			return err
		}
		v.agent.talks--
		heir.talks++
		v.agent = heir
	}
	v.then(v.about(35*time.Second), v.answers)
	return nil
}

// parts is how the chat comes to its end.
func (v *visit) parts(ctx context.Context) error {
	n := v.random.IntN(20)
	if n < 2 { // nobody writes any more, and the sweep ends it
		v.then(20*time.Minute, func(context.Context) error {
			v.agent.talks--
			return nil
		})
		return nil
	}
	v.agent.talks--
	switch {
	case n < 4:
		return v.vanishes(ctx)
	case n < 9:
		return v.ends(ctx, v.customer)
	}
	return v.ends(ctx, v.agent.line)
}

// vanishes is a customer whose line is gone; the sweep ends their chat.
func (v *visit) vanishes(ctx context.Context) error {
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
	return v.chats.Rate(ctx, v.customer, v.room, chat.Rating{Score: one(v.shop, scores)})
}
