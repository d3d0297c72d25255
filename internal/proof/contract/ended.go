package contract

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// ended reads the rooms of a span by pages, and checks that each page but the last is full.
func (w *World) ended(t *testing.T, span chat.Span, limit int) []chat.Ending {
	t.Helper()
	var all []chat.Ending
	for before := (chat.Ending{}); ; {
		page, err := w.Store.EndedRooms(t.Context(), span, before, limit)
		require.NoError(t, err)
		require.LessOrEqual(t, len(page), limit)
		all = append(all, page...)
		if len(page) < limit {
			return all
		}
		before = page[limit-1]
	}
}

func testEndedRooms(t *testing.T, w *World) {
	first := chat.Millis(time.Date(2003, 11, 30, 23, 59, 59, 0, time.UTC).UnixMilli()) // where no other test's rooms end
	a, b, c := w.Agent().Who, w.Agent().Who, w.Agent().Who
	var all []chat.Ending // oldest first
	byAgent := map[chat.PersonID][]chat.Ending{}
	for i, room := range []struct {
		after time.Duration
		held  []chat.PersonID
	}{
		{0, []chat.PersonID{a}},
		{999 * time.Millisecond, []chat.PersonID{a, b}},
		{time.Second, nil}, // in the next month
		{time.Second, []chat.PersonID{a}},
		{time.Second, []chat.PersonID{b}},
		{24 * time.Hour, []chat.PersonID{a}},
		{100 * 24 * time.Hour, []chat.PersonID{a}}, // months later
		{500 * 24 * time.Hour, []chat.PersonID{b}}, // and years
	} {
		r := w.openRoom(t, w.Customer(), func(r *chat.Room) { r.Held = room.held })
		end := chat.Ending{At: first.After(room.after), Room: r.ID}
		finish := func(r *chat.Room) { r.Status, r.Reason, r.EndedAt, r.SweepAt = chat.StatusEnded, chat.Idle, end.At, 0 }
		if i%2 == 0 {
			w.changed(t, r, finish)
		} else { // as rooms end: with a message
			after := clone(r)
			finish(&after)
			after.Seq++
			m := w.message(r, after.Seq, chat.EventEnded)
			ok, err := w.Store.ChangeRoom(t.Context(), r, after, &m)
			require.NoError(t, err)
			require.True(t, ok)
		}
		all = append(all, end)
		for _, who := range room.held {
			byAgent[who] = append(byAgent[who], end)
		}
	}
	w.openRoom(t, w.Customer(), func(r *chat.Room) { r.Held = []chat.PersonID{a} }) // still open
	for _, within := range []struct{ from, to chat.Millis }{
		{first, first.After(500 * 24 * time.Hour)},
		{first - 1, first.After(1000 * 24 * time.Hour)},
		{first, first},
		{first + 1, first.After(time.Second)},
		{first.After(time.Second), first.After(time.Second)},
		{first.After(time.Second) + 1, first.After(24*time.Hour) - 1},
		{first.After(time.Second - time.Millisecond), first.After(100 * 24 * time.Hour)},
		{first - 10, first - 1},
	} {
		for who, theirs := range map[chat.PersonID][]chat.Ending{"": all, a: byAgent[a], b: byAgent[b], c: nil} {
			var want []chat.Ending
			for _, end := range slices.Backward(theirs) {
				if within.from <= end.At && end.At <= within.to {
					want = append(want, end)
				}
			}
			for _, limit := range []int{1, 2, 3, 100} {
				got := w.ended(t, chat.Span{Agent: who, From: within.from, To: within.to}, limit)
				assert.Equal(t, want, got, "of %q, by pages of %d", who, limit)
			}
		}
	}
	span := chat.Span{From: first, To: first.After(time.Hour)}
	got, err := w.Store.EndedRooms(t.Context(), span, chat.Ending{At: first.After(time.Second), Room: "0"}, 100)
	require.NoError(t, err)
	assert.Equal(t, []chat.Ending{all[1], all[0]}, got, "a position without a room is valid")
	got, err = w.Store.EndedRooms(t.Context(), span, chat.Ending{At: first - 5, Room: "0"}, 100)
	require.NoError(t, err)
	assert.Empty(t, got, "before all")
	got, err = w.Store.EndedRooms(t.Context(), span, chat.Ending{At: first.After(9000 * time.Hour), Room: "0"}, 100)
	require.NoError(t, err)
	assert.Len(t, got, 5, "after all")
}
