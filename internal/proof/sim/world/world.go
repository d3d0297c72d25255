package world

import (
	"context"
	"fmt"
	"hash/fnv"
	"log/slog"
	"net/netip"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"rejoin/internal/app"
	"rejoin/internal/auth"
	"rejoin/internal/chat"
	"rejoin/internal/gateway"
	"rejoin/internal/memory"
	"rejoin/internal/proof/sim/law"
	"rejoin/internal/stats"
)

// start is what the simulated clock shows at first: 2026-01-01T00:00:00Z, in ms.
const start = 1_767_225_600_000

// World is one simulated history.
type World struct {
	seed     uint64
	scenario scenario
	choices  *choices
	fixture  *Fixture
	noise    uint64 // state of the random numbers that are no choices: fractions of stamps, ids, jitter
	drawn    uint64 // the random state that the last room id was made of
	now      int64  // ms since the epoch
	faulty   bool   // faults happen, and people act
	actions  int    // how many actions people may still do
	steps    int
	counts   *Counts
	law      *law.Law

	database *memory.Store
	replica  *replica
	rows     map[chat.ConnectionID]int64 // when the row of a connection was put, ms
	late     []lateCall

	versions   [2]version // of the code: the current and the previous one
	authorizer *gateway.Authorizer
	running    []*invocation
	idle       []*coroutine
	current    *invocation // the one that runs now, or nil
	applying   *invocation // the one whose call is being applied, or nil
	invoked    int         // invocations so far
	sweeps     int         // how many run now
	swept      int64       // when the schedule last started one, ms
	open       bool        // the shop is

	used  used
	times times

	connections map[chat.ConnectionID]*connection
	dialled     []*connection
	up          []upFrame
	down        []downFrame
	closing     []*connection // whose $disconnect is still to be handled

	people  []*person
	devices []*device
	events  []event // reused by next

	watched watched
	tracing bool
	story   []string
	sum     uint64 // hash of everything that happened
}

// version is the code of one release.
type version struct {
	handlers map[string]gateway.Handler // by function
	sweep    func(context.Context, gateway.SweepEvent) (gateway.Swept, error)
}

func newWorld(seed uint64, s scenario, ch *choices, f *Fixture, counts *Counts) *World {
	w := &World{
		seed: seed, scenario: s, choices: ch, fixture: f, counts: counts, noise: seed ^ 0x5eed, now: start, swept: start, open: true,
		database: memory.NewStore().Without(f.without), replica: newReplica(), rows: map[chat.ConnectionID]int64{},
		connections: map[chat.ConnectionID]*connection{},
	}
	w.watched.World = w
	w.used = used{World: w, buckets: map[use]*bucket{}}
	w.law = law.New(&w.watched, w.database, w.rules(), s.limits())
	for i, old := range []bool{false, true} {
		w.versions[i] = w.newVersion(old)
	}
	w.authorizer = &gateway.Authorizer{
		Sites:           auth.NewSites(site(), nil, nil, nil), // only the default site, which needs no reader
		Verifier:        verifier{f.deployed(w.time), f.known},
		Blocklist:       blocklist{meter{&store{w: w, database: w.database}}},
		ConnectionLimit: connectionLimit{meter{&store{w: w, database: w.database}}, s.limits().Connects},
		Now:             func() time.Time { return time.UnixMilli(int64(clock{w}.Now())) },
		Rand:            func(n int64) int64 { return int64(mix(&w.noise) % uint64(n)) },
		Log:             slog.New(slog.DiscardHandler),
	}
	w.populate()
	return w
}

// rules are the deployment's rules.
func (w *World) rules() chat.Rules {
	rules := chat.DefaultRules()
	// A history has few minutes for many chats, and the second of two starts at once is not to be refused for its time alone.
	rules.Starts, rules.StartWindow = 1000, 0
	if w.scenario.storms() {
		rules.Starts, rules.StartWindow = 2, chat.DefaultRules().StartWindow
	}
	if w.scenario.oneAddress { // there are many, who fill the queue
		rules.Waiting = 3
	}
	if w.scenario.lowBound {
		rules.Unsettled = 3
	}
	if w.scenario.nights {
		rules.KeepLeft = w.keepLeft()
	}
	if w.scenario.limited {
		rules.Burst, rules.BurstWindow = 2, 20*time.Second
	}
	return rules
}

