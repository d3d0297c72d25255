package linear

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/proof/contract"
)

const (
	devices   = 2 // of the customer; in every second history they share one connection
	rounds    = 5 // calls of each client, at most
	reader    = -1
	lossRate  = 0.015
	openTries = 50
)

// run makes one history: two devices of the customer open a room at the same time, then they and four devices of three
// agents act at random. When no call runs any more, the room is read.
func run(t testing.TB, store chat.Store, seed uint64) *history {
	ctx := t.Context()
	s := &scope{TB: t}
	defer s.close()
	lossy := &lossy{Store: store, rate: lossRate}
	w := contract.NewWorld(s, store)
	w.Service.Store, w.Service.Pusher = lossy, acceptingPusher{w.Pusher}
	w.Service.Rules.StartWindow = 0 // else the second of two starts at once is refused for its time alone
	h := &history{}
	customer, first := w.Customer(), w.Agent()
	second := customer
	if seed%2 == 0 { // otherwise they share a connection, whose frames the gateway may process concurrently
		second = w.Reconnect(customer)
	}
	callers := []chat.Caller{customer, second, first, w.Reconnect(first), w.Agent(), w.Agent()}
	whose := []person{theCustomer, theCustomer, firstAgent, firstAgent, firstAgent + 1, firstAgent + 2}
	clients := make([]*client, len(callers))
	for i, c := range callers {
		clients[i] = &client{
			id: i, who: whose[i], caller: c, world: w, history: h, dice: rand.New(rand.NewPCG(seed, uint64(i))),
		}
	}
	inParallel(clients[:devices], func(c *client) {
		for range openTries {
			if c.join(ctx); c.room != "" {
				return
			}
			c.caller = w.Reconnect(c.caller)
		}
	})
	room := clients[0].room
	require.NotEmpty(t, room)
	inParallel(clients, func(c *client) {
		c.room = room
		for range 2 + c.dice.IntN(rounds-1) {
			c.act(ctx)
		}
	})
	lossy.beReliable()
	w.Clock.Advance(2 * chat.Grace)
	last := &client{id: reader, caller: w.Reconnect(customer), world: w, history: h, room: room}
	last.readAll(ctx)
	return h
}

// scope runs a history's cleanups before its test ends.
type scope struct {
	testing.TB
	cleanups []func()
}

func (s *scope) Cleanup(f func()) { s.cleanups = append(s.cleanups, f) }

func (s *scope) close() {
	for _, f := range slices.Backward(s.cleanups) {
		f()
	}
}

// acceptingPusher is a Pusher whose posts all succeed, because the model does not include what a refused post causes.
type acceptingPusher struct{ chat.Pusher }

func (acceptingPusher) Post(context.Context, chat.ConnectionID, chat.Push) error { return nil }

func (acceptingPusher) Close(context.Context, chat.ConnectionID) error { return nil }

func inParallel(clients []*client, do func(*client)) {
	var all sync.WaitGroup
	start := make(chan struct{})
	for _, c := range clients {
		all.Go(func() {
			<-start
			do(c)
		})
	}
	close(start)
	all.Wait()
}

// readAll joins until it has read all messages.
func (c *client) readAll(ctx context.Context) {
	for since, more := int64(0), true; more; {
		by := c.by()
		c.history.record(ctx, c.id, func(ctx context.Context) (chat.Room, shown, error) {
			found, err := c.world.Service.JoinCustomer(ctx, by, chat.CustomerJoin{Room: c.room, Since: since})
			if err != nil {
				more = false
				return chat.Room{}, shown{}, err
			}
			read := shown{since: since, page: found}
			more, since = found.More && found.Through > since, found.Through
			return found.View.Room, read, nil
		}, c.step(arrive, by), c.step(join, by))
	}
}

// verdict is porcupine's verdict on a history: the worse of those on the room and on its places.
func verdict(h *history, patience time.Duration) porcupine.CheckResult {
	room, places := h.operations()
	if is := porcupine.CheckOperationsTimeout(roomModel(), room, patience); is != porcupine.Ok {
		return is
	}
	return porcupine.CheckOperationsTimeout(placeModel(), places, patience)
}
