package world

import (
	"context"
	"errors"
	"iter"
	"runtime/debug"

	"rejoin/internal/proof/sim/law"
)

// kind is what a call asks of the world.
type kind int

const (
	reading kind = iota
	writing
	transacting // repeated with its token: applied once
	posting
	closing
	readingClock
)

// maxRun is how long an invocation may take, in ms: API Gateway's limit of an integration.
const maxRun = 29_000

// errFailed is what a call answers whose outcome is not known.
var errFailed = errors.New("simulated failure")

// invocation is one run of a Lambda function, in a coroutine that stops before each call until the scheduler lets it go on.
type invocation struct {
	law.Invocation
	w       *World
	skew    int64 // by how much its clock is off, ms
	runs    *coroutine
	dead    bool   // killed
	ended   bool   // came to its end, or was killed
	onDeath func() // tells the gateway; may be nil
	call    call
	posted  fault // what became of its post
	wrote   bool  // a room or a person
	stalled bool  // stands still while others go on, before its next call
}

// watched is the invocation as the law sees it.
func (v *invocation) watched() *law.Invocation {
	if v == nil {
		return nil
	}
	return &v.Invocation
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

// invoke starts an invocation. It stops at its first call.
func (w *World) invoke(name string, c *connection, onDeath func(), body func(context.Context)) *invocation {
	w.invoked++
	v := &invocation{Invocation: law.Invocation{ID: w.invoked, Name: name, Started: w.now}, w: w, onDeath: onDeath}
	if c != nil {
		v.Connection = &c.Connection
	}
	if w.faulty && w.strikes(clockAway) {
		v.skew = int64(w.choices.of(401)) - 200
	}
	if w.scenario.versions && w.faulty && w.strikes(oldCode) {
		v.Old = true
	}
	v.runs = w.idleCoroutine()
	v.runs.body = func() {
		defer v.recovered()
		body(context.Background())
		w.law.Ended(&v.Invocation)
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

// recovered takes the panic of a killed invocation for its end, and any other for a fault of the code.
func (v *invocation) recovered() {
	v.ended = true
	switch r := recover(); r.(type) {
	case nil, killed:
	default:
		v.w.law.Break("PANIC", "%s: %v\n%s", v.Name, r, debug.Stack())
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
	if v.Name == law.SweepName {
		w.count(sweepKilled)
	}
	if v.onDeath != nil {
		v.onDeath()
	}
}

// unwind ends the invocation where it is, and tells nobody.
func (w *World) unwind(v *invocation) {
	w.forget(v)
	v.dead = true
	v.runs.next()
	w.idle = append(w.idle, v.runs)
}

// wait stops the running invocation before a call, and returns the call's error.
func (w *World) wait(name string, k kind, apply func()) error {
	v := w.current
	if v == nil { // the law reads, unseen
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
	w.traceCall(v, f)
	w.hash(uint64(v.ID), uint64(c.kind), uint64(f))
	v.posted = f
	switch f {
	case answerLost, answeredLate, refusedCall, conflictingCall, closeRefused:
		v.Failed = true
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
		w.applyLater(c)
		w.kill(v)
		return
	case answerLost:
		w.apply(v)
		c.err = errFailed
	case answeredLate:
		w.applyLater(c)
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

func (w *World) traceCall(v *invocation, f fault) {
	if !w.tracing {
		return
	}
	what := ""
	if f != noFault {
		what = "  ← " + f.String()
	}
	w.tracef("%s: %s%s", v.Label(), v.call.name, what)
}

// apply makes a call. A transaction is made once: its token shows that the second is a repeat.
func (w *World) apply(v *invocation) {
	if v.call.kind == transacting && v.call.done {
		return
	}
	w.applying = v
	v.call.apply()
	w.applying = nil
}

// applyLater leaves a call on its way to the database.
func (w *World) applyLater(c *call) {
	if c.kind != transacting || !c.done {
		w.late = append(w.late, lateCall{c.name, c.apply, w.now + lateFor})
	}
}

// lateFor is how long after its invocation's death a call may still be applied, in ms.
const lateFor = 31_000

// lateCall is a call whose invocation gave it up, or died.
type lateCall struct {
	name  string
	apply func()
	until int64 // ms; afterwards it is never applied
}
