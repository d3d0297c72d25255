package e2e_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"

	machine "rejoin/internal/proof/sim/client"
)

const (
	customerCount = 4
	agentCount    = 2
	// recovery bounds the wait for everything to work again after the trouble: back-off takes up to 30 s, a dead line is
	// found within 30 s, and a lagging queue is asked for every 30 s.
	recovery = 4 * time.Minute
	// functionTimeout is how long a function may go on with a frame whose page was left: Timeout of infra/template.yaml.
	functionTimeout = 10 * time.Second
)

// fire is a group of customers and agents who talk over a bad network.
type fire struct {
	stack
	t       *testing.T
	ledger  *ledger
	trouble tally
	did     tally
	devices []*device
	tokens  map[string]*atomic.Value // of the agents, by device
	names   map[string]string        // each device's person: sub or username
	ids     map[string]string        // of the agents, by device
	ours    sync.Map                 // rooms of this test's customers
}

// TestUnderFire lets customers and agents talk over networks that cut, stall, slow and reset their connections, and then
// checks that nothing is lost or stored twice, and that everybody sees the same order. MINUTES and SEED choose how long and which trouble.
func TestUnderFire(t *testing.T) {
	t.Parallel()
	f := newFire(t, runningStack(t))
	seed := uint64(number("SEED", 1))
	length := time.Duration(number("MINUTES", 1)) * time.Minute
	proxies := startToxiproxy(t)
	f.openPages(seed, func() string { return f.createAgent(t).Username }, func(name string) *network { return f.proxied(t, proxies, name) })
	f.talkFor(seed, length)
	f.waitForCalm()
	f.report(seed, length)
	f.verify()
}

func number(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return otherwise
}

func newFire(t *testing.T, s stack) *fire {
	return &fire{
		stack: s, t: t, ledger: &ledger{entries: map[string]*entry{}, counts: map[string]int{}},
		tokens: map[string]*atomic.Value{}, names: map[string]string{}, ids: map[string]string{},
	}
}

// openPages opens each person's page. The agents are new, so that they hold no other test's rooms.
func (f *fire) openPages(seed uint64, createAgent func() (username string), network func(name string) *network) {
	ctx, cancel := context.WithCancel(context.Background())
	f.t.Cleanup(cancel)
	add := func(name string, agent bool, token func() string) {
		d := &device{
			ctx: ctx, name: name, network: network(name), token: token, report: f.ledger,
			rng: rand.New(rand.NewPCG(seed, uint64(len(f.devices)))), inbox: make(chan func(), 64),
		}
		f.devices = append(f.devices, d)
		go d.run()
		d.ask(func() { d.open(agent) })
	}
	for i := range agentCount {
		name := "A" + strconv.Itoa(i+1)
		f.names[name] = createAgent()
		f.tokens[name] = &atomic.Value{}
		f.renewToken(name)
		add(name, true, func() string { return f.tokens[name].Load().(string) })
	}
	for i := range customerCount {
		name := "C" + strconv.Itoa(i+1)
		f.names[name] = unique("cust")
		add(name, false, func() string { return f.customerToken(f.t, f.names[name]) })
	}
}

func (f *fire) renewToken(name string) {
	token := f.agentToken(f.t, login{Username: f.names[name], Password: password})
	claims := jwt.MapClaims{}
	_, _, err := jwt.NewParser().ParseUnverified(token, claims)
	require.NoError(f.t, err)
	sub, err := claims.GetSubject()
	require.NoError(f.t, err)
	f.ids[name] = "a_" + sub
	f.tokens[name].Store(token)
}

// talkFor lets everybody act for this long, while their networks are disturbed.
func (f *fire) talkFor(seed uint64, length time.Duration) {
	stop := make(chan struct{})
	failures := make(chan error, len(f.devices))
	var all sync.WaitGroup
	for i, d := range f.devices {
		all.Go(func() { f.act(d, rand.New(rand.NewPCG(seed, uint64(100+i))), stop) })
		all.Go(func() {
			if err := d.network.disturb(rand.New(rand.NewPCG(seed, uint64(200+i))), &f.trouble, stop); err != nil {
				failures <- err
			}
		})
	}
	begun := time.Now()
	for minutes := 0; time.Since(begun) < length; {
		time.Sleep(min(30*time.Second, length-time.Since(begun)))
		acked, failed, open := f.ledger.sums()
		f.t.Logf("%4.0f s: %d texts acknowledged, %d reported as failed, %d under way", time.Since(begun).Seconds(), acked, failed, open)
		if passed := int(time.Since(begun).Minutes()); passed >= minutes+20 { // tokens expire after an hour
			minutes = passed
			for name := range f.tokens {
				f.renewToken(name)
			}
		}
	}
	close(stop)
	all.Wait()
	close(failures)
	for err := range failures {
		require.NoError(f.t, err)
	}
}

