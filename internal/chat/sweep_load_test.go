package chat_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/app"
	"rejoin/internal/chat"
	"rejoin/internal/memory"
)

// openMany opens rooms without what a start does beside it, which would take longer than the test. Every fourth customer
// has left.
func (w *world) openMany(n int, at func(i int) chat.Millis) (ids []chat.RoomID) {
	w.t.Helper()
	for i := range n {
		c, now := w.Customer(), at(i)
		r := chat.Room{
			ID: w.IDs.NewRoomID(now, ""), Rev: 1, Status: chat.StatusWaiting, Seq: 1, Settled: 1, Created: now, SweepAt: now.After(tenMinutes),
			Customer: chat.Member{Who: c.Who, Next: 1, Seat: chat.Seat{Conn: c.Conn, At: c.At}}, Agent: chat.Member{Next: 1},
		}
		if i%4 == 0 {
			r.Customer.Seat = chat.Seat{At: c.At, Gone: now}
		}
		opened := chat.Message{Customer: c.Who, Room: r.ID, Seq: 1, From: chat.System, Event: chat.EventOpened, At: now}
		ok, err := w.Store.OpenRoom(w.t.Context(), r, opened, chat.Start{})
		require.NoError(w.t, err)
		require.True(w.t, ok)
		ids = append(ids, r.ID)
	}
	return ids
}

// slowly is the service whose calls to the store and to the gateway's connections take so long. It is for a synctest,
// whose time passes at once.
func (w *world) slowly(call time.Duration) *chat.Service {
	s := w.withStore(func(_ string, applied bool) error {
		if !applied {
			time.Sleep(call)
		}
		return nil
	})
	s.Pusher = slowPusher{w.Pusher, call}
	s.Each = app.Each
	return s
}

type slowPusher struct {
	chat.Pusher
	call time.Duration
}

func (p slowPusher) LastActive(ctx context.Context, conn chat.ConnectionID) (chat.Millis, error) {
	time.Sleep(p.call)
	return p.Pusher.LastActive(ctx, conn)
}

func (p slowPusher) Post(ctx context.Context, conn chat.ConnectionID, push chat.Push) error {
	time.Sleep(p.call)
	return p.Pusher.Post(ctx, conn, push)
}

func (p slowPusher) PostAll(ctx context.Context, conns []chat.ConnectionID, push chat.Push) []error {
	results := make([]error, len(conns))
	app.Each(ctx, len(conns), func(ctx context.Context, i int) { results[i] = p.Post(ctx, conns[i], push) })
	return results
}

// TestSweepWorksSideBySide: with 10 ms a call, a run over 2,000 due rooms takes at most a twentieth of what it takes one
// room after the other.
func TestSweepWorksSideBySide(t *testing.T) {
	const due = 2000
	took := func(each chat.Each) (took time.Duration) {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t)
			w.openMany(due, func(int) chat.Millis { return w.Clock.Now() })
			w.Clock.Advance(tenMinutes)
			s := w.slowly(10 * time.Millisecond)
			s.Each = each
			began := time.Now()
			done, err := s.Sweep(t.Context())
			took = time.Since(began)
			require.NoError(t, err)
			assert.Equal(t, chat.Swept{Checked: due, Ended: due / 4}, done)
		})
		return took
	}
	inTurn, sideBySide := took(memory.Each), took(app.Each)
	t.Logf("%d due rooms, 10 ms a call: %v one after the other, %v side by side: %.3f", due, inTurn, sideBySide, sideBySide.Seconds()/inTurn.Seconds())
	assert.LessOrEqual(t, sideBySide.Seconds()/inTurn.Seconds(), 0.05)
}

// watchedRooms is a store that tells which rooms are read.
type watchedRooms struct {
	chat.Store
	mu   sync.Mutex
	read []chat.RoomID
}

func (s *watchedRooms) Room(ctx context.Context, id chat.RoomID) (chat.Room, error) {
	s.mu.Lock()
	s.read = append(s.read, id)
	s.mu.Unlock()
	return s.Store.Room(ctx, id)
}

