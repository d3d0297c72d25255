package stats_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/memory"
	"rejoin/internal/stats"
)

// queueStore counts what is read of the queue, and lets something happen before the whole of it is read.
type queueStore struct {
	*memory.Store
	listed, rooms, counts, puts int
	beforeCount                 func()
}

func (s *queueStore) Queue(ctx context.Context, list chat.List, after, before chat.RoomID, limit int) ([]chat.RoomID, error) {
	if limit == 0 {
		s.counts++
		if s.beforeCount != nil {
			s.beforeCount()
		}
	}
	ids, err := s.Store.Queue(ctx, list, after, before, limit)
	s.listed += len(ids)
	return ids, err
}

func (s *queueStore) Rooms(ctx context.Context, ids []chat.RoomID) ([]chat.Room, error) {
	s.rooms += len(ids)
	return s.Store.Rooms(ctx, ids)
}

func (s *queueStore) PutStats(ctx context.Context, row chat.StatsRow) (bool, error) {
	s.puts++
	return s.Store.PutStats(ctx, row)
}

// queueWorld is a queue, and the statistics of it.
type queueWorld struct {
	t     *testing.T
	store *queueStore
	clock *memory.Clock
	ids   *memory.IDs
	queue []chat.Room
	taken chat.Room // the last one
	*stats.Service
}

func newQueueWorld(t *testing.T) *queueWorld {
	w := &queueWorld{t: t, store: &queueStore{Store: memory.NewStore()}, clock: memory.NewClock(began), ids: memory.NewIDs()}
	w.Service = &stats.Service{Store: w.store, Clock: w.clock, Each: memory.Each, Zone: time.UTC}
	return w
}

// join puts n customers into the queue, each of whom is present.
func (w *queueWorld) join(n int) {
	w.t.Helper()
	for range n {
		id := w.ids.NewRoomID(w.clock.Now(), "")
		who := chat.PersonID("c_" + id)
		r := chat.Room{
			ID: id, Rev: 1, Status: chat.StatusWaiting, Seq: 1, Created: w.clock.Now(), SweepAt: 1,
			Customer: chat.Member{Who: who, Seat: chat.Seat{Conn: chat.ConnectionID(id), At: 1}, Next: 1},
		}
		ok, err := w.store.OpenRoom(w.t.Context(), r, chat.Message{Customer: who, Room: id, Seq: 1}, chat.Start{})
		require.NoError(w.t, err)
		require.True(w.t, ok)
		w.queue = append(w.queue, r)
	}
}

// leave marks the nth customer as gone, nth = 1 for the next.
func (w *queueWorld) leave(nth int) {
	w.t.Helper()
	r := w.queue[nth-1]
	found, ok, err := w.store.UnseatInRoom(w.t.Context(), r.ID, chat.Customer, r.Customer.Seat.Conn, w.clock.Now())
	require.NoError(w.t, err)
	require.True(w.t, ok)
	w.queue[nth-1] = found
}

// take takes the next n customers out of the queue.
func (w *queueWorld) take(n int) {
	w.t.Helper()
	for _, r := range w.queue[:n] {
		w.taken = w.change(r, chat.StatusActive)
	}
	w.queue = w.queue[n:]
}

// giveBack returns the one who was taken last to their place, which is the head.
func (w *queueWorld) giveBack() {
	w.t.Helper()
	w.queue = append([]chat.Room{w.change(w.taken, chat.StatusWaiting)}, w.queue...)
}

func (w *queueWorld) change(r chat.Room, to chat.Status) chat.Room {
	w.t.Helper()
	after := r
	after.Status = to
	ok, err := w.store.ChangeRoom(w.t.Context(), r, after, nil)
	require.NoError(w.t, err)
	require.True(w.t, ok)
	after.Rev = r.Rev + 1
	return after
}

// position is that of the nth who waits.
func (w *queueWorld) position(nth int) int {
	w.t.Helper()
	at, err := w.Position(w.t.Context(), w.queue[nth-1].ID)
	require.NoError(w.t, err)
	return at
}

