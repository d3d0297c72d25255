package world

import (
	"context"
	"errors"
	"iter"
	"runtime/debug"
	"slices"

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

// invocation is one run of a Lambda function: one strand, and more while an Each runs.
type invocation struct {
	law.Invocation
	w       *World
	skew    int64 // how much its clock differs, ms
	strands []*strand
	strand  *strand // the one that runs
	dead    bool    // killed
	onDeath func()  // called when it is killed; may be nil
	posted  fault   // the fault of the post that is being made
	wrote   bool    // it has written a room or a person
}

// strand is a part of an invocation, in a coroutine that stops before each call until the scheduler lets it go on.
type strand struct {
	runs    *coroutine
	parent  *strand // waits in its Each for this one to end; nil: none
	ended   bool    // it has returned, or was killed
	call    call
	keys    []key // of the database, which its next call uses, and then of the last one; only where units are limited
	depth   int   // calls one after the other so far, with those of its parents
	stalled bool  // it pauses before its next call while others run
	due     int64 // when its next call comes back, ms; only in a timed world
}

// watched is the invocation as the law sees it.
func (v *invocation) watched() *law.Invocation {
	if v == nil {
		return nil
	}
	return &v.Invocation
}

// call is the call that a strand waits for.
type call struct {
	name  string
	kind  kind
	keys  []key
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
	w.law.Begins(&v.Invocation)
	if c != nil {
		v.Connection = &c.Connection
	}
	if w.faulty && w.strikes(clockAway) {
		v.skew = int64(w.choices.of(401)) - 200
	}
	if w.scenario.versions && w.faulty && w.strikes(oldCode) {
		v.Old = true
	}
	w.running = append(w.running, v)
	w.resume(v, v.begin(nil, func() {
		w.law.Spends(law.Cost{Invocations: 1})
		body(context.Background())
		w.law.Ended(&v.Invocation)
	}))
	return v
}

// begin adds a strand, which is still to run.
func (v *invocation) begin(parent *strand, body func()) *strand {
	s := &strand{runs: v.w.idleCoroutine(), parent: parent}
	s.runs.body = func() {
		defer v.recovered(s)
		body()
	}
	v.strands = append(v.strands, s)
	return s
}

// coroutine runs one strand after another. It is reused because the stack of a new one would have to grow again.
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

// recovered ends a strand that was killed, and reports any other panic as a violation.
func (v *invocation) recovered(s *strand) {
	s.ended = true
	switch r := recover(); r.(type) {
	case nil, killed:
	default:
		v.w.law.Break("PANIC", "%s: %v\n%s", v.Name, r, debug.Stack())
	}
}

// resume lets a strand run up to its next call, or to its end. Then its parent goes on, and with the last strand the
// invocation ends.
func (w *World) resume(v *invocation, s *strand) {
	w.current = v
	for ; s != nil; s = s.parent {
		v.run(s)
		if !s.ended {
			break
		}
	}
	w.current = nil
	if len(v.strands) == 0 {
		w.forget(v)
	}
}

// run lets a strand run up to its next call, to its end, or until one that it waits for has ended.
func (v *invocation) run(s *strand) {
	v.strand = s
	s.runs.next()
	if s.ended {
		if s.parent != nil {
			s.parent.depth = max(s.parent.depth, s.depth)
		}
		v.strands = slices.DeleteFunc(v.strands, func(other *strand) bool { return other == s })
		v.w.idle = append(v.w.idle, s.runs)
	}
}

// strandsAtOnce is how many strands of one Each run side by side: few, so that a fourth waits; in a timed world as many as
// where it is deployed.
func (w *World) strandsAtOnce() int {
	if w.times.call > 0 {
		return inParallel
	}
	return 3
}

// inParallel is how many calls of one Each run side by side where it is deployed.
const inParallel = 32

// each implements chat.Each with strands of the running invocation.
func (w *World) each(ctx context.Context, n int, do func(context.Context, int)) {
	v := w.current
	parent, under, depth := v.strand, 0, 0
	for i := 0; i < n || under > 0; {
		if i < n && under < w.strandsAtOnce() {
			call := i
			if i%inParallel == 0 {
				depth = parent.depth
			}
			s := v.begin(parent, func() { do(ctx, call) })
			s.depth = depth
			v.run(s)
			v.strand = parent
			if !s.ended {
				under++
			}
			i++
			continue
		}
		v.pause() // until one of them has ended
		under--
	}
}

// pause stops the running strand until it is resumed, or killed with its invocation.
func (v *invocation) pause() {
	v.strand.runs.yield(struct{}{})
	if v.dead {
		panic(killed{})
	}
}

// ready is how many strands wait for a call, rather than for other strands.
func (v *invocation) ready() (n int) {
	for _, s := range v.strands {
		if s.call.apply != nil {
			n++
		}
	}
	return n
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
	for len(v.strands) > 0 { // the youngest first, for which others wait
		v.run(v.strands[len(v.strands)-1])
	}
}

// wait stops the running strand before a call, and returns the call's error.
func (w *World) wait(name string, k kind, apply func()) error {
	v := w.current
	if v == nil { // not an invocation: the law reads
		apply()
		return nil
	}
	s := v.strand
	s.due = w.now
	if k != readingClock {
		s.due += w.times.call
		s.depth++
		w.law.Goes(s.depth)
	}
	s.call = call{name: name, kind: k, keys: s.keys, apply: apply}
	s.stalled = w.faulty && w.strikes(stall)
	v.pause()
	err := s.call.err
	s.call = call{}
	return err
}

// step makes the call that a strand waits for, with a fault or without, and lets it go on.
func (w *World) step(v *invocation, s *strand) {
	c := &s.call
	if c.err = w.used.call(v, c); c.err != nil {
		w.tracef("%s: %s: %v", v.Label(), c.name, c.err)
		w.resume(v, s)
		return
	}
	f := noFault
	if w.faulty {
		f = w.pick(ofCalls(c.kind))
	}
	w.traceCall(v, c, f)
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
		w.apply(v, s)
		w.kill(v)
		return
	case killedInFlight:
		w.applyLater(c)
		w.kill(v)
		return
	case answerLost:
		w.apply(v, s)
		c.err = errFailed
	case answeredLate:
		w.applyLater(c)
		c.err = errFailed
	case refusedCall, conflictingCall, closeRefused:
		c.err = errFailed
	case throttledCall:
		return
	case repeatedCall:
		w.apply(v, s)
		c.done = true
		return
	default:
		w.apply(v, s)
	}
	w.resume(v, s)
}

func (w *World) traceCall(v *invocation, c *call, f fault) {
	if !w.tracing {
		return
	}
	what := ""
	if f != noFault {
		what = "  ← " + f.String()
	}
	w.tracef("%s: %s%s", v.Label(), c.name, what)
}

// apply makes a call. A repeated transaction has no effect, because its token is the same.
func (w *World) apply(v *invocation, s *strand) {
	if s.call.kind == transacting && s.call.done {
		return
	}
	w.applying = v
	s.call.apply()
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
