package stats_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/memory"
)

// countedCalls counts reads and writes of statistics, by the kind of series.
type countedCalls struct {
	*memory.Store
	mu            sync.Mutex
	reads, writes map[string]int
}

func kind(series string) string {
	name, _, _ := strings.Cut(series, "/")
	return name
}

func (s *countedCalls) Stats(ctx context.Context, series, from, to string) ([]chat.StatsRow, error) {
	s.mu.Lock()
	s.reads[kind(series)]++
	s.mu.Unlock()
	return s.Store.Stats(ctx, series, from, to)
}

func (s *countedCalls) PutStats(ctx context.Context, row chat.StatsRow) (bool, error) {
	s.mu.Lock()
	s.writes[kind(row.Series)]++
	s.mu.Unlock()
	return s.Store.PutStats(ctx, row)
}

func (s *countedCalls) forget() { s.reads, s.writes = map[string]int{}, map[string]int{} }

// TestCountIsLinear: however many chats began in an hour, a run reads the hour once, and adds up only the agents whose chats it counts.
func TestCountIsLinear(t *testing.T) {
	all := generate(rand.New(rand.NewPCG(seed, 21)), 400)
	store := &countedCalls{Store: memory.NewStore()}
	hours, last := map[chat.Millis]bool{}, all[len(all)-1]
	for _, c := range all {
		c.began = all[0].began
		c.room.Created = all[0].room.Created
		hours[c.began] = true
	}
	require.Len(t, hours, 1)
	for _, c := range all[:len(all)-1] {
		c.store(t, store.Store)
	}
	s := newService(t, store)
	store.forget()
	n, err := s.Count(t.Context())
	require.NoError(t, err)
	assert.Equal(t, len(all)-1, n)
	assert.Equal(t, 1, store.reads["chats"])

	last.store(t, store.Store)
	store.forget()
	n, err = s.Count(t.Context())
	require.NoError(t, err)
	assert.Equal(t, 1, n)
	owners := len(last.tally) // everybody, and each agent who held it
	assert.Equal(t, map[string]int{"chats": 1, "hours": owners, "days": owners, "agents": owners - 1}, store.writes)
}

// TestCountSideBySide: the stored data is the same when all calls of a run are under way at once.
func TestCountSideBySide(t *testing.T) {
	all := generate(rand.New(rand.NewPCG(seed, 22)), 300)
	stored := func(each chat.Each) map[string][]byte {
		store := newFlakyStore(never)
		for _, c := range all {
			c.store(t, store.Store)
		}
		s := newService(t, store)
		s.Each = each
		n, err := s.Count(t.Context())
		require.NoError(t, err)
		assert.Equal(t, len(all), n)
		return store.stored(t)
	}
	assert.Equal(t, stored(memory.Each), stored(func(ctx context.Context, n int, do func(context.Context, int)) {
		var calls sync.WaitGroup
		for i := range n {
			calls.Go(func() { do(ctx, i) })
		}
		calls.Wait()
	}))
}