func (w *queueWorld) sample() {
	w.t.Helper()
	seen, err := w.Sample(w.t.Context())
	require.NoError(w.t, err)
	assert.Equal(w.t, len(w.queue), seen.Waiting)
}

// forget starts to count what is read.
func (w *queueWorld) forget() {
	s := w.store
	s.listed, s.rooms, s.counts, s.puts = 0, 0, 0, 0
}

// TestPositionsInQueues of every kind of length: each position is the number of those before it who are there, but
// customers who have left count beyond the oldest, and what is read does not grow with the queue.
func TestPositionsInQueues(t *testing.T) {
	random := rand.New(rand.NewPCG(seed, 1))
	for _, n := range []int{1, 2, 49, 50, 51, 99, 100, 149, 150, 151, 250, 5049} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			w := newQueueWorld(t)
			w.join(n)
			gone := map[int]bool{}
			for range min(n, 200) / 3 {
				if nth := 1 + random.IntN(min(n, 200)); !gone[nth] {
					gone[nth] = true
					w.leave(nth)
				}
			}
			w.sample()
			step, want := max(1, n/60), 1
			for nth := 1; nth <= n; nth++ {
				if nth%step == 0 || nth > n-3 {
					w.forget()
					require.Equal(t, want, w.position(nth), "no. %d", nth)
					assert.LessOrEqual(t, w.store.listed, max(50, n/100+1))
					assert.LessOrEqual(t, w.store.rooms, 50)
					assert.Zero(t, w.store.counts)
				}
				if !gone[nth] || nth > chat.MaxQueue {
					want++
				}
			}
		})
	}
}

// TestPositionsOfAMovingQueue: customers join, leave and are taken, and agents return some. A position is wrong by no more
// than what has happened within the age of a snapshot, and right once nothing has.
func TestPositionsOfAMovingQueue(t *testing.T) {
	random := rand.New(rand.NewPCG(seed, 2))
	for range 20 {
		w := newQueueWorld(t)
		var happened []chat.Millis // when something did
		recently := func() (n int) {
			for _, at := range happened {
				if w.clock.Now()-at < 10_000 {
					n++
				}
			}
			return n
		}
		check := func(wrong int) {
			t.Helper()
			nth := 1 + random.IntN(len(w.queue))
			assert.InDelta(t, w.truth(nth), w.position(nth), float64(wrong), "no. %d of %d", nth, len(w.queue))
		}
		w.join(40 + random.IntN(300))
		for range 60 {
			n := 1 + random.IntN(30)
			switch random.IntN(5) {
			case 0, 1:
				w.join(n)
			case 2:
				w.take(min(n, len(w.queue)-1))
			case 3:
				w.take(1)
				w.giveBack()
			case 4:
				n = 1
				if nth := 1 + random.IntN(len(w.queue)); w.queue[nth-1].WaitsPresent() {
					w.leave(nth)
				}
			}
			for range n {
				happened = append(happened, w.clock.Now())
			}
			w.clock.Advance(time.Duration(random.IntN(4000)) * time.Millisecond)
			check(2 * recently())
		}
		w.clock.Advance(10 * time.Second)
		for range 20 {
			check(0)
		}
	}
}

// truth is the position of the nth who waits.
func (w *queueWorld) truth(nth int) int {
	position := 1
	for i, r := range w.queue[:nth-1] {
		if i >= chat.MaxQueue || r.WaitsPresent() {
			position++
		}
	}
	return position
}

// TestShortQueueIsExact: no snapshot is needed, and none is written.
func TestShortQueueIsExact(t *testing.T) {
	w := newQueueWorld(t)
	w.join(49)
	w.sample()
	w.forget()
	assert.Equal(t, 49, w.position(49))
	w.leave(3)
	assert.Equal(t, 48, w.position(49))
	w.take(10)
	assert.Equal(t, 39, w.position(39), "the one who left has gone too")
	w.sample()
	assert.Equal(t, 1, w.store.puts, "the sample of the hour only")
	assert.Equal(t, 1, w.store.counts, "by the sweep")
}

