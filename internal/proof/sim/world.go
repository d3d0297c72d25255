package sim

import (
	"context"
	"fmt"
	"hash/fnv"
	"log/slog"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"rejoin/internal/app"
	"rejoin/internal/auth"
	"rejoin/internal/chat"
	"rejoin/internal/gateway"
	"rejoin/internal/memory"
	"rejoin/internal/stats"
)

// start is what the simulated clock shows at first: 2026-01-01T00:00:00Z, in ms.
const start = 1_767_225_600_000

// World is one simulated history.
type World struct {
	shape   shape
	ch      *choices
	noise   uint64 // what is random and decides nothing: fractions of stamps, ids, jitter
	drawn   uint64 // what the last room id was made of
	now     int64
	faulty  bool // things go wrong, and people act
	acts    int
	steps   int
	tally   *Tally
	crowd   *Crowd
	routes  map[string]string
	inner   *memory.Store
	replica *replica

	versions   [2]version
	authorizer *gateway.Authorizer

	running  []*invocation
	idle     []*coroutine
	current  *invocation // runs now
	applying *invocation // its call is being applied
	invoked  int
	limbo    []late

	lines   map[chat.ConnectionID]*line
	order   []*line
	rows    map[chat.ConnectionID]int64 // when the row of a connection was put
	dialled int
	up      []upFrame
	down    []downFrame
	closing []*line
	sweeps  int
	swept   int64 // when the schedule last ran it

	people  []*person
	texts   map[string]*text // by key
	devices []*device
	events  []event

	law     *law
	broken  []Violation
	tracing bool
	story   []string
	sum     uint64
}

// version is the code of one release.
type version struct {
	handlers map[string]gateway.Handler
	sweep    func(context.Context, gateway.SweepEvent) (gateway.Swept, error)
}

// Violation is a clause of the law that was broken.
type Violation struct {
	Code, Words string
	Step        int
}

func newWorld(seed uint64, s shape, ch *choices, crowd *Crowd, tally *Tally) *World {
	w := &World{
		shape: s, ch: ch, noise: seed ^ 0x5eed, now: start, tally: tally, crowd: crowd, routes: crowd.routes,
		inner: memory.NewStore().Without(crowd.without), replica: newReplica(), lines: map[chat.ConnectionID]*line{}, swept: start, rows: map[chat.ConnectionID]int64{},
		texts: map[string]*text{},
	}
	w.law = newLaw()
	for i, old := range []bool{false, true} {
		w.versions[i] = w.newVersion(old)
	}
	w.authorizer = &gateway.Authorizer{
		Sites:     auth.NewSites(site(), nil, nil, nil), // the default one is read nowhere and never too old
		Verifier:  verifier{crowd.deployed(w.time), crowd.known},
		Blocklist: blocklist{&store{w: w, inner: w.inner}},
		Now:       func() time.Time { return time.UnixMilli(int64(clock{w}.Now())) },
		Rand:      func(n int64) int64 { return int64(mix(&w.noise) % uint64(n)) },
		Log:       slog.New(slog.DiscardHandler),
	}
	w.populate()
	return w
}

// rules are those of the deployment.
func (w *World) rules() chat.Rules {
	rules := chat.DefaultRules()
	if w.shape.slow {
		rules.Burst, rules.BurstWindow = 2, 20*time.Second
	}
	return rules
}

