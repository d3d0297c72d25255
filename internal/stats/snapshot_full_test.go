package stats_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// TestIsFull: the queue is counted only where its snapshot is near the limit, or missing.
func TestIsFull(t *testing.T) {
	w := newQueueWorld(t)
	is := func(most int) (full, counted bool) {
		t.Helper()
		w.forget()
		full, err := w.IsFull(t.Context(), most)
		require.NoError(t, err)
		return full, w.store.listed > 0
	}
	w.join(300)
	full, counted := is(301)
	assert.False(t, full)
	assert.True(t, counted, "there is no snapshot")
	w.sample()
	full, counted = is(501)
	assert.False(t, full)
	assert.False(t, counted)
	for most := 299; most < 303; most++ {
		full, _ = is(most)
		assert.Equal(t, most <= 300, full)
	}
	w.take(1)
	w.clock.Advance(time.Second)
	full, _ = is(300)
	assert.False(t, full, "there is a place within a second")
	w.join(1)
	full, _ = is(300)
	assert.True(t, full, "who has joined counts at once")
}

// TestAFloodOfStartsReadsTheQueueOnceASecond: while the queue is full, a start that is refused reads the snapshot and the end of the queue. Each
// once listed all who wait, which is as dear as it is easy to ask for, and the index is the one that agents read.
func TestAFloodOfStartsReadsTheQueueOnceASecond(t *testing.T) {
	w := newQueueWorld(t)
	w.join(2000)
	w.sample()
	for range 3 {
		w.clock.Advance(time.Second)
		w.forget()
		for range 100 {
			full, err := w.IsFull(t.Context(), 2000)
			require.NoError(t, err)
			assert.True(t, full)
		}
		assert.Equal(t, 1, w.store.counts)
		assert.Equal(t, 2000, w.store.listed)
		assert.Equal(t, chat.MaxQueue, w.store.rooms)
	}
	w.take(2000)
	w.clock.Advance(time.Second)
	full, err := w.IsFull(t.Context(), 2000)
	require.NoError(t, err)
	assert.False(t, full, "once they have gone")
}

// TestWaiting counts those who joined since the last count, and those who left once it is old.
func TestWaiting(t *testing.T) {
	w := newQueueWorld(t)
	waiting := func() int {
		t.Helper()
		n, err := w.Waiting(t.Context())
		require.NoError(t, err)
		return n
	}
	assert.Zero(t, waiting())
	w.join(7)
	assert.Equal(t, 7, waiting())
	w.clock.Advance(10 * time.Second)
	assert.Equal(t, 7, waiting(), "counted, and nobody has joined since")
	w.join(400)
	assert.Equal(t, 407, waiting())
	w.clock.Advance(10 * time.Second)
	assert.Equal(t, 407, waiting())
	w.take(200)
	w.join(3)
	assert.Equal(t, 410, waiting())
	w.clock.Advance(10 * time.Second)
	assert.Equal(t, 210, waiting())
}

// TestQueueThatCannotBeRead fails rather than tell a wrong position.
func TestQueueThatCannotBeRead(t *testing.T) {
	w := newQueueWorld(t)
	w.join(200)
	down := true
	broken := newFlakyStore(func() bool { return down })
	broken.Store = w.store.Store
	w.Store = broken
	_, err := w.Position(t.Context(), w.queue[199].ID)
	require.ErrorIs(t, err, errDown)
	_, err = w.IsFull(t.Context(), 200)
	require.ErrorIs(t, err, errDown)
	_, err = w.Waiting(t.Context())
	require.ErrorIs(t, err, errDown)
	down = false
	assert.Equal(t, 200, w.position(200))
}