// act simulates the person at a device.
func (f *fire) act(d *device, rng *rand.Rand, stop <-chan struct{}) {
	for sleep(time.Duration(700+rng.IntN(1600))*time.Millisecond, stop) {
		d.ask(func() {
			if d.agent != nil {
				f.actAsAgent(d, rng)
			} else {
				f.actAsCustomer(d, rng)
			}
		})
	}
}

func (f *fire) actAsCustomer(d *device, rng *rand.Rand) {
	if room := d.customer.CurrentRoom(); room != "" {
		f.ours.Store(room, true)
	}
	switch dice := rng.IntN(100); {
	case dice < 2:
		f.did.add("pages reloaded")
		d.reload()
	case dice < 4 && len(d.talks()) > 0:
		f.did.add("chats ended")
		d.customer.End()
	case dice < 10:
		d.customer.Typing()
	case dice < 20:
		d.customer.Seen()
	default:
		d.customer.Send(f.ledger.write(d.name, length(rng)))
	}
}

func (f *fire) actAsAgent(d *device, rng *rand.Rand) {
	queue, talks := f.waiting(d), d.talks()
	dice := rng.IntN(100)
	if len(queue) > 0 && dice < 60 {
		f.did.add("rooms taken")
		d.agent.Take(queue[rng.IntN(len(queue))])
		return
	}
	if len(talks) == 0 {
		return
	}
	room := talks[rng.IntN(len(talks))].ID
	switch {
	case dice < 1:
		f.did.add("pages reloaded")
		d.reload()
	case dice < 3:
		f.did.add("rooms released")
		d.agent.Release(room)
	case dice < 5:
		f.did.add("rooms transferred")
		d.agent.Transfer(room, f.ids[f.other(d)])
	case dice < 6:
		f.did.add("chats ended")
		d.agent.End(room)
	case dice < 12:
		d.agent.Typing(room)
	case dice < 24:
		d.agent.Seen(room)
	default:
		text, key := f.ledger.write(d.name, length(rng))
		d.agent.Send(room, text, key)
	}
}

// length is a text's length without its key: mostly short.
func length(rng *rand.Rand) int {
	if rng.IntN(8) == 0 {
		return rng.IntN(600)
	}
	return rng.IntN(12)
}

// waiting lists this test's rooms in the queue, which holds rooms of other tests too.
func (f *fire) waiting(d *device) (rooms []string) {
	for _, room := range d.agent.Queue() {
		if _, ours := f.ours.Load(room); ours {
			rooms = append(rooms, room)
		}
	}
	return rooms
}

// other is another agent's device.
func (f *fire) other(d *device) string {
	for name := range f.ids {
		if name != d.name {
			return name
		}
	}
	return ""
}

// waitForCalm waits until everybody is connected, knows the outcome of each of their texts and commands and all that is stored, and every
// open room has an agent.
func (f *fire) waitForCalm() {
	problem := "nothing"
	require.Eventually(f.t, func() bool {
		problem = f.problem()
		return problem == ""
	}, recovery, 500*time.Millisecond, "%s", lazy(func() string { return problem }))
}

// lazy is a message that is formatted only when it is printed.
type lazy func() string

func (l lazy) String() string { return l() }

func (f *fire) problem() (problem string) {
	held := map[string]bool{}
	for _, d := range f.devices {
		d.ask(func() {
			if d.customer != nil { // needs a chat that an agent holds, who may then read the whole history
				d.customer.Start("", "")
				f.ours.Store(d.customer.CurrentRoom(), true)
				return
			}
			for _, room := range f.waiting(d) {
				d.agent.Take(room)
			}
			for _, t := range d.talks() {
				held[t.ID] = true
			}
		})
	}
	stored := f.storedSeqs()
	for _, d := range f.devices {
		d.ask(func() {
			for _, t := range d.talks() {
				if t.NewestSeq != stored[t.ID] {
					problem = d.name + " has not heard of everything that is stored"
				}
			}
			switch {
			case d.session().Line() != machine.OpenState || !d.session().Joined():
				problem = d.name + " is not connected"
			case d.session().Unanswered() || time.Since(d.abandoned) < functionTimeout:
				problem = "a command of " + d.name + " may still be carried out"
			case !d.complete():
				problem = d.name + " misses something"
			}
			if d.customer != nil && (len(d.talks()) == 0 || !held[d.customer.CurrentRoom()]) {
				problem = "nobody holds the room of " + d.name
			}
		})
	}
	if open := f.ledger.unsettled(); len(open) > 0 {
		problem = fmt.Sprintf("nothing was told of %v", open)
	}
	return problem
}

// waitForTexts waits until this many texts are acknowledged.
func (f *fire) waitForTexts(enough int) {
	require.Eventually(f.t, func() bool {
		acked, _, _ := f.ledger.sums()
		return acked >= enough
	}, recovery, 100*time.Millisecond)
}
