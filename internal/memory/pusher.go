package memory

import (
	"context"
	"slices"
	"sync"

	"rejoin/internal/chat"
)

// Sent is one call of the Pusher.
type Sent struct {
	Conn  chat.ConnectionID
	Push  chat.Push // nil for a close
	Close bool
	Err   error // the result
}

// Pusher is a chat.Pusher that records its calls. Every connection exists and is active now, until a test or a Close
// changes that.
type Pusher struct {
	clock  chat.Clock
	mu     sync.Mutex
	sent   []Sent
	fails  map[chat.ConnectionID]error
	active map[chat.ConnectionID]chat.Millis
	watch  func(chat.ConnectionID, chat.Push)
}

var _ chat.Pusher = (*Pusher)(nil)

// NewPusher returns a Pusher without records.
func NewPusher(clock chat.Clock) *Pusher {
	return &Pusher{
		clock:  clock,
		fails:  map[chat.ConnectionID]error{},
		active: map[chat.ConnectionID]chat.Millis{},
	}
}

// Fail makes posts to a connection return err from now on: chat.ErrGone, another error, or nil for success again.
func (p *Pusher) Fail(conn chat.ConnectionID, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fails[conn] = err
}

// SetLastActive sets when a connection was last active.
func (p *Pusher) SetLastActive(conn chat.ConnectionID, at chat.Millis) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.active[conn] = at
}

// Watch calls f before each post is recorded, so that f sees what is stored at that moment.
func (p *Pusher) Watch(f func(chat.ConnectionID, chat.Push)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.watch = f
}

// Post implements chat.Pusher.
func (p *Pusher) Post(_ context.Context, conn chat.ConnectionID, push chat.Push) error {
	p.mu.Lock()
	watch := p.watch
	p.mu.Unlock()
	if watch != nil {
		watch(conn, push)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	err := p.fails[conn]
	p.sent = append(p.sent, Sent{Conn: conn, Push: push, Err: err})
	return err
}

// PostAll implements chat.Pusher, one after the other.
func (p *Pusher) PostAll(ctx context.Context, conns []chat.ConnectionID, push chat.Push) []error {
	results := make([]error, len(conns))
	for i, conn := range conns {
		results[i] = p.Post(ctx, conn, push)
	}
	return results
}

// Close implements chat.Pusher. The connection is gone afterwards.
func (p *Pusher) Close(_ context.Context, conn chat.ConnectionID) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent = append(p.sent, Sent{Conn: conn, Close: true})
	p.fails[conn] = chat.ErrGone
	return nil
}

// LastActive implements chat.Pusher.
func (p *Pusher) LastActive(_ context.Context, conn chat.ConnectionID) (chat.Millis, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.fails[conn]; err != nil {
		return 0, err
	}
	if at, set := p.active[conn]; set {
		return at, nil
	}
	return p.clock.Now(), nil
}

// Sent is everything so far, in order.
func (p *Pusher) Sent() []Sent {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.sent)
}

// Frames lists the posts that a connection accepted, in order.
func (p *Pusher) Frames(conn chat.ConnectionID) []chat.Push {
	var frames []chat.Push
	for _, s := range p.Sent() {
		if s.Conn == conn && !s.Close && s.Err == nil {
			frames = append(frames, s.Push)
		}
	}
	return frames
}

// Closed tells whether the connection was closed.
func (p *Pusher) Closed(conn chat.ConnectionID) bool {
	return slices.ContainsFunc(p.Sent(), func(s Sent) bool { return s.Conn == conn && s.Close })
}

// Forget clears the record. How connections answer is unchanged.
func (p *Pusher) Forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent = nil
}
