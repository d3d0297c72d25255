package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"slices"
	"time"

	"rejoin/internal/app"
	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
	"rejoin/internal/hours"
	"rejoin/internal/memory"
	"rejoin/internal/stats"
)

const days = 30

// shop simulates a shop's chats.
type shop struct {
	random *rand.Rand
	now    time.Time
	clock  *memory.Clock
	pusher *memory.Pusher
	store  *recorder
	chats  *chat.Service
	counts *stats.Service
	agents []*agent
	hours  []chat.ShopVersion // of the shop, in order
	asked  int                // how many questions were left until now
	steps  []step
	rooms  []chat.RoomID
	stamp  chat.Stamp
}

// step is an action at a time.
type step struct {
	at time.Time
	do func(context.Context) error
}

// recorder is a store that also collects the rows of statistics.
type recorder struct {
	*memory.Store
	rows map[[2]string]chat.StatsRow
}

func (k *recorder) PutStats(ctx context.Context, row chat.StatsRow) (bool, error) {
	ok, err := k.Store.PutStats(ctx, row)
	if ok {
		k.rows[[2]string{row.Series, row.At}] = row
	}
	return ok, err
}

// newShop counts days with this zone data, which has to be the functions' own: they ignore rows of other data.
func newShop(now time.Time, zoneData string) *shop {
	seed := [32]byte{'a', ' ', 'm', 'o', 'n', 't', 'h'}
	s := &shop{
		random: rand.New(rand.NewChaCha8(seed)), // fixed, so that every month is the same
		now:    now, clock: memory.NewClock(0), store: &recorder{memory.NewStore(), map[[2]string]chat.StatsRow{}},
	}
	s.pusher = memory.NewPusher(s.clock)
	open := &hours.Service{Store: s.store, Clock: s.clock, Each: memory.Each}
	s.counts = &stats.Service{Store: s.store, Clock: s.clock, Each: memory.Each, Hours: open, Zone: time.UTC, ZoneData: zoneData}
	s.chats = &chat.Service{
		Store: s.store, Pusher: s.pusher, Clock: s.clock, IDs: app.IDs{Entropy: io.Reader(rand.NewChaCha8(seed))},
		Rules: chat.DefaultRules(), Forecast: s.counts, Snapshot: s.counts, Hours: open, Each: memory.Each, Log: slog.New(slog.DiscardHandler),
	}
	return s
}

// plan adds a step, after earlier ones of the same time.
func (s *shop) plan(at time.Time, do func(context.Context) error) {
	i, _ := slices.BinarySearchFunc(s.steps, at, func(planned step, at time.Time) int {
		return cmp.Or(planned.at.Compare(at), -1)
	})
	s.steps = slices.Insert(s.steps, i, step{at, do})
}

// play runs all steps in order and returns the rows to write.
func (s *shop) play(ctx context.Context) (dynamo.Load, error) {
	if err := s.setHours(ctx); err != nil {
		return dynamo.Load{}, err
	}
	today := s.today()
	for day := range days {
		s.planDay(today.AddDate(0, 0, day-days))
	}
	for minute := range 120 { // for chats that the last evening left open
		s.plan(today.Add(-seoul).Add(time.Duration(minute)*time.Minute), s.sweep)
	}
	for len(s.steps) > 0 { // a step may plan more of them
		next := s.steps[0]
		s.steps = s.steps[1:]
		s.clock.Set(chat.Millis(next.at.UnixMilli()))
		if err := next.do(ctx); err != nil {
			return dynamo.Load{}, fmt.Errorf("at %s: %w", next.at, err)
		}
	}
	if _, err := s.counts.Count(ctx); err != nil {
		return dynamo.Load{}, err
	}
	var month dynamo.Load
	for _, id := range s.rooms {
		r, err := s.store.Room(ctx, id)
		if err != nil {
			return dynamo.Load{}, err
		}
		if r.Status != chat.StatusEnded {
			return dynamo.Load{}, fmt.Errorf("room %s is still open", id)
		}
		past, err := s.store.Messages(ctx, r.Customer.Who, id, 1, r.Seq)
		if err != nil {
			return dynamo.Load{}, err
		}
		month.Rooms, month.Messages = append(month.Rooms, r), append(month.Messages, past...)
	}
	for _, row := range s.store.rows {
		month.Stats = append(month.Stats, row)
	}
	return month, nil
}

func (s *shop) today() time.Time   { return s.now.UTC().Truncate(24 * time.Hour) }
func (s *shop) lastDay() time.Time { return s.today().AddDate(0, 0, -1) }

// connect is a new connection of a person.
func (s *shop) connect(who chat.PersonID, side chat.Side, name string) chat.Caller {
	s.stamp = max(s.stamp+1, chat.StampOf(s.clock.Now()))
	return chat.Caller{Conn: chat.ConnectionID(fmt.Sprint("past-", s.stamp)), Who: who, Side: side, At: s.stamp, Name: name}
}

// around is a random duration with that mean, at least a fifth of it.
func (s *shop) around(mean time.Duration) time.Duration {
	return time.Duration(float64(mean) * (0.2 + 0.8*s.random.ExpFloat64()))
}

// pick returns a random element.
func pick[T any](s *shop, of []T) T { return of[s.random.IntN(len(of))] }
