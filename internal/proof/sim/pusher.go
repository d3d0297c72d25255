package sim

import (
	"context"

	"rejoin/internal/chat"
	"rejoin/internal/gateway"
)

// pusher is @connections.
type pusher struct{ w *World }

var _ chat.Pusher = pusher{}

// Post sends a frame, or what a fault makes of it.
func (p pusher) Post(_ context.Context, conn chat.ConnectionID, push chat.Push) error {
	w := p.w
	body, err := gateway.Encode(push)
	if err != nil {
		return err
	}
	w.posts(conn, push)
	failed := w.wait(w.named("Post to", string(conn), string(body)), posting, func() {
		l, v := w.lines[conn], w.applying
		alive := l != nil && l.open
		f := noFault
		if v != nil {
			f = v.posted
		}
		switch {
		case f == postRefused:
			err = errFailed
		case !alive || f == postGone:
			err = chat.ErrGone
		case f == postLost:
			w.tracef("lost on the way to %s", l.device.name)
		default:
			w.told(l, push)
			w.deliver(l, body)
			switch f {
			case postTwice:
				w.deliver(l, body)
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
	w.postedRightly(conn, push, err)
	return err
}

// Close ends a connection from the server's side.
func (p pusher) Close(_ context.Context, conn chat.ConnectionID) error {
	return p.w.wait(p.w.named("Close", string(conn)), closing, func() {
		if l := p.w.lines[conn]; l != nil {
			p.w.hangUp(l)
		}
	})
}

// LastActive tells when a frame last came in.
func (p pusher) LastActive(_ context.Context, conn chat.ConnectionID) (chat.Millis, error) {
	return ask(p.w, p.w.named("LastActive", string(conn)), reading, func() (chat.Millis, error) {
		l := p.w.lines[conn]
		if l == nil || !l.open {
			return 0, chat.ErrGone
		}
		return chat.Millis(l.active), nil
	})
}

// clock is an invocation's, which may be off.
type clock struct{ w *World }

func (c clock) Now() chat.Millis {
	now := c.w.now
	if v := c.w.current; v != nil {
		_ = c.w.wait("clock", ticking, func() {}) // a clock does not fail
		now = c.w.now + v.skew
	}
	return chat.Millis(now)
}

// entropy is an endless stream of bytes that the seed decides, now and then the same ones again.
type entropy struct{ w *World }

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
