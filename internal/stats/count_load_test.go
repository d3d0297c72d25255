package stats_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/app"
	"rejoin/internal/chat"
	"rejoin/internal/memory"
	"rejoin/internal/stats"
)

// slowStore is a store whose calls take so long, in the time of a synctest, which passes at once.
type slowStore struct {
	*flakyStore
	call    time.Duration
	queries atomic.Int64 // of statistics
}

func (s *slowStore) Room(ctx context.Context, id chat.RoomID) (chat.Room, error) {
	time.Sleep(s.call)
	return s.flakyStore.Room(ctx, id)
}

func (s *slowStore) MessagesWithoutText(ctx context.Context, who chat.PersonID, room chat.RoomID, from, to int64) ([]chat.Message, error) {
	time.Sleep(s.call)
	return s.flakyStore.MessagesWithoutText(ctx, who, room, from, to)
}

func (s *slowStore) PutStats(ctx context.Context, row chat.StatsRow) (bool, error) {
	time.Sleep(s.call)
	return s.flakyStore.PutStats(ctx, row)
}

func (s *slowStore) Stats(ctx context.Context, series, from, to string) ([]chat.StatsRow, error) {
	time.Sleep(s.call)
	s.queries.Add(1)
	return s.flakyStore.Stats(ctx, series, from, to)
}

func (s *slowStore) SetCounted(ctx context.Context, id chat.RoomID, rev int64) (chat.Room, bool, error) {
	time.Sleep(s.call)
	return s.flakyStore.SetCounted(ctx, id, rev)
}

// TestCountWorksSideBySide: with 10 ms a call, 500 chats are counted in at most a tenth of what it takes one after the other.
func TestCountWorksSideBySide(t *testing.T) {
	all := generate(rand.New(rand.NewPCG(seed, 70)), 500)
	took := func(each chat.Each) (took time.Duration) {
		synctest.Test(t, func(t *testing.T) {
			store := &slowStore{flakyStore: newFlakyStore(never), call: 10 * time.Millisecond}
			for _, c := range all {
				c.store(t, store.Store)
			}
			s := newService(t, store)
			s.Each = each
			began := time.Now()
			n, err := s.Count(t.Context())
			took = time.Since(began)
			require.NoError(t, err)
			assert.Equal(t, len(all), n)
		})
		return took
	}
	inTurn, sideBySide := took(memory.Each), took(app.Each)
	t.Logf("%d chats, 10 ms a call: %v one after the other, %v side by side: %.3f", len(all), inTurn, sideBySide, sideBySide.Seconds()/inTurn.Seconds())
	assert.LessOrEqual(t, sideBySide.Seconds()/inTurn.Seconds(), 0.1)
}

// TestLongChatsWaitForTime: a chat that takes longer to read than the run has is left for the next run, and others are counted.
func TestLongChatsWaitForTime(t *testing.T) {
	all := generate(rand.New(rand.NewPCG(seed, 71)), 3)
	store := newFlakyStore(never)
	long := all[0]
	long.room.Seq = chat.MaxPlaces
	for _, c := range all {
		c.store(t, store.Store)
	}
	s := newService(t, noTexts{store})
	ctx, cancel := context.WithDeadline(t.Context(), time.Now().Add(30*time.Second))
	defer cancel()
	n, err := s.Count(ctx)
	require.NoError(t, err)
	assert.Equal(t, 2, n)
	ctx, cancel = context.WithDeadline(t.Context(), time.Now().Add(55*time.Second)) // the function's
	defer cancel()
	n, err = s.Count(ctx)
	require.NoError(t, err)
	assert.Equal(t, 1, n)
}

// TestManyAgentsWithoutFigures: a result asks for at most 120 agents, side by side, and for none who had no chat as late as
// the range begins. So the next results lead to all who have figures, however many there ever were.
func TestManyAgentsWithoutFigures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const hour, agents = 3_600_000, 1000
		store := &slowStore{flakyStore: newFlakyStore(never), call: 10 * time.Millisecond}
		put := func(row chat.StatsRow) {
			ok, err := store.Store.PutStats(t.Context(), row)
			require.NoError(t, err)
			require.True(t, ok)
		}
		figures := counted(t)
		var want []chat.PersonID
		for i := range agents {
			id, latest := fmt.Sprintf("a_%04d", i), began.After(-time.Hour)
			switch i % 4 {
			case 0: // a chat in the range
				latest = began
				want = append(want, chat.PersonID(id))
				put(chat.StatsRow{Series: "hours/" + id, At: fmt.Sprintf("%013d", began), Weight: 1, Data: figures})
			case 1: // none in the range, and one after it
				latest = began.After(100 * time.Hour)
			}
			put(chat.StatsRow{Series: "agents", At: id, Weight: int64(latest), Data: []byte("name")})
		}
		s := newService(t, store)
		s.Each = app.Each
		var got []chat.PersonID
		query := stats.Query{From: began, To: began + hour, By: stats.ByAgent, Zone: time.UTC}
		for pages := 0; pages == 0 || query.After != ""; pages++ {
			store.queries.Store(0)
			at := time.Now()
			result, err := s.Query(t.Context(), admin, query)
			require.NoError(t, err)
			assert.LessOrEqual(t, store.queries.Load(), int64(120+2))
			assert.LessOrEqual(t, time.Since(at), 120*time.Millisecond)
			for _, row := range result.Rows {
				got = append(got, row.Agent.ID)
			}
			query.After = result.After
			require.Less(t, pages, 10)
		}
		assert.Equal(t, want, got)
	})
}

// counted is the row of an hour in which one chat began.
func counted(t *testing.T) []byte {
	store := newFlakyStore(never)
	generate(rand.New(rand.NewPCG(seed, 72)), 1)[0].store(t, store.Store)
	_, err := newService(t, store).Count(t.Context())
	require.NoError(t, err)
	rows, err := store.Store.Stats(t.Context(), "hours/all", " ", "~")
	require.NoError(t, err)
	require.Len(t, rows, 1)
	return rows[0].Data
}
