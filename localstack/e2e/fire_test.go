package e2e_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"

	machine "rejoin/internal/proof/sim/client"
	"rejoin/localstack/device"
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
	ledger  *device.Ledger
	trouble tally
	did     tally
	devices []*page
	tokens  map[string]*atomic.Value // of the agents, by device
	names   map[string]string        // each device's person: sub or username
	ids     map[string]string        // of the agents, by device
	ours    sync.Map                 // rooms of this test's customers
}

// page is a person's page, and its network.
type page struct {
	*device.Device
	network *network
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
		stack: s, t: t, ledger: device.NewLedger(),
		tokens: map[string]*atomic.Value{}, names: map[string]string{}, ids: map[string]string{},
	}
}

// openPages opens each person's page. The agents are new, so that they hold no other test's rooms.
func (f *fire) openPages(seed uint64, createAgent func() (username string), network func(name string) *network) {
	ctx, cancel := context.WithCancel(context.Background())
	f.t.Cleanup(cancel)
	add := func(name string, agent bool, token func() string) {
		over := network(name)
		d := &page{network: over, Device: device.New(ctx, device.Options{
			Name: name, Agent: agent, Report: f.ledger, Rand: rand.New(rand.NewPCG(seed, uint64(len(f.devices)))),
			Dial: func(ctx context.Context) (*websocket.Conn, error) {
				conn, _, err := websocket.Dial(ctx, over.ws+"?token="+url.QueryEscape(token()), nil)
				return conn, err
			},
		})}
		f.devices = append(f.devices, d)
		d.Do(d.Open)
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
		acked, failed, open := f.ledger.Sums()
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
func (f *fire) act(d *page, rng *rand.Rand, stop <-chan struct{}) {
	for sleep(time.Duration(700+rng.IntN(1600))*time.Millisecond, stop) {
		d.Do(func() {
			if d.Agent != nil {
				f.actAsAgent(d, rng)
			} else {
				f.actAsCustomer(d, rng)
			}
		})
	}
}

func (f *fire) actAsCustomer(d *page, rng *rand.Rand) {
	if room := d.Customer.CurrentRoom(); room != "" {
		f.ours.Store(room, true)
	}
	switch dice := rng.IntN(100); {
	case dice < 2:
		f.did.add("pages reloaded")
		d.Reload()
	case dice < 4 && len(d.Talks()) > 0:
		f.did.add("chats ended")
		d.Customer.End()
	case dice < 10:
		d.Customer.Typing()
	case dice < 20:
		d.Customer.Seen()
	default:
		d.Customer.Send(f.ledger.Write(d.Name, length(rng)))
	}
}

func (f *fire) actAsAgent(d *page, rng *rand.Rand) {
	queue, talks := f.waiting(d), d.Talks()
	dice := rng.IntN(100)
	if len(queue) > 0 && dice < 60 {
		f.did.add("rooms taken")
		d.Agent.Take(queue[rng.IntN(len(queue))])
		return
	}
	if len(talks) == 0 {
		return
	}
	room := talks[rng.IntN(len(talks))].ID
	switch {
	case dice < 1:
		f.did.add("pages reloaded")
		d.Reload()
	case dice < 3:
		f.did.add("rooms released")
		d.Agent.Release(room)
	case dice < 5:
		f.did.add("rooms transferred")
		d.Agent.Transfer(room, f.ids[f.other(d)])
	case dice < 6:
		f.did.add("chats ended")
		d.Agent.End(room)
	case dice < 12:
		d.Agent.Typing(room)
	case dice < 24:
		d.Agent.Seen(room)
	default:
		text, key := f.ledger.Write(d.Name, length(rng))
		d.Agent.Send(room, text, key)
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
func (f *fire) waiting(d *page) (rooms []string) {
	for _, room := range d.Agent.Queue() {
		if _, ours := f.ours.Load(room); ours {
			rooms = append(rooms, room)
		}
	}
	return rooms
}

// other is another agent's device.
func (f *fire) other(d *page) string {
	for name := range f.ids {
		if name != d.Name {
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
		d.Do(func() {
			if d.Customer != nil { // needs a chat that an agent holds, who may then read the whole history
				d.Customer.Start("", "")
				f.ours.Store(d.Customer.CurrentRoom(), true)
				return
			}
			for _, room := range f.waiting(d) {
				d.Agent.Take(room)
			}
			for _, t := range d.Talks() {
				held[t.ID] = true
			}
		})
	}
	stored := f.storedSeqs()
	for _, d := range f.devices {
		d.Do(func() {
			for _, t := range d.Talks() {
				if t.NewestSeq != stored[t.ID] {
					problem = d.Name + " has not heard of everything that is stored"
				}
			}
			switch {
			case d.Session().Line() != machine.OpenState || !d.Session().Joined():
				problem = d.Name + " is not connected"
			case d.Session().Unanswered() || time.Since(d.Abandoned) < functionTimeout:
				problem = "a command of " + d.Name + " may still be carried out"
			case !d.Complete():
				problem = d.Name + " misses something"
			}
			if d.Customer != nil && (len(d.Talks()) == 0 || !held[d.Customer.CurrentRoom()]) {
				problem = "nobody holds the room of " + d.Name
			}
		})
	}
	if open := f.ledger.Unsettled(); len(open) > 0 {
		problem = fmt.Sprintf("nothing was told of %v", open)
	}
	return problem
}

// waitForTexts waits until this many texts are acknowledged.
func (f *fire) waitForTexts(enough int) {
	require.Eventually(f.t, func() bool {
		acked, _, _ := f.ledger.Sums()
		return acked >= enough
	}, recovery, 100*time.Millisecond)
}
