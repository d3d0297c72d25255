package stats_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/app"
	"rejoin/internal/chat"
	"rejoin/internal/memory"
	"rejoin/internal/stats"
)

var errDown = errors.New("down")

// flakyStore fails at times, before or after it applies a call. It records the written series.
type flakyStore struct {
	*memory.Store
	mu     sync.Mutex
	fails  func() bool
	series map[string]bool
}

func newFlakyStore(fails func() bool) *flakyStore {
	return &flakyStore{Store: memory.NewStore(), fails: fails, series: map[string]bool{}}
}

func try[T any](s *flakyStore, do func() (T, error)) (T, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var none T
	if s.fails() {
		return none, errDown
	}
	got, err := do()
	if err != nil || s.fails() {
		return none, errDown
	}
	return got, nil
}

func (s *flakyStore) Room(ctx context.Context, id chat.RoomID) (chat.Room, error) {
	return try(s, func() (chat.Room, error) { return s.Store.Room(ctx, id) })
}

func (s *flakyStore) PutStats(ctx context.Context, row chat.StatsRow) (bool, error) {
	return try(s, func() (bool, error) {
		s.series[row.Series] = true
		return s.Store.PutStats(ctx, row)
	})
}

func (s *flakyStore) Stats(ctx context.Context, series, from, to string) ([]chat.StatsRow, error) {
	return try(s, func() ([]chat.StatsRow, error) { return s.Store.Stats(ctx, series, from, to) })
}

func (s *flakyStore) SetCounted(ctx context.Context, id chat.RoomID, rev int64) (r chat.Room, ok bool, err error) {
	_, err = try(s, func() (struct{}, error) {
		r, ok, err = s.Store.SetCounted(ctx, id, rev)
		return struct{}{}, err
	})
	return r, ok && err == nil, err
}

// stored is the data of all rows of statistics.
func (s *flakyStore) stored(t *testing.T) map[string][]byte {
	t.Helper()
	stored := map[string][]byte{}
	for series := range s.series {
		rows, err := s.Store.Stats(t.Context(), series, " ", "~")
		require.NoError(t, err)
		for _, row := range rows {
			stored[series+" "+row.At] = row.Data
		}
	}
	return stored
}

func never() bool { return false }

// TestSameBytes: the stored data is the same whatever the order of ends and counts, the number of runs, their crashes and their
// repetitions.
func TestSameBytes(t *testing.T) {
	all := generate(rand.New(rand.NewPCG(seed, 1)), 600)
	straight := newFlakyStore(never)
	for _, c := range all {
		c.store(t, straight.Store)
	}
	_, err := newService(t, straight).Count(t.Context())
	require.NoError(t, err)
	want := straight.stored(t)
	require.Greater(t, len(want), 600)

	recount := func(t *testing.T, s *stats.Service, store *flakyStore) {
		t.Helper()
		rest, err := s.Recount(t.Context(), began, ended)
		require.NoError(t, err)
		assert.Zero(t, rest)
		assert.Equal(t, want, store.stored(t))
	}
	t.Run("counted again", func(t *testing.T) {
		n, err := newService(t, straight).Count(t.Context())
		require.NoError(t, err)
		assert.Zero(t, n)
		recount(t, newService(t, straight), straight)
	})
	t.Run("counted by recounting alone", func(t *testing.T) {
		store := newFlakyStore(never)
		for _, c := range all {
			c.store(t, store.Store)
		}
		recount(t, newService(t, store), store)
		ids, err := store.UncountedRooms(t.Context(), "", 1)
		require.NoError(t, err)
		assert.Empty(t, ids)
	})
	for run := range uint64(5) {
		t.Run("in another order, with failures", func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 2+run))
			store := newFlakyStore(func() bool { return random.IntN(60) == 0 })
			s := newService(t, store)
			for _, i := range random.Perm(len(all)) {
				all[i].store(t, store.Store)
				if random.IntN(20) == 0 {
					_, _ = s.Count(t.Context())
				}
			}
			store.fails = never
			_, err := s.Count(t.Context())
			require.NoError(t, err)
			assert.Equal(t, want, store.stored(t))
			recount(t, s, store)
		})
	}
	for name, fails := range map[string]int{"side by side": 0, "side by side, with failures": 60} {
		t.Run(name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 20))
			store := newFlakyStore(func() bool { return fails > 0 && random.IntN(fails) == 0 })
			s := newService(t, store)
			s.Each = app.Each
			for i, c := range all {
				c.store(t, store.Store)
				if i%100 == 0 {
					_, _ = s.Count(t.Context())
				}
			}
			store.fails = never
			_, err := s.Count(t.Context())
			require.NoError(t, err)
			assert.Equal(t, want, store.stored(t))
		})
	}
	t.Run("by many at once", func(t *testing.T) {
		store := newFlakyStore(never)
		var work sync.WaitGroup
		for part := range 4 {
			work.Go(func() {
				for i := part; i < len(all); i += 4 {
					all[i].store(t, store.Store)
					if i%10 == 0 {
						_, err := newService(t, store).Count(context.Background())
						assert.NoError(t, err)
					}
				}
			})
		}
		work.Wait()
		_, err := newService(t, store).Count(t.Context())
		require.NoError(t, err)
		assert.Equal(t, want, store.stored(t))
	})
}

