package world

import (
	"context"

	"rejoin/internal/chat"
	"rejoin/internal/gateway"
)

// pusher is @connections.
type pusher struct{ w *World }

var _ chat.Pusher = pusher{}

// Post sends a frame, with a fault or without.
func (p pusher) Post(_ context.Context, conn chat.ConnectionID, push chat.Push) error {
	w := p.w
	body, err := gateway.Encode(push)
	if err != nil {
		return err
	}
	w.law.Posts(conn, push)
	failed := w.wait(w.named("Post to", string(conn), string(body)), posting, func() {
		c, v := w.connections[conn], w.applying
		f := noFault
		if v != nil {
			f = v.posted
		}
		switch {
		case f == postThrottled:
			err = chat.ErrThrottled
		case f == postFailed:
			err = errFailed
		case c == nil || !c.Open || f == postGone:
			err = chat.ErrGone
		case f == postLost:
			w.tracef("lost on the way to %s", c.device.Name)
		default:
			w.push(c, push)
			w.deliver(c, body)
			switch f {
			case postTwice:
				w.deliver(c, body)
			case postDeliveredGone:
				err = chat.ErrGone
			case postDeliveredFailed:
				err = errFailed
			}
		}
	})
	if failed != nil {
		err = failed
	}
	w.law.PostAnswered(conn, push, err)
	return err
}

// PostAll sends a frame to each connection. Each is a strand of its own, so that the scheduler orders them, and the
// invocation may die between any two.
func (p pusher) PostAll(ctx context.Context, conns []chat.ConnectionID, push chat.Push) []error {
	results := make([]error, len(conns))
	p.w.each(ctx, len(conns), func(ctx context.Context, i int) { results[i] = p.Post(ctx, conns[i], push) })
	return results
}

// push shows the law a push that reaches a connection.
func (w *World) push(c *connection, push chat.Push) {
	if p, replaced := push.(chat.Replaced); replaced && c == c.device.socket {
		c.device.ReplacedBy = p.By
	}
	w.law.Pushed(&c.Connection, push)
}

// Close ends a connection from the server's side.
func (p pusher) Close(_ context.Context, conn chat.ConnectionID) error {
	p.w.law.Closes(conn)
	return p.w.wait(p.w.named("Close", string(conn)), closing, func() {
		if c := p.w.connections[conn]; c != nil {
			p.w.hangUp(c)
		}
	})
}

// LastActive tells when a frame last arrived.
func (p pusher) LastActive(_ context.Context, conn chat.ConnectionID) (chat.Millis, error) {
	return ask(p.w, p.w.named("LastActive", string(conn)), reading, func() (chat.Millis, error) {
		c := p.w.connections[conn]
		if c == nil || !c.Open {
			return 0, chat.ErrGone
		}
		return chat.Millis(c.Active), nil
	})
}

// clock is an invocation's clock, which may be wrong.
type clock struct{ w *World }

// Now implements chat.Clock.
func (c clock) Now() chat.Millis {
	now := c.w.now
	if v := c.w.current; v != nil {
		_ = c.w.wait("clock", readingClock, func() {}) // never fails
		now = c.w.now + v.skew
	}
	return chat.Millis(now)
}

// entropy is random bytes from the seed, sometimes the same ones again.
type entropy struct{ w *World }

// Read implements io.Reader.
func (e entropy) Read(p []byte) (int, error) {
	w := e.w
	if !w.faulty || !w.strikes(sameRandom) {
		w.drawn = mix(&w.noise)
	}
	state := w.drawn
	for i := range p {
		p[i] = byte(mix(&state))
	}
	return len(p), nil
}
