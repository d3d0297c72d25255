package main

import (
	"context"
	"time"

	"rejoin/internal/chat"
)

// overlooked is how many questions are left for one that nobody answers.
const overlooked = 12

// leaves closes the page after the question: nobody is there to answer it.
func (v *visit) leaves(ctx context.Context) error {
	v.asked++
	expires := v.time().Add(v.chats.Rules.KeepLeft + 24*time.Hour)
	if v.asked%overlooked != 0 || expires.After(v.lastDay()) {
		v.after(v.around(2*time.Minute), v.awaitAnswer)
	}
	return v.disconnects(ctx)
}

// givesUp closes the page while the chat waits. The sweep ends it, or keeps it if nobody is there by then.
func (v *visit) givesUp(ctx context.Context) error {
	v.after(v.chats.Rules.Abandon+v.chats.Rules.Recheck, v.awaitAnswer)
	return v.disconnects(ctx)
}

// awaitAnswer takes a question that was left as soon as an agent is there, unless it has ended. What nobody has answered when the
// month is over, the customer ends.
func (v *visit) awaitAnswer(ctx context.Context) error {
	r, err := v.store.Room(ctx, v.room)
	if err != nil || r.Status != chat.StatusWaiting {
		return err
	}
	by := v.freeAgent()
	switch {
	case by == nil && v.time().After(v.lastDay().Add(24*time.Hour-seoul)):
		if err := v.returns(ctx); err != nil {
			return err
		}
		return v.ends(ctx, v.customer)
	case by == nil:
		v.after(5*time.Minute, v.awaitAnswer)
		return nil
	}
	v.after(v.around(time.Minute), v.answersLeft)
	return v.taken(ctx, by)
}

// answersLeft answers it. Some customers come back and go on.
func (v *visit) answersLeft(ctx context.Context) error {
	if err := v.writes(ctx, chat.Agent); err != nil {
		return err
	}
	if v.random.IntN(3) > 0 {
		v.after(v.around(2*time.Minute), func(ctx context.Context) error {
			v.agent.chats--
			_, err := v.chats.End(ctx, v.agent.caller, v.room)
			return err
		})
		return nil
	}
	v.after(v.around(40*time.Second), v.asks)
	return v.returns(ctx)
}

func (v *visit) returns(ctx context.Context) error {
	v.returned = true
	v.customer = v.connect(v.customer.Who, chat.Customer, v.customer.Name)
	_, err := v.chats.JoinCustomer(ctx, v.customer, chat.CustomerJoin{})
	return err
}
