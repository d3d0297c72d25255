package contract

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"

	"rejoin/internal/chat"
	"rejoin/internal/memory"
	"rejoin/internal/stats"
)

// start is the initial time of a World's clock: 2026-01-01T00:00:00Z.
const start chat.Millis = 1_767_225_600_000

// World is a service with its own people, over a store that others may use at the same time. At the end of its test it
// removes its people and rooms from the store's indexes.
type World struct {
	t       testing.TB
	Store   chat.Store
	Pusher  *memory.Pusher
	Clock   *memory.Clock
	IDs     *memory.IDs
	Service *chat.Service

	// Forecasts is the forecast that the service gets: none unless a test sets it.
	Forecasts func(position int) (chat.Millis, error)

	mu     sync.Mutex
	run    string
	n      int
	stamp  chat.Stamp
	people map[chat.PersonID]chat.Side
}

// NewWorld returns a world over the store.
func NewWorld(t testing.TB, store chat.Store) *World {
	clock := memory.NewClock(start)
	w := &World{
		t: t, Store: store, Clock: clock, Pusher: memory.NewPusher(clock), IDs: memory.NewIDs(),
		run: rand.Text()[:12], people: map[chat.PersonID]chat.Side{},
	}
	rules := chat.DefaultRules()
	rules.Burst, rules.Starts = 1_000_000, 1_000_000 // its clock stands still
	w.Service = &chat.Service{
		Store: w.Store, Pusher: w.Pusher, Clock: w.Clock, IDs: w.IDs, Rules: rules, Forecast: w, Snapshot: &stats.Service{Store: store, Clock: clock}, Each: memory.Each, Log: slog.New(slog.DiscardHandler),
	}
	t.Cleanup(w.removePeople)
	return w
}

// Wait implements chat.Forecast.
func (w *World) Wait(_ context.Context, position int) (chat.Millis, error) {
	if w.Forecasts == nil {
		return 0, nil
	}
	return w.Forecasts(position)
}

// Customer returns a new known customer on their first connection.
func (w *World) Customer() chat.Caller {
	return w.Reconnect(w.person("c_", chat.Customer))
}

// Agent returns a new agent on their first connection.
func (w *World) Agent() chat.Caller {
	return w.Reconnect(w.person("a_", chat.Agent))
}

// Admin returns a new agent who is an admin.
func (w *World) Admin() chat.Caller {
	c := w.Agent()
	c.Admin = true
	return c
}

// Reconnect returns the same person on a new connection, newer than all earlier ones.
func (w *World) Reconnect(c chat.Caller) chat.Caller {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.stamp = max(w.stamp+1, chat.StampOf(w.Clock.Now()))
	c.At = w.stamp
	c.Conn = chat.ConnectionID(w.name("line"))
	return c
}

func (w *World) person(prefix string, side chat.Side) chat.Caller {
	w.mu.Lock()
	defer w.mu.Unlock()
	name := w.name(string(side))
	c := chat.Caller{Who: chat.PersonID(prefix + name), Side: side, Name: name}
	w.people[c.Who] = side
	return c
}

func (w *World) name(kind string) string {
	w.n++
	return fmt.Sprintf("%s-%s-%d", kind, w.run, w.n)
}

func (w *World) removePeople() {
	ctx := context.Background() // the test's own is already cancelled
	for who, side := range w.people {
		p, err := w.Store.Person(ctx, who)
		assert.NoError(w.t, err)
		if side == chat.Agent && p.Seat.Conn != "" {
			_, _, err = w.Store.UnseatPerson(ctx, who, p.Seat.Conn)
			assert.NoError(w.t, err)
		}
		if p.Room == "" {
			continue
		}
		r, err := w.Store.Room(ctx, p.Room)
		assert.NoError(w.t, err)
		if r.ID == "" || r.Status == chat.StatusEnded {
			continue
		}
		over := r
		over.Status, over.SweepAt = chat.StatusEnded, 0
		_, err = w.Store.ChangeRoom(ctx, r, over, nil)
		assert.NoError(w.t, err)
	}
}