// newVersion composes the code as internal/app does.
func (w *World) newVersion(old bool) version {
	rules := w.rules()
	if old { // the release before knew one rule
		const never = 1000 * time.Hour
		rules.Left, rules.Away, rules.Warn, rules.Idle = never, never, never, 2*never
	}
	log := slog.New(slog.DiscardHandler)
	kept := &store{w: w, inner: w.inner, old: old}
	counts := counter(uncounted{})
	if w.shape.counting {
		counts = &stats.Service{Store: kept, Clock: clock{w}, Zone: time.UTC}
	}
	c := &gateway.Controller{
		Service: &chat.Service{
			Store: kept, Pusher: pusher{w}, Clock: clock{w}, IDs: app.IDs{Entropy: entropy{w}}, Rules: rules, Forecast: counts, Log: log,
		},
		Stats: counts,
		Now:   func() time.Time { return time.Time{} },
		Log:   log,
	}
	return version{
		handlers: map[string]gateway.Handler{
			"connect": c.Connect(), "disconnect": c.Disconnect(), "message": c.Message(), "room": c.Room(), "console": c.Console(),
		},
		sweep: c.Sweep(),
	}
}

func (w *World) code() version {
	if w.current.old {
		return w.versions[1]
	}
	return w.versions[0]
}

// handler is a function as the invocation that runs now has it.
func (w *World) handler(function string) gateway.Handler { return w.code().handlers[function] }

func (w *World) authorize(
	ctx context.Context, event events.APIGatewayWebsocketProxyRequest,
) (events.APIGatewayCustomAuthorizerResponse, error) {
	return w.authorizer.Handle(ctx, gateway.AuthorizeEvent{MethodArn: "arn", APIGatewayWebsocketProxyRequest: event})
}

// blocklist asks the customer's item, as internal/app's does.
type blocklist struct{ people chat.PeopleStore }

func (b blocklist) Blocked(ctx context.Context, id string) (bool, error) {
	p, err := b.people.Person(ctx, chat.PersonID(id))
	return p.Blocked, err
}

// strikes tells whether a fault happens here, and counts it.
func (w *World) strikes(f fault) bool {
	if !w.ch.happens(w.shape.rates[f]) {
		return false
	}
	w.count(f)
	return true
}

// pick is one of the faults that can happen here, or none.
func (w *World) pick(possible []fault) fault {
	total := 0
	for _, f := range possible {
		total += w.shape.rates[f]
	}
	if !w.ch.happens(total) {
		return noFault
	}
	at := w.ch.of(total)
	for _, f := range possible {
		if at < w.shape.rates[f] {
			w.count(f)
			return f
		}
		at -= w.shape.rates[f]
	}
	return noFault
}

func (w *World) count(f fault) { w.tally.faults[f]++ }

func (w *World) did(d deed) { w.tally.deeds[d]++ }

// breaks records that the law is broken; of each clause only the first time.
func (w *World) breaks(code, format string, args ...any) {
	for _, v := range w.broken {
		if v.Code == code {
			return
		}
	}
	v := Violation{Code: code, Words: fmt.Sprintf(format, args...), Step: w.steps}
	w.broken = append(w.broken, v)
	w.tracef("!!! %s: %s", v.Code, v.Words)
}

func (w *World) tracef(format string, args ...any) {
	if w.tracing {
		w.trace(format, args...)
	}
}

func (w *World) trace(format string, args ...any) {
	at := time.Duration(w.now-start) * time.Millisecond
	w.story = append(w.story, fmt.Sprintf("%5d %12s  ", w.steps, at)+fmt.Sprintf(format, args...))
}

// named is what a call is called in a trace; names cost too much to be made for nothing.
func (w *World) named(words ...string) string {
	if !w.tracing {
		return ""
	}
	return strings.Join(words, " ")
}

func (w *World) place(room chat.RoomID, seq int64) string {
	if !w.tracing {
		return ""
	}
	return place(room, seq)
}

// hash takes numbers into the sum that tells two histories apart.
func (w *World) hash(values ...uint64) {
	for _, v := range values {
		w.sum = (w.sum ^ v) * 0x100000001b3
		w.sum ^= w.sum >> 29
	}
}

func (w *World) hashBytes(b []byte) {
	h := fnv.New64a()
	_, _ = h.Write(b) // a hash never fails
	w.hash(h.Sum64())
}

func place(room chat.RoomID, seq int64) string { return fmt.Sprintf("%s#%d", room, seq) }
