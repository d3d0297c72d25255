package world

import (
	"rejoin/internal/chat"
	"rejoin/internal/proof/sim/law"
)

// watched is the world as the law sees it: it implements law.World.
type watched struct {
	*World
	persons []*law.Person
	clients []*law.Client
}

var _ law.World = (*watched)(nil)

// Now implements law.World.
func (w *watched) Now() int64 { return w.now }

// Step implements law.World.
func (w *watched) Step() int { return w.steps }

// People implements law.World.
func (w *watched) People() []*law.Person { return w.persons }

// Clients implements law.World.
func (w *watched) Clients() []*law.Client { return w.clients }

// Connection implements law.World.
func (w *watched) Connection(id chat.ConnectionID) *law.Connection {
	if c := w.connections[id]; c != nil {
		return &c.Connection
	}
	return nil
}

// Recorded implements law.World.
func (w *watched) Recorded(id chat.ConnectionID) (since int64, recorded bool) {
	since, recorded = w.rows[id]
	return since, recorded
}

// Open implements law.World.
func (w *watched) Open() bool { return w.open }

// Current implements law.World.
func (w *watched) Current() *law.Invocation { return w.current.watched() }

// Calm implements law.World.
func (w *watched) Calm() bool {
	return len(w.running) <= 1 && len(w.replica.pending) == 0 && len(w.late) == 0
}

// Applying implements law.World.
func (w *watched) Applying() *law.Invocation { return w.applying.watched() }

// Invocations implements law.World.
func (w *watched) Invocations() int { return w.invoked }

// Count implements law.World.
func (w *watched) Count(c law.Counter) { w.did(c) }

// Trace implements law.World.
func (w *watched) Trace(format string, args ...any) { w.tracef(format, args...) }
