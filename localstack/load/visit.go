package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"rejoin/internal/proof/sim/client"
	"rejoin/localstack/device"
)

// visit is one customer's visit: they connect, begin a chat, wait, talk, end it and leave.
type visit struct {
	*crew
	rng      *rand.Rand
	who      string // as the shop calls the customer
	customer *page
	room     string
}

// visits lets one customer after another come, from this chair, until the time is up.
func (c *crew) visits(ctx, open context.Context, chair int) {
	rng := rand.New(rand.NewPCG(c.seed, uint64(1000+chair)))
	if !rest(open, c.pause()*time.Duration(chair)/time.Duration(c.chats)) {
		return
	}
	for n := 0; open.Err() == nil; n++ {
		v := &visit{crew: c, rng: rng, who: fmt.Sprintf("load-%s-%d-%d", c.name, chair, n)}
		v.come(ctx, open, n%2 == 0)
		rest(open, c.pause())
	}
}

// come is the whole visit. What nobody has answered yet is given up when the time is up, and a chat that has begun is ended.
func (v *visit) come(ctx, open context.Context, agentEnds bool) {
	life, leave := context.WithCancel(v.life)
	defer leave()
	v.customer = v.openPage(life, v.who, false, func() (string, error) { return v.stack.Customer(v.who, nil) })
	defer v.customer.Do(v.customer.Leave)
	if !v.customer.joined(open) || !v.begin(open) {
		return
	}
	v.figures.change(func(f *figures) { f.holding++; f.waiting++ })
	defer v.figures.change(func(f *figures) { f.holding--; f.chats++ })
	with := v.await(ctx, open)
	v.figures.change(func(f *figures) { f.waiting-- })
	if with == nil {
		v.end(ctx, v.customer, func() { v.customer.Customer.End() })
		return
	}
	defer with.done()
	v.talk(ctx, open, with)
	if agentEnds {
		v.end(ctx, with.page, func() { with.Agent.End(v.room) })
	} else {
		v.end(ctx, v.customer, func() { v.customer.Customer.End() })
	}
}

// begin asks for a chat, and waits until it is open.
func (v *visit) begin(ctx context.Context) bool {
	var begun time.Time
	v.customer.Do(func() {
		begun = time.Now()
		v.customer.Customer.Start("Customer of "+v.name, "load")
	})
	at, ok := v.customer.Until(ctx, func() bool { return len(v.customer.Talks()) > 0 })
	if !ok {
		return false
	}
	v.figures.add(start, at.Sub(begun))
	v.customer.Do(func() { v.room = v.customer.Customer.CurrentRoom() })
	v.began(v.room, v.who)
	return true
}

// await waits for an agent; nil if the time is up before.
func (v *visit) await(ctx, open context.Context) *agent {
	begun := time.Now()
	taken := v.lobby.enter(v.room)
	for _, a := range v.present() { // who was told of the room before it was in the lobby
		a.Post(func() {})
	}
	select {
	case a := <-taken:
		v.figures.add(wait, time.Since(begun))
		return a
	case <-open.Done():
	}
	if v.lobby.claim(v.room) == nil { // an agent takes it just now
		select {
		case a := <-taken:
			return a
		case <-ctx.Done():
		}
	}
	return nil
}

// talk lets both sides write in turn, the customer first.
func (v *visit) talk(ctx, open context.Context, with *agent) {
	for n := range v.texts {
		pause := time.Duration(float64(v.pause()) * (0.5 + v.rng.Float64()))
		from, to := v.customer, with.page
		write, typing := v.customer.Customer.Send, v.customer.Customer.Typing
		if n%2 == 1 {
			from, to = to, from
			write, typing = func(text, key string) { with.Agent.Send(v.room, text, key) }, func() { with.Agent.Typing(v.room) }
		}
		if !rest(open, pause/2) {
			return
		}
		from.Post(typing)
		if !rest(open, pause/2) || !v.say(ctx, from, to, write) {
			return
		}
		to.Post(func() {
			if to.Agent != nil {
				to.Agent.Seen(v.room)
			} else {
				to.Customer.Seen()
			}
		})
	}
}

// longest is the length of the longest texts, in letters beside their key.
const longest = 60

// say writes one text, and waits until it is acknowledged and shown at the other side.
func (v *visit) say(ctx context.Context, from, to *page, write func(text, key string)) bool {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var begun time.Time
	var key string
	open := false
	from.Do(func() {
		t := from.thread(v.room)
		if open = t != nil && t.Room != nil && t.Room.Status != "ended"; !open {
			return
		}
		var text string
		text, key = v.ledger.Write(from.Name, v.rng.IntN(longest))
		begun = time.Now()
		write(text, key)
	})
	if !open {
		return false
	}
	shown := make(chan time.Time, 1)
	go func() {
		defer close(shown)
		if at, ok := to.Until(ctx, func() bool { return shows(to.thread(v.room), key) }); ok {
			shown <- at
		}
	}()
	at, ok := from.Until(ctx, func() bool { return settled(from.thread(v.room), key) })
	if !ok || v.ledger.HasFailed(key) {
		return false
	}
	v.figures.add(ack, at.Sub(begun))
	if at, ok = <-shown; !ok {
		v.ledger.Break(key + " was acknowledged, and not shown at the other side")
		return false
	}
	v.figures.add(delivery, at.Sub(begun))
	return true
}

// settled tells whether the outcome of one's own text is known.
func settled(t *client.Thread, key string) bool {
	return !slices.ContainsFunc(t.Pending(), func(own *client.Own) bool { return own.Key == key && !own.Failed })
}

// shows tells whether one of the newest messages is the text with this key.
func shows(t *client.Thread, key string) bool {
	const newest = 4 // a read or an event may have come meanwhile
	if t == nil {
		return false
	}
	for seq := t.NewestSeq; seq > max(0, t.NewestSeq-newest); seq-- {
		if m, known := t.Message(seq); known && device.KeyOf(m.Text) == key {
			return true
		}
	}
	return false
}

func (v *visit) end(ctx context.Context, by *page, do func()) {
	if took, ok := by.ask(ctx, "end", do); ok {
		v.figures.add(end, took)
	}
}

// rest waits, and returns false if the context ended before.
func rest(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}
