package gateway

import (
	"context"
	"sync"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"golang.org/x/time/rate"

	"rejoin/internal/chat"
)

// maxAllowances is how many connections each of the two generations remembers, so that they take a few megabytes at most.
const maxAllowances = 5000

// historyFrames is how many frames a `history` counts as, so that one connection does not use up what all may look up. It is less than
// FramesAtOnce can be.
const historyFrames = 5

// FrameLimit limits the frames of each connection: so many at once, and then so many a second. It is kept in memory, so it costs
// no request, and each instance of a function counts for itself. It is safe for concurrent use.
type FrameLimit struct {
	atOnce    int
	perSecond rate.Limit

	mu           sync.Mutex
	recent, past map[chat.ConnectionID]*allowance // when recent is full, it replaces past, which is forgotten
}

// allowance is what a connection may still send, and how often it may still be refused before it is closed.
type allowance struct{ frames, refusals *rate.Limiter }

// NewFrameLimit returns a FrameLimit for numbers of at least 1.
func NewFrameLimit(atOnce, perSecond int) *FrameLimit {
	return &FrameLimit{atOnce: atOnce, perSecond: rate.Limit(perSecond), recent: map[chat.ConnectionID]*allowance{}}
}

// verdict is what happens to a frame.
type verdict int

const (
	passes verdict = iota
	refused
	closes // refused, and its connection is closed
)

// judge counts a frame of a connection as so many. A connection that goes on above the limit while its frames are refused is closed.
func (l *FrameLimit) judge(conn chat.ConnectionID, now time.Time, frames int) verdict {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch c := l.of(conn); {
	case c.frames.AllowN(now, frames):
		return passes
	case c.refusals.AllowN(now, 1):
		return refused
	}
	return closes
}

func (l *FrameLimit) of(conn chat.ConnectionID) *allowance {
	if c, known := l.recent[conn]; known {
		return c
	}
	c, known := l.past[conn]
	if !known {
		c = &allowance{rate.NewLimiter(l.perSecond, l.atOnce), rate.NewLimiter(l.perSecond, l.atOnce)}
	}
	if len(l.recent) == maxAllowances {
		l.recent, l.past = map[chat.ConnectionID]*allowance{}, l.recent
	}
	l.recent[conn] = c
	return c
}

// framesOf is how many frames a frame of a route counts as.
func framesOf(route string) int {
	if route == routeHistory { // all connections share a low rate
		return historyFrames
	}
	return 1
}

// tooFast refuses a frame of a connection that sends too many, and closes a connection that goes on. A ping is answered by the
// gateway itself on AWS.
func (c *Controller) tooFast(ctx context.Context, request events.APIGatewayWebsocketProxyRequestContext) error {
	if c.FrameLimit == nil || request.RouteKey == routePing {
		return nil
	}
	conn := chat.ConnectionID(request.ConnectionID)
	switch c.FrameLimit.judge(conn, c.Now(), framesOf(request.RouteKey)) {
	case passes:
		return nil
	case closes:
		c.Service.Drop(ctx, conn)
	}
	return &chat.Error{Code: chat.RateLimited, Message: "You are sending too much. Please wait a moment."}
}