// TestSweepIsFair: four times as many rooms are due as a run can check. It checks those that have been due longest, so
// none waits longer than it takes to check all, and a run more.
func TestSweepIsFair(t *testing.T) {
	const due, runs = 2000, 20
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		s := w.slowly(time.Second)
		s.Rules.Recheck, s.Rules.Abandon = time.Minute, time.Hour
		watched := &watchedRooms{Store: s.Store}
		s.Store = watched
		last := map[chat.RoomID]int{}
		for _, id := range w.openMany(due, func(i int) chat.Millis { return w.Clock.Now() + chat.Millis(i/3) }) {
			last[id] = 0 // three have been due for the same time
		}
		w.Clock.Advance(tenMinutes)
		least := due
		for run := 1; run <= runs; run++ {
			w.Clock.Advance(time.Minute)
			dueSince := map[chat.RoomID]chat.Millis{}
			for id := range last {
				dueSince[id] = w.room(id).SweepAt
			}
			watched.read = nil
			ctx, cancel := context.WithTimeout(t.Context(), 55*time.Second) // the function's
			done, err := s.Sweep(ctx)
			cancel()
			require.NoError(t, err)
			require.Len(t, watched.read, done.Checked, "each once")
			least = min(least, done.Checked)
			newest := chat.Millis(0)
			for _, id := range watched.read {
				newest = max(newest, dueSince[id])
				last[id] = run
				delete(dueSince, id)
			}
			oldest := w.Clock.Now()
			for _, at := range dueSince {
				oldest = min(oldest, at)
			}
			assert.LessOrEqual(t, newest, oldest, "the longest due first")
			assert.Equal(t, w.Clock.Now()-oldest, done.Lag)
		}
		assert.Less(t, least, due/3, "more is due than a run can check")
		assert.Greater(t, least, due/6)
		for id, run := range last {
			assert.GreaterOrEqual(t, run, runs-due/least-1, id)
		}
	})
}

// TestSweepOrder: the rooms of all shards are checked in the order of since when they are due, whatever page and shard they
// are on.
func TestSweepOrder(t *testing.T) {
	w := newWorld(t)
	want := w.openMany(900, func(i int) chat.Millis { return w.Clock.Now() + chat.Millis(i) })
	w.Clock.Advance(2 * tenMinutes)
	watched := &watchedRooms{Store: w.Store}
	w.Service.Store = watched
	w.sweep()
	assert.True(t, slices.Equal(want, watched.read))
}

// brokenShard is a store that cannot list the due rooms of one shard.
type brokenShard struct {
	chat.Store
	shard int
}

func (s brokenShard) DueRooms(ctx context.Context, shard int, after chat.Due, now chat.Millis, limit int) ([]chat.Due, error) {
	if shard == s.shard {
		return nil, errDown
	}
	return s.Store.DueRooms(ctx, shard, after, now, limit)
}

// TestSweepOfABrokenShard: a shard that cannot be listed keeps no other waiting.
func TestSweepOfABrokenShard(t *testing.T) {
	w := newWorld(t)
	const many = 900
	w.openMany(many, func(int) chat.Millis { return w.Clock.Now() })
	w.Clock.Advance(tenMinutes)
	s := *w.Service
	s.Store = brokenShard{w.Store, 2}
	there, err := w.Store.DueRooms(t.Context(), 2, chat.Due{}, w.Clock.Now(), many)
	require.NoError(t, err)
	done, err := s.Sweep(t.Context())
	require.ErrorIs(t, err, errDown)
	assert.Equal(t, many-len(there), done.Checked)
	assert.Equal(t, len(there), w.sweep().Checked, "the next run")
}

// TestSweepShares: rooms that take long keep neither connections nor agents waiting.
func TestSweepShares(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		_, agent, _ := w.ActiveRoom(t)
		expired := w.Agent()
		expired.Until = w.Clock.Now()
		require.NoError(t, w.Service.Connect(t.Context(), expired))
		w.openMany(200, func(int) chat.Millis { return w.Clock.Now() })
		w.Clock.Advance(tenMinutes)
		w.Pusher.Fail(agent.Conn, chat.ErrGone)
		s := w.slowly(4 * time.Second) // so that the rooms take longer than a run
		ctx, cancel := context.WithTimeout(t.Context(), 55*time.Second)
		defer cancel()
		done, err := s.Sweep(ctx)
		require.NoError(t, err)
		assert.Positive(t, done.Lag)
		assert.Empty(t, w.online())
		assert.True(t, w.Pusher.Closed(expired.Conn))
	})
}

// TestEachRunBeginsWithAnotherShard: of rooms that have been due equally long, so that those of no shard are always the last.
func TestEachRunBeginsWithAnotherShard(t *testing.T) {
	first := map[int]bool{}
	for run := range chat.DueShards {
		w := newWorld(t)
		w.Clock.Advance(time.Duration(run) * time.Minute)
		w.openMany(100, func(int) chat.Millis { return w.Clock.Now() })
		w.Clock.Advance(tenMinutes)
		shards := map[chat.RoomID]int{}
		for shard := range chat.DueShards {
			due, err := w.Store.DueRooms(t.Context(), shard, chat.Due{}, w.Clock.Now(), 100)
			require.NoError(t, err)
			for _, d := range due {
				shards[d.Room] = shard
			}
		}
		watched := &watchedRooms{Store: w.Store}
		w.Service.Store = watched
		w.sweep()
		first[shards[watched.read[0]]] = true
	}
	assert.Len(t, first, chat.DueShards)
}
