package chat_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// settling is the service over a store that counts what it returns, where at most 10 places of a room are unsettled.
func (w *world) settling() *meteredStore {
	s := &meteredStore{Store: w.Store}
	w.Service.Store, w.Service.Rules.Unsettled = s, 10
	return s
}

// TestTextsSettleARoomAtItsBound: the text that meets the bound settles what is before it, so that an end reads no more.
func TestTextsSettleARoomAtItsBound(t *testing.T) {
	w := newWorld(t)
	s := w.settling()
	customer, agent, r := w.ActiveRoom(t)
	s.asked = 0
	for no := 1; no <= 50; no++ {
		w.send(customer, r.ID, no, fmt.Sprint(no))
		w.send(agent, r.ID, no, fmt.Sprint(no))
		now := w.room(r.ID)
		assert.LessOrEqual(t, now.Seq-now.Settled, int64(10))
		assert.Equal(t, now.Settled+10, now.Bound)
	}
	assert.Equal(t, 10, s.asked, "one text in ten reads")
	assert.Equal(t, 10, s.most)
	s.asked = 0
	over := w.end(customer, r.ID).Room
	assert.Equal(t, over.Seq, over.Settled)
	assert.LessOrEqual(t, s.asked, 2)
	assert.Equal(t, 10, s.most)
	assert.Zero(t, s.bytes, "of texts")
}

// TestChangesSettleARoomAtItsBound: system messages have no bound, and an agent who takes and releases a room for ever makes
// its end no longer.
func TestChangesSettleARoomAtItsBound(t *testing.T) {
	w := newWorld(t)
	s := w.settling()
	_, agent, r := w.ActiveRoom(t)
	for range 40 {
		w.release(agent, r.ID)
		w.take(agent, r.ID)
		now := w.room(r.ID)
		assert.LessOrEqual(t, now.Seq-now.Settled, int64(10))
	}
	s.most = 0
	w.end(agent, r.ID)
	assert.LessOrEqual(t, s.most, 10)
}

// TestSettlingWaitsForAWriter: a text that is on its way keeps its place for the time of grace, and a room at its bound takes no
// other texts until then. Afterwards its place is void.
func TestSettlingWaitsForAWriter(t *testing.T) {
	w := newWorld(t)
	w.settling()
	customer, agent, r := w.ActiveRoom(t)
	w.numberOnly(customer, r.ID, 1, "on its way")
	late := w.room(r.ID).Seq
	no := 1
	for ; w.room(r.ID).Seq < w.room(r.ID).Bound; no++ {
		w.send(agent, r.ID, no, fmt.Sprint(no))
	}
	w.send(agent, r.ID, no, "what is before the late text is settled")
	assert.Equal(t, late-1, w.room(r.ID).Settled)
	for no++; w.room(r.ID).Seq < w.room(r.ID).Bound; no++ {
		w.send(agent, r.ID, no, fmt.Sprint(no))
	}
	w.unchanged(customer, r.ID, func() {
		_, err := w.Service.Message(t.Context(), agent, r.ID, no, "one more")
		assert.True(t, refused(t, chat.RateLimited, err).Retry())
	})
	w.Clock.Advance(chat.Grace)
	w.send(agent, r.ID, no, "one more")
	assert.Greater(t, w.room(r.ID).Settled, late)
	_, err := w.Service.Message(t.Context(), customer, r.ID, 1, "on its way")
	outOfOrder(t, 2, err)
}

// TestLongRoomOfAnEarlierVersion: a room without a bound has been filled, and its end still reads a few places at a time.
func TestLongRoomOfAnEarlierVersion(t *testing.T) {
	w := newWorld(t)
	customer, agent, before := w.ActiveRoom(t)
	for no := 1; no <= 95; no++ {
		w.send(customer, before.ID, no, fmt.Sprint(no))
	}
	before = w.room(before.ID)
	old := before
	old.Bound = 0
	ok, err := w.Store.ChangeRoom(t.Context(), before, old, nil)
	require.NoError(t, err)
	require.True(t, ok)
	s := w.settling()
	w.send(agent, old.ID, 1, "it takes texts")
	assert.Equal(t, int64(0), w.room(old.ID).Bound)
	over := w.end(agent, old.ID).Room
	assert.Equal(t, chat.StatusEnded, over.Status)
	assert.Equal(t, over.Seq, over.Settled)
	assert.Equal(t, 10, s.most)
}

// TestSettlingWhileTheStoreFails: a text into a room at its bound fails as any other, and is stored when it is repeated.
func TestSettlingWhileTheStoreFails(t *testing.T) {
	for _, call := range []string{"MessagesWithoutText", "SetSettled"} {
		w := newWorld(t)
		w.settling()
		customer, _, r := w.ActiveRoom(t)
		no := 1
		for ; w.room(r.ID).Seq < w.room(r.ID).Bound; no++ {
			w.send(customer, r.ID, no, fmt.Sprint(no))
		}
		_, err := w.failing(call).Message(t.Context(), customer, r.ID, no, "one more")
		require.ErrorIs(t, err, errDown, call)
		_, err = w.failing(call).End(t.Context(), customer, r.ID)
		require.ErrorIs(t, err, errDown, call)
		assert.NotZero(t, w.send(customer, r.ID, no, "one more").Seq)
	}
}

// TestSettlingSideBySide: whoever settles less than another in the meantime goes on from there.
func TestSettlingSideBySide(t *testing.T) {
	w := newWorld(t)
	w.settling()
	customer, agent, r := w.ActiveRoom(t)
	no := 1
	for ; w.room(r.ID).Seq < w.room(r.ID).Bound; no++ {
		w.send(customer, r.ID, no, fmt.Sprint(no))
	}
	_, err := w.meanwhile("SetSettled", func() { w.send(agent, r.ID, 1, "a text at the same time") }).Message(context.Background(), customer, r.ID, no, "one more")
	require.NoError(t, err)
	assert.LessOrEqual(t, w.room(r.ID).Seq, w.room(r.ID).Bound)
	assert.NotContains(t, w.history(customer), "void")
}
