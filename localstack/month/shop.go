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
	"rejoin/internal/memory"
	"rejoin/internal/stats"
)

const days = 30

// shop is a shop's chats as they would have been.
type shop struct {
	random *rand.Rand
	now    time.Time
	clock  *memory.Clock
	pusher *memory.Pusher
	kept   *kept
	chats  *chat.Service
	counts *stats.Service
	agents []*agent
	steps  []step
	rooms  []chat.RoomID
	stamp  chat.Stamp
}

// step is something that happens at a time.
type step struct {
	at time.Time
	do func(context.Context) error
}

// kept is the store, and which rows of statistics were written.
type kept struct {
	*memory.Store
	rows map[[2]string]chat.StatsRow
}

func (k *kept) PutStats(ctx context.Context, row chat.StatsRow) (bool, error) {
	ok, err := k.Store.PutStats(ctx, row)
	if ok {
		k.rows[[2]string{row.Series, row.At}] = row
	}
	return ok, err
}

// newShop returns one that counts its days as functions with this zone data do: rows of other data are read by nobody.
func newShop(now time.Time, zoneData string) *shop {
	seed := [32]byte{'a', ' ', 'm', 'o', 'n', 't', 'h'}
	s := &shop{
		random: rand.New(rand.NewChaCha8(seed)), // the same month every time
		now:    now, clock: memory.NewClock(0), kept: &kept{memory.NewStore(), map[[2]string]chat.StatsRow{}},
	}
	s.pusher = memory.NewPusher(s.clock)
	s.counts = &stats.Service{Store: s.kept, Clock: s.clock, Zone: time.UTC, ZoneData: zoneData}
	s.chats = &chat.Service{
		Store: s.kept, Pusher: s.pusher, Clock: s.clock, IDs: app.IDs{Entropy: io.Reader(rand.NewChaCha8(seed))},
		Rules: chat.DefaultRules(), Forecast: s.counts, Log: slog.New(slog.DiscardHandler),
	}
	return s
}

// plan lets something happen, after what was planned for the same time before.
func (s *shop) plan(at time.Time, do func(context.Context) error) {
	i, _ := slices.BinarySearchFunc(s.steps, at, func(planned step, at time.Time) int {
		return cmp.Or(planned.at.Compare(at), -1)
	})
	s.steps = slices.Insert(s.steps, i, step{at, do})
}

// play lets the month happen, one thing after the other, and returns what is to be written.
func (s *shop) play(ctx context.Context) (dynamo.Load, error) {
	today := s.now.UTC().Truncate(24 * time.Hour)
	for day := range days {
		s.open(today.AddDate(0, 0, day-days))
	}
	for minute := range 120 { // what the last evening left
		s.plan(today.Add(-seoul).Add(time.Duration(minute)*time.Minute), s.sweep)
	}
	for len(s.steps) > 0 { // what happens plans what comes of it
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
		r, err := s.kept.Room(ctx, id)
		if err != nil {
			return dynamo.Load{}, err
		}
		if r.Status != chat.StatusEnded {
			return dynamo.Load{}, fmt.Errorf("room %s is still open", id)
		}
		past, err := s.kept.Messages(ctx, r.Customer.Who, id, 1, r.Seq)
		if err != nil {
			return dynamo.Load{}, err
		}
		month.Rooms, month.Messages = append(month.Rooms, r), append(month.Messages, past...)
	}
	for _, row := range s.kept.rows {
		month.Stats = append(month.Stats, row)
	}
	return month, nil
}

// line is a new connection of somebody.
func (s *shop) line(who chat.PersonID, side chat.Side, name string) chat.Caller {
	s.stamp = max(s.stamp+1, chat.StampOf(s.clock.Now()))
	return chat.Caller{Conn: chat.ConnectionID(fmt.Sprint("past-", s.stamp)), Who: who, Side: side, At: s.stamp, Name: name}
}

// about is a time of that length more or less, often shorter and seldom much longer.
func (s *shop) about(mean time.Duration) time.Duration {
	return time.Duration(float64(mean) * (0.2 + 0.8*s.random.ExpFloat64()))
}

// one picks one.
func one[T any](s *shop, of []T) T { return of[s.random.IntN(len(of))] }
