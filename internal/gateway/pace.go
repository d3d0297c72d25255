package gateway

import (
	"context"
	"sync"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"golang.org/x/time/rate"

	"rejoin/internal/chat"
)

// maxPaced is how many connections each of a Pace's two generations remembers, so that it takes a few megabytes at most.
const maxPaced = 5000

// Pace limits the frames of each connection: AtOnce of them, and then PerSecond. It is kept in memory, so it costs no request,
// and each instance of a function counts for itself. It is safe for concurrent use.
type Pace struct {
	atOnce    int
	perSecond rate.Limit

	mu           sync.Mutex
	recent, past map[chat.ConnectionID]*paced // when recent is full, it becomes past, and what past had is forgotten
}

// paced is what a connection may still send, and how often it may still be refused before it is closed.
type paced struct{ frames, refusals *rate.Limiter }

// NewPace returns a Pace for numbers of at least 1.
func NewPace(atOnce, perSecond int) *Pace {
	return &Pace{atOnce: atOnce, perSecond: rate.Limit(perSecond), recent: map[chat.ConnectionID]*paced{}}
}

// verdict is what happens to a frame.
type verdict int

const (
	passes verdict = iota
	refused
	closes // refused, and its connection is closed
)

// judge counts a frame of a connection. One that goes on while it is refused, faster than its limit again, is closed.
func (p *Pace) judge(conn chat.ConnectionID, now time.Time) verdict {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch c := p.of(conn); {
	case c.frames.AllowN(now, 1):
		return passes
	case c.refusals.AllowN(now, 1):
		return refused
	}
	return closes
}

func (p *Pace) of(conn chat.ConnectionID) *paced {
	if c, known := p.recent[conn]; known {
		return c
	}
	c, known := p.past[conn]
	if !known {
		c = &paced{rate.NewLimiter(p.perSecond, p.atOnce), rate.NewLimiter(p.perSecond, p.atOnce)}
	}
	if len(p.recent) == maxPaced {
		p.recent, p.past = map[chat.ConnectionID]*paced{}, p.recent
	}
	p.recent[conn] = c
	return c
}

// tooFast refuses a frame of a connection that sends too many, and closes a connection that goes on. A ping is answered by the
// gateway itself on AWS.
func (c *Controller) tooFast(ctx context.Context, request events.APIGatewayWebsocketProxyRequestContext) error {
	if c.Pace == nil || request.RouteKey == routePing {
		return nil
	}
	conn := chat.ConnectionID(request.ConnectionID)
	switch c.Pace.judge(conn, c.Now()) {
	case passes:
		return nil
	case closes:
		c.Service.Drop(ctx, conn)
	}
	return &chat.Error{Code: chat.RateLimited, Message: "You are sending too much. Please wait a moment."}
}