// TestStale: a run that read a room before its rating, and an hour before other chats were added, changes nothing when it writes
// late.
func TestStale(t *testing.T) {
	all := generate(rand.New(rand.NewPCG(seed, 9)), 1)
	c := all[0]
	c.room.Rating = chat.Rating{}
	store := newFlakyStore(never)
	c.store(t, store.Store)
	s := newService(t, store)
	slow := &meanwhile{flakyStore: store}
	slow.act = func() {
		_, ok, err := store.Rate(t.Context(), c.room.ID, chat.Caller{Who: c.room.Customer.Who, Side: chat.Customer, Conn: "x", At: 1}, chat.Rating{Score: 5})
		require.NoError(t, err)
		require.True(t, ok)
		n, err := s.Count(t.Context())
		require.NoError(t, err)
		require.Equal(t, 1, n)
	}
	n, err := newService(t, slow).Count(t.Context())
	require.NoError(t, err)
	assert.Zero(t, n, "the room has moved since")
	got := rows(t, s, stats.Query{From: began, To: ended, By: stats.ByRange, Zone: time.UTC})
	require.Len(t, got, 1)
	assert.Equal(t, int64(5), got[0].Histograms[stats.Rating].Sum)
	assert.Equal(t, int64(1), got[0].Started)
}

// meanwhile runs `act` before the first row is written.
type meanwhile struct {
	*flakyStore
	act func()
}

func (m *meanwhile) PutStats(ctx context.Context, row chat.StatsRow) (bool, error) {
	if act := m.act; act != nil {
		m.act = nil
		act()
	}
	return m.flakyStore.PutStats(ctx, row)
}

// TestExpired: figures keep what was counted of texts that have expired since.
func TestExpired(t *testing.T) {
	all := generate(rand.New(rand.NewPCG(seed, 10)), 20)
	store := newFlakyStore(never)
	for _, c := range all {
		c.store(t, store.Store)
	}
	s := newService(t, store)
	_, err := s.Count(t.Context())
	require.NoError(t, err)
	want := store.stored(t)
	without := newService(t, noTexts{store})
	_, err = without.Recount(t.Context(), began, ended)
	require.NoError(t, err)
	assert.Equal(t, want, store.stored(t))
}

type noTexts struct{ *flakyStore }

func (noTexts) MessagesWithoutText(context.Context, chat.PersonID, chat.RoomID, int64, int64) ([]chat.Message, error) {
	return nil, nil
}

// TestLongChatsAreCounted: counting reads no texts, which may exceed a function's memory.
func TestLongChatsAreCounted(t *testing.T) {
	all := generate(rand.New(rand.NewPCG(seed, 13)), 20)
	store := newFlakyStore(never)
	for _, c := range all {
		c.store(t, store.Store)
	}
	n, err := newService(t, unreadable{store}).Count(t.Context())
	require.NoError(t, err)
	assert.Equal(t, len(all), n)
}

type unreadable struct{ *flakyStore }

func (unreadable) Messages(context.Context, chat.PersonID, chat.RoomID, int64, int64) ([]chat.Message, error) {
	return nil, errors.New("too much")
}

// TestDeadline: a run without time starts nothing, and returns the rest.
func TestDeadline(t *testing.T) {
	c := generate(rand.New(rand.NewPCG(seed, 11)), 1)[0]
	store := newFlakyStore(never)
	c.store(t, store.Store)
	ctx, cancel := context.WithDeadline(t.Context(), time.Now().Add(time.Second))
	defer cancel()
	n, err := newService(t, store).Count(ctx)
	require.NoError(t, err)
	assert.Zero(t, n)
	assert.Empty(t, store.series)
	rest, err := newService(t, store).Recount(ctx, began, ended)
	require.NoError(t, err)
	assert.Equal(t, c.room.EndedAt, rest)
}

// TestDamagedHour: a damaged row prevents only its own hour from being added up.
func TestDamagedHour(t *testing.T) {
	all := generate(rand.New(rand.NewPCG(seed, 12)), 200)
	store := newFlakyStore(never)
	hours := map[chat.Millis]int{}
	for _, c := range all {
		c.store(t, store.Store)
		hours[c.began-c.began%3_600_000]++
	}
	slices.SortFunc(all, func(a, b *generatedChat) int { return int(a.began - b.began) })
	damaged := all[0].began - all[0].began%3_600_000
	_, err := store.PutStats(t.Context(), chat.StatsRow{Series: fmt.Sprintf("chats/%013d", damaged), At: "x", Data: []byte{99}})
	require.NoError(t, err)
	n, err := newService(t, store).Count(t.Context())
	require.Error(t, err)
	assert.Equal(t, len(all)-hours[damaged], n)
}

// withoutDays is a store that writes no row of days while it is down.
type withoutDays struct {
	*flakyStore
	down bool
}

func (s *withoutDays) PutStats(ctx context.Context, row chat.StatsRow) (bool, error) {
	if s.down && strings.HasPrefix(row.Series, "days/") {
		return false, errDown
	}
	return s.flakyStore.PutStats(ctx, row)
}

// TestADayThatFails: no hour of it has its rooms marked as counted, whichever of them it was added up for; otherwise nothing would
// add it up again.
func TestADayThatFails(t *testing.T) {
	all := generate(rand.New(rand.NewPCG(seed, 13)), 100)
	want, store := newFlakyStore(never), &withoutDays{newFlakyStore(never), true}
	for _, c := range all {
		c.store(t, want.Store)
		c.store(t, store.Store)
	}
	_, err := newService(t, want).Count(t.Context())
	require.NoError(t, err)
	n, err := newService(t, store).Count(t.Context())
	require.ErrorIs(t, err, errDown)
	assert.Zero(t, n)
	store.down = false
	n, err = newService(t, store).Count(t.Context())
	require.NoError(t, err)
	assert.Equal(t, len(all), n)
	assert.Equal(t, want.stored(t), store.stored(t))
}