// frameLimit is the deployment's limit of the frames of one connection.
func (w *World) frameLimit() *gateway.FrameLimit {
	if l := w.scenario.limits(); l.AtOnce > 0 {
		return gateway.NewFrameLimit(l.AtOnce, l.InSecond)
	}
	return nil
}

// newVersion builds the code as internal/app does.
func (w *World) newVersion(old bool) version {
	rules := w.rules()
	if old { // the previous release knew one rule
		const never = 1000 * time.Hour
		rules.Left, rules.Away, rules.Warn, rules.Idle = never, never, never, 2*never
	}
	log := slog.New(slog.DiscardHandler)
	seen := meter{&store{w: w, database: w.database, old: old}}
	counts := &stats.Service{Store: seen, Clock: clock{w}, Each: w.each, Zone: time.UTC}
	statistics := counter(uncounted{})
	if w.scenario.counting {
		statistics = counts
	}
	var opening chat.Hours // none: somebody always serves
	if w.scenario.nights {
		opening = shopHours{w}
	}
	c := &gateway.Controller{
		Service: &chat.Service{
			Store: seen, Pusher: meteredPusher{pusher{w}}, Clock: clock{w}, IDs: app.IDs{Entropy: entropy{w}}, Rules: rules, Forecast: statistics, Snapshot: counts, Hours: opening, Each: w.each, Log: log,
		},
		Stats:      statistics,
		Each:       w.each,
		FrameLimit: w.frameLimit(),
		Now:        w.time,
		Log:        log,
	}
	return version{
		handlers: map[string]gateway.Handler{
			"connect": c.Connect(), "disconnect": c.Disconnect(), "message": c.Message(), "room": c.Room(), "console": c.Console(),
		},
		sweep: c.Sweep(),
	}
}

// code is the version of the code that the running invocation runs.
func (w *World) code() version {
	if w.current.Old {
		return w.versions[1]
	}
	return w.versions[0]
}

// handler is a function in the version of the running invocation.
func (w *World) handler(function string) gateway.Handler { return w.code().handlers[function] }

func (w *World) authorize(
	ctx context.Context, event events.APIGatewayWebsocketProxyRequest,
) (events.APIGatewayCustomAuthorizerResponse, error) {
	return w.authorizer.Handle(ctx, gateway.AuthorizeEvent{MethodArn: "arn", APIGatewayWebsocketProxyRequest: event})
}

// blocklist reads the customer's item, as internal/app's does.
type blocklist struct{ people chat.PeopleStore }

// Blocked implements gateway.Blocklist.
func (b blocklist) Blocked(ctx context.Context, id string) (bool, error) {
	p, err := b.people.Person(ctx, chat.PersonID(id))
	return p.Blocked, err
}

// connectionLimit counts connections, as internal/app's does.
type connectionLimit struct {
	people chat.PeopleStore
	most   int
}

// Count implements gateway.ConnectionLimit.
func (a connectionLimit) Count(ctx context.Context, from netip.Prefix, at time.Time) (bool, error) {
	return a.people.CountConnection(ctx, from.String(), chat.Millis(at.UnixMilli()), a.most)
}

// strikes tells whether a fault happens here, and counts it.
func (w *World) strikes(f fault) bool {
	if !w.choices.happens(w.scenario.rates[f]) {
		return false
	}
	w.count(f)
	return true
}

// pick chooses one of the faults that can happen here, or noFault.
func (w *World) pick(possible []fault) fault {
	total := 0
	for _, f := range possible {
		total += w.scenario.rates[f]
	}
	if !w.choices.happens(total) {
		return noFault
	}
	at := w.choices.of(total)
	for _, f := range possible {
		if at < w.scenario.rates[f] {
			w.count(f)
			return f
		}
		at -= w.scenario.rates[f]
	}
	return noFault
}

func (w *World) count(f fault) { w.counts.faults[f]++ }

func (w *World) did(c law.Counter) { w.counts.events[c]++ }

func (w *World) time() time.Time { return time.UnixMilli(w.now) }

func (w *World) tracef(format string, args ...any) {
	if w.tracing {
		at := time.Duration(w.now-start) * time.Millisecond
		w.story = append(w.story, fmt.Sprintf("%5d %12s  ", w.steps, at)+fmt.Sprintf(format, args...))
	}
}

// named is a call's name in a story; empty if no story is told, because it costs time.
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
	return fmt.Sprintf("%s#%d", room, seq)
}

// hash adds numbers to the history's hash.
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
