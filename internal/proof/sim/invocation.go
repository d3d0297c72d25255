package sim

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime/debug"

	"rejoin/internal/chat"
)

// kind is what a call asks of the world.
type kind int

const (
	reading kind = iota
	writing
	transacting // repeated with its token: applied once
	posting
	closing
	ticking // asks the clock
)

// maxRun is how long an invocation may take, in ms: API Gateway's limit of an integration.
const maxRun = 29_000

// errFailed is what a call answers whose outcome is not known.
var errFailed = errors.New("simulated failure")

// invocation is one run of a Lambda: a coroutine that stops before each call, until the scheduler lets it go on.
type invocation struct {
	w        *World
	id       int
	name     string
	line     *line // whose event it handles; nil for the sweep
	started  int64
	skew     int64
	old      bool // runs the version before
	runs     *coroutine
	dead     bool   // killed
	ended    bool   // came to its end, or was killed
	onDeath  func() // tells the gateway
	call     call
	posted   fault                     // what became of a post
	wrote    bool                      // something of a room or a person
	stalled  bool                      // stands still while others go on, before its next call
	failed   bool                      // one of its calls did not do what it should: it may leave things undone
	knew     map[chat.RoomID]chat.Room // rooms as it was first answered
	knows    map[chat.RoomID]chat.Room // rooms as it was last answered
	unhealed []mark                    // seats that a post that was taken has shown to be there
	unposted []chat.ConnectionID       // connections that a post could not reach
	looked   map[chat.RoomID]look
}

// mark is a seat's, that says since when nobody is there, as it was at a rev of the room.
type mark struct {
	chair
	seat chat.Seat
	rev  int64
}

// look is what was so when the sweep read a room.
type look struct {
	rev  int64
	here map[chat.PersonID]int64
	seat chat.Seat // the holder's own, whatever the room knows
}

// call is what an invocation waits for.
type call struct {
	name  string
	kind  kind
	apply func() // does it, with its results where the caller finds them
	done  bool   // applied already, its answer lost: the SDK's repeat is under way
	err   error
}

// killed unwinds the coroutine of an invocation that has died.
type killed struct{}

// invoke starts an invocation; it is paused at its first call.
func (w *World) invoke(name string, l *line, onDeath func(), body func(context.Context)) *invocation {
	w.invoked++
	v := &invocation{w: w, id: w.invoked, name: name, line: l, started: w.now, onDeath: onDeath}
	if w.faulty && w.strikes(clockAway) {
		v.skew = int64(w.ch.of(401)) - 200
	}
	if w.shape.versions && w.faulty && w.strikes(oldCode) {
		v.old = true
	}
	v.runs = w.idleCoroutine()
	v.runs.body = func() {
		defer v.recovered()
		body(context.Background())
		w.doneRightly(v)
	}
	w.running = append(w.running, v)
	w.resume(v)
	return v
}

// coroutine runs one invocation after the other, because the stack of a new one would have to grow again.
type coroutine struct {
	next  func() (struct{}, bool)
	stop  func()
	yield func(struct{}) bool
	body  func()
}

func (w *World) idleCoroutine() *coroutine {
	if n := len(w.idle); n > 0 {
		c := w.idle[n-1]
		w.idle = w.idle[:n-1]
		return c
	}
	c := &coroutine{}
	c.next, c.stop = iter.Pull(func(yield func(struct{}) bool) {
		c.yield = yield
		for more := true; more; more = yield(struct{}{}) {
			c.body()
		}
	})
	return c
}

// recovered takes the end of a killed invocation for what it is, and any other panic for a fault of the code.
func (v *invocation) recovered() {
	v.ended = true
	switch r := recover(); r.(type) {
	case nil, killed:
	default:
		v.w.breaks("PANIC", "%s: %v\n%s", v.name, r, debug.Stack())
	}
}

// resume lets the invocation run to its next call, or its end.
func (w *World) resume(v *invocation) {
	w.current = v
	v.runs.next()
	w.current = nil
	if v.ended {
		w.forget(v)
		w.idle = append(w.idle, v.runs)
	}
}

func (w *World) forget(v *invocation) {
	for i, other := range w.running {
		if other == v {
			w.running = append(w.running[:i], w.running[i+1:]...)
			return
		}
	}
}

// kill ends the invocation where it is.
func (w *World) kill(v *invocation) {
	w.unwind(v)
	if v.name == sweepName {
		w.count(sweepKilled)
	}
	if v.onDeath != nil {
		v.onDeath()
	}
}

// unwind ends the invocation where it stands, and tells nobody.
func (w *World) unwind(v *invocation) {
	w.forget(v)
	v.dead = true
	v.runs.next()
	w.idle = append(w.idle, v.runs)
}

// wait pauses the running invocation before a call and returns the call's error.
func (w *World) wait(name string, k kind, apply func()) error {
	v := w.current
	if v == nil { // the checks read without being seen
		apply()
		return nil
	}
	v.call = call{name: name, kind: k, apply: apply}
	v.stalled = w.faulty && w.strikes(stall)
	v.runs.yield(struct{}{})
	if v.dead {
		panic(killed{})
	}
	return v.call.err
}

// step makes the call that the invocation waits for, or what a fault makes of it, and lets it go on.
func (w *World) step(v *invocation) {
	c := &v.call
	f := noFault
	if w.faulty {
		f = w.pick(ofCalls(c.kind))
	}
	if w.tracing {
		what := ""
		if f != noFault {
			what = "  ← " + f.String()
		}
		w.trace("%s: %s%s", v.label(), c.name, what)
	}
	w.hash(uint64(v.id), uint64(c.kind), uint64(f))
	v.posted = f
	switch f {
	case answerLost, answeredLate, refusedCall, conflictingCall, closeRefused:
		v.failed = true
	}
	switch f {
	case killedBefore:
		w.kill(v)
		return
	case killedAfter:
		w.apply(v)
		w.kill(v)
		return
	case killedInFlight:
		w.defers(c)
		w.kill(v)
		return
	case answerLost:
		w.apply(v)
		c.err = errFailed
	case answeredLate:
		w.defers(c)
		c.err = errFailed
	case refusedCall, conflictingCall, closeRefused:
		c.err = errFailed
	case throttledCall:
		return
	case repeatedCall:
		w.apply(v)
		c.done = true
		return
	default:
		w.apply(v)
	}
	w.resume(v)
}

// apply makes a call; a transaction that its token shows to be a repeat of one that was made is not made again.
func (w *World) apply(v *invocation) {
	if v.call.kind == transacting && v.call.done {
		return
	}
	w.applying = v
	v.call.apply()
	w.applying = nil
}

// defers leaves a call on its way to the database.
func (w *World) defers(c *call) {
	if c.kind != transacting || !c.done {
		w.limbo = append(w.limbo, late{c.name, c.apply, w.now + lateFor})
	}
}

// lateFor is how long after its invocation's death a call may still be applied, in ms.
const lateFor = 31_000

// late is a call whose invocation gave it up, or died.
type late struct {
	name  string
	apply func()
	until int64
}

func (v *invocation) label() string {
	name := fmt.Sprintf("#%d %s", v.id, v.name)
	if v.line != nil {
		name += fmt.Sprintf(" %s/%s", v.line.device.name, v.line.id)
	}
	if v.old {
		name += " (old)"
	}
	return name
}