// TestEmptyQueueCostsNothing: the sweep writes no row while nobody waits.
func TestEmptyQueueCostsNothing(t *testing.T) {
	w := newQueueWorld(t)
	w.sample()
	assert.Zero(t, w.store.puts)
	assert.Zero(t, w.store.rooms)
}

// TestQueueIsCountedAgain: by whoever finds it old, or the queue behind it long.
func TestQueueIsCountedAgain(t *testing.T) {
	w := newQueueWorld(t)
	w.join(300)
	assert.Equal(t, 300, w.position(300))
	assert.Equal(t, 1, w.store.counts, "there was no snapshot")

	w.take(120)
	w.clock.Advance(9 * time.Second)
	w.forget()
	assert.Equal(t, 101, w.position(1), "since a mark of the snapshot")
	assert.Equal(t, 300, w.position(180), "as it was counted")
	assert.Zero(t, w.store.counts)
	w.clock.Advance(time.Second)
	assert.Equal(t, 180, w.position(180))
	assert.Equal(t, 179, w.position(179))
	assert.Equal(t, 1, w.store.counts, "once for all")

	w.clock.Advance(time.Second)
	w.join(99)
	w.forget()
	assert.Equal(t, 279, w.position(279))
	assert.Zero(t, w.store.counts)
	w.join(200)
	assert.Equal(t, 479, w.position(479))
	assert.Equal(t, 479, w.position(479))
	assert.Equal(t, 1, w.store.counts, "once for all")

	w.clock.Advance(time.Hour)
	w.take(470)
	w.forget()
	assert.Equal(t, 9, w.position(9), "an old snapshot of rooms that are gone")
}

// TestOnlyOneCounts: who comes while the queue is counted does not count it as well.
func TestOnlyOneCounts(t *testing.T) {
	for name, grow := range map[string]int{"an old snapshot": 0, "many behind it": 150} {
		t.Run(name, func(t *testing.T) {
			w := newQueueWorld(t)
			w.join(300)
			w.sample()
			w.clock.Advance(20 * time.Second)
			w.join(grow)
			w.forget()
			w.store.beforeCount = func() {
				w.store.beforeCount = nil
				assert.Equal(t, 300+grow, w.position(300+grow))
				waiting, err := w.Waiting(t.Context())
				require.NoError(t, err)
				assert.Equal(t, 300+grow, waiting)
			}
			assert.Equal(t, 300+grow, w.position(300+grow))
			assert.Equal(t, 1, w.store.counts)
		})
	}
}

// TestVeryOldSnapshot: it serves nobody, not even those who come while it is counted again.
func TestVeryOldSnapshot(t *testing.T) {
	w := newQueueWorld(t)
	w.join(300)
	w.sample()
	w.clock.Advance(2 * time.Minute)
	w.take(295)
	w.store.beforeCount = func() {
		w.store.beforeCount = nil
		assert.Equal(t, 5, w.position(5))
	}
	assert.Equal(t, 4, w.position(4))
}

// TestUnreadableSnapshot: a snapshot of another version counts as none.
func TestUnreadableSnapshot(t *testing.T) {
	for name, data := range map[string][]byte{"empty": nil, "of a later version": {99, 1, 2}, "cut": {1, 200, 1, 3, 26}} {
		t.Run(name, func(t *testing.T) {
			w := newQueueWorld(t)
			w.join(200)
			_, err := w.store.PutStats(t.Context(), chat.StatsRow{Series: "state", At: "line", Weight: int64(w.clock.Now()), Data: data})
			require.NoError(t, err)
			assert.Equal(t, 200, w.position(200))
			full, err := w.IsFull(t.Context(), 200)
			require.NoError(t, err)
			assert.True(t, full)
		})
	}
}
