package linear

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"rejoin/internal/chat"
	"rejoin/internal/proof/contract"
)

// client is a person's device, with one connection after another. It makes one call at a time.
type client struct {
	id      int
	who     person
	caller  chat.Caller
	world   *contract.World
	history *history
	dice    *rand.Rand

	room  chat.RoomID
	calls int    // so far
	texts int    // so far
	next  int    // the next number, as far as it knows
	no    int    // of the text that has no answer yet
	text  string // the text that has no answer yet; empty: there is none
}

// by is the caller, under a name that is unique to the call. The name in a system message tells later which call made a
// change.
func (c *client) by() chat.Caller {
	c.calls++
	by := c.caller
	by.Name = fmt.Sprintf("%d.%d", c.id, c.calls)
	return by
}

// choice is something that a client may do, and how often.
type choice struct {
	weight int
	do     func(context.Context)
}

// act makes a random call.
func (c *client) act(ctx context.Context) {
	if c.dice.IntN(4) == 0 { // so that undecided places get old enough to be settled
		c.world.Clock.Advance(2 * time.Second)
	}
	choices := []choice{{30, c.take}, {25, c.send}, {20, c.release}, {15, c.join}, {6, c.renew}, {1, c.finish}}
	if c.who == theCustomer {
		choices = []choice{{45, c.send}, {25, c.join}, {10, c.renew}, {12, c.leave}, {1, c.finish}}
	}
	sum := 0
	for _, o := range choices {
		sum += o.weight
	}
	at := c.dice.IntN(sum)
	for _, o := range choices {
		if at -= o.weight; at < 0 {
			o.do(ctx)
			return
		}
	}
}

// noteNext notes the next number from an answer.
func (c *client) noteNext(r chat.Room) {
	c.next = r.Member(c.caller.Side).Next
}

func (c *client) step(k kind, by chat.Caller) step { return step{kind: k, who: c.who, caller: by} }

// join seats the person, opens the customer's room if there is none, and reads the room.
func (c *client) join(ctx context.Context) {
	by := c.by()
	c.history.record(ctx, c.id, func(ctx context.Context) (chat.Room, shown, error) {
		found, err := c.find(ctx, by)
		if err != nil || found == nil {
			return chat.Room{}, shown{}, err
		}
		c.noteNext(found.View.Room)
		c.room = found.View.Room.ID
		return found.View.Room, shown{page: found}, nil
	}, c.step(arrive, by), c.step(join, by))
}

// find returns the room as a join shows it.
func (c *client) find(ctx context.Context, by chat.Caller) (*chat.RoomPage, error) {
	if c.who == theCustomer {
		return c.world.Service.JoinCustomer(ctx, by, chat.CustomerJoin{Start: true})
	}
	desk, err := c.world.Service.JoinAgent(ctx, by, chat.AgentJoin{Rooms: []chat.KnownRoom{{Room: c.room}}})
	if err != nil {
		return nil, err
	}
	for _, p := range desk.Rooms {
		if p.View.Room.ID == c.room {
			return &p, nil
		}
	}
	return nil, nil
}

// renew joins on a new connection, newer than all others of the person.
func (c *client) renew(ctx context.Context) {
	c.caller = c.world.Reconnect(c.caller)
	c.join(ctx)
}

// leave is a $disconnect. The client then keeps using the connection, as after a false $disconnect.
func (c *client) leave(ctx context.Context) {
	by := c.by()
	c.history.record(ctx, c.id, func(ctx context.Context) (chat.Room, shown, error) {
		_, err := c.world.Service.Disconnect(ctx, by)
		return chat.Room{}, shown{}, err
	}, c.step(leave, by))
}

// send sends a new text or, if the last one got no answer, repeats it. Sometimes it gives up that one.
func (c *client) send(ctx context.Context) {
	by := c.by()
	if c.text == "" || c.dice.IntN(8) == 0 {
		c.texts++
		c.no, c.text = max(c.next, 1), fmt.Sprintf("%d's %d", c.id, c.texts)
	}
	s := c.step(send, by)
	s.no, s.text = c.no, c.text
	got := c.history.record(ctx, c.id, func(ctx context.Context) (chat.Room, shown, error) {
		ack, err := c.world.Service.Message(ctx, by, c.room, s.no, s.text)
		return chat.Room{}, shown{seq: ack.Seq}, err
	}, s)
	switch {
	case got.unknown:
	case got.code == chat.OutOfOrder:
		c.no = got.expected
	case got.code == "":
		c.next, c.text = c.no+1, ""
	default:
		c.text = ""
	}
}

func (c *client) take(ctx context.Context) {
	by := c.by()
	c.history.record(ctx, c.id, func(ctx context.Context) (chat.Room, shown, error) {
		p, err := c.world.Service.Take(ctx, by, c.room)
		if err != nil {
			return chat.Room{}, shown{}, err
		}
		c.noteNext(p.View.Room)
		return p.View.Room, shown{page: &p}, nil
	}, c.step(current, by), c.step(take, by))
}

func (c *client) release(ctx context.Context) { c.change(ctx, release, c.world.Service.Release) }

func (c *client) finish(ctx context.Context) { c.change(ctx, end, c.world.Service.End) }

func (c *client) change(ctx context.Context, k kind, do func(context.Context, chat.Caller, chat.RoomID) (chat.View, error)) {
	by := c.by()
	c.history.record(ctx, c.id, func(ctx context.Context) (chat.Room, shown, error) {
		v, err := do(ctx, by, c.room)
		return v.Room, shown{}, err
	}, c.step(k, by))
}
