package world

import (
	"context"
	"errors"
	"iter"
	"runtime/debug"

	"rejoin/internal/proof/sim/law"
)

// kind is the kind of a call to the world.
type kind int

const (
	reading kind = iota
	writing
	transacting // a repeat has the same token, so it is applied once
	posting
	closing
	readingClock
)

// maxRun is how long an invocation may take, in ms: API Gateway's integration timeout.
const maxRun = 29_000

// errFailed is the error of a call whose outcome is unknown.
var errFailed = errors.New("simulated failure")

// invocation is one run of a Lambda function, in a coroutine that stops before each call until the scheduler lets it go on.
type invocation struct {
	law.Invocation
	w       *World
	skew    int64 // how much its clock differs, ms
	runs    *coroutine
	dead    bool   // killed
	ended   bool   // it has returned, or was killed
	onDeath func() // called when it is killed; may be nil
	call    call
	posted  fault // the fault of its current post
	wrote   bool  // it has written a room or a person
	stalled bool  // it pauses before its next call while others run
}

// watched is the invocation as the law sees it.
func (v *invocation) watched() *law.Invocation {
	if v == nil {
		return nil
	}
	return &v.Invocation
}

// call is the call that an invocation waits for.
type call struct {
	name  string
	kind  kind
	apply func() // makes the call and stores its results
	done  bool   // already applied, but the answer was lost: the SDK repeats it
	err   error
}

// killed is the panic that unwinds the coroutine of a killed invocation.
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

// coroutine runs one invocation after another. It is reused because the stack of a new one would have to grow again.
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

// recovered ends an invocation that was killed, and reports any other panic as a violation.
func (v *invocation) recovered() {
	v.ended = true
	switch r := recover(); r.(type) {
	case nil, killed:
	default:
		v.w.law.Break("PANIC", "%s: %v\n%s", v.Name, r, debug.Stack())
	}
}

// resume lets the invocation run up to its next call, or to its end.
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

// kill ends the invocation before its next call, and tells the gateway.
func (w *World) kill(v *invocation) {
	w.unwind(v)
	if v.Name == law.SweepName {
		w.count(sweepKilled)
	}
	if v.onDeath != nil {
		v.onDeath()
	}
}

// unwind ends the invocation before its next call, and tells nobody.
func (w *World) unwind(v *invocation) {
	w.forget(v)
	v.dead = true
	v.runs.next()
	w.idle = append(w.idle, v.runs)
}

// wait stops the running invocation before a call, and returns the call's error.
func (w *World) wait(name string, k kind, apply func()) error {
	v := w.current
	if v == nil { // not an invocation: the law reads
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

// step makes the call that the invocation waits for, with a fault or without, and lets it go on.
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

// apply makes a call. A repeated transaction has no effect, because its token is the same.
func (w *World) apply(v *invocation) {
	if v.call.kind == transacting && v.call.done {
		return
	}
	w.applying = v
	v.call.apply()
	w.applying = nil
}

// applyLater delays a call on its way to the database.
func (w *World) applyLater(c *call) {
	if c.kind != transacting || !c.done {
		w.late = append(w.late, lateCall{c.name, c.apply, w.now + lateFor})
	}
}

// lateFor is how long after its invocation's death a call may still be applied, in ms.
const lateFor = 31_000

// lateCall is a delayed call, whose invocation no longer waits for it.
type lateCall struct {
	name  string
	apply func()
	until int64 // ms; afterwards it is never applied
}
