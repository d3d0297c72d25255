package contract

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func testRooms(t *testing.T, w *World) {
	ctx := t.Context()
	got, err := w.Store.Rooms(ctx, nil)
	require.NoError(t, err)
	assert.Empty(t, got)
	ids := make([]chat.RoomID, 0, 250) // more than one request to the database may read
	var want []chat.Room
	for range cap(ids) {
		if len(ids)%100 == 42 {
			r := w.openRoom(t, w.Customer(), func(r *chat.Room) { r.Topic = fmt.Sprint(len(ids)) })
			want = append(want, r)
			ids = append(ids, r.ID)
			continue
		}
		ids = append(ids, w.IDs.NewRoomID(w.Clock.Now(), ""))
	}
	slices.Reverse(ids)
	slices.Reverse(want)
	got, err = w.Store.Rooms(ctx, ids)
	require.NoError(t, err)
	require.Len(t, got, len(want), "those that exist")
	for i := range want {
		sameRoom(t, want[i], got[i], "in the order of the ids")
	}
}

// queued lists which of these rooms are waiting.
func (w *World) queued(t *testing.T, rooms ...chat.Room) []chat.RoomID {
	t.Helper()
	return w.listed(t, chat.ListWaiting, rooms...)
}

// listed lists which of these rooms are on a list.
func (w *World) listed(t *testing.T, list chat.List, rooms ...chat.Room) []chat.RoomID {
	t.Helper()
	all, err := w.Store.Queue(t.Context(), list, "", "", 0)
	require.NoError(t, err)
	assert.True(t, slices.IsSorted(all), "oldest first")
	return only(all, idsOf(rooms))
}

// due lists which of these rooms are due, and checks that each is in one shard.
func (w *World) due(t *testing.T, now chat.Millis, rooms ...chat.Room) []chat.RoomID {
	t.Helper()
	var found []chat.RoomID
	for shard := range chat.DueShards {
		found = append(found, only(w.dueIn(t, shard, chat.Due{}, now, 1000), idsOf(rooms))...)
	}
	assert.Len(t, slices.Compact(slices.Sorted(slices.Values(found))), len(found), "a room is in one shard")
	return found
}

func only(ids []chat.RoomID, of []chat.RoomID) []chat.RoomID {
	return slices.DeleteFunc(slices.Clone(ids), func(id chat.RoomID) bool { return !slices.Contains(of, id) })
}

func idsOf(rooms []chat.Room) []chat.RoomID {
	ids := make([]chat.RoomID, len(rooms))
	for i, r := range rooms {
		ids[i] = r.ID
	}
	return ids
}

// changed returns a stored room after a change.
func (w *World) changed(t *testing.T, before chat.Room, change func(*chat.Room)) chat.Room {
	t.Helper()
	after := clone(before)
	change(&after)
	ok, err := w.Store.ChangeRoom(t.Context(), before, after, nil)
	require.NoError(t, err)
	require.True(t, ok)
	after.Rev = before.Rev + 1
	return after
}

func testIndexesFollow(t *testing.T, w *World) {
	a, b := w.Agent(), w.Agent()
	r := w.openRoom(t, w.Customer(), nil)
	later := r.SweepAt + 1
	for _, step := range []struct {
		name                 string
		do                   func()
		waits, byA, byB, due bool
	}{
		{"opened", func() {}, true, false, false, true},
		{"taken", func() { r = w.changed(t, r, func(r *chat.Room) { assign(r, a) }) }, false, true, false, true},
		{"transferred", func() { r = w.changed(t, r, func(r *chat.Room) { assign(r, b) }) }, false, false, true, true},
		{"checked", func() { r = w.changed(t, r, func(r *chat.Room) { r.SweepAt = later + 1 }) }, false, false, true, false},
		{"to be swept sooner", func() {
			var err error
			r, _, err = w.Store.SweepSooner(t.Context(), r.ID, later-5)
			require.NoError(t, err)
		}, false, false, true, true},
		{"released", func() {
			r = w.changed(t, r, func(r *chat.Room) { r.Status, r.Agent = chat.StatusWaiting, chat.Member{Next: 1} })
		}, true, false, false, true},
		{"a text was sent", func() {
			var ok bool
			var err error
			r, ok, err = w.Store.Send(t.Context(), chat.Send{
				Room: r.ID, Side: chat.Customer, Who: r.Customer.Who, Conn: "c", At: r.Customer.Seat.At, No: 1, Now: later,
			})
			require.NoError(t, err)
			require.True(t, ok)
		}, true, false, false, true},
		{"ended", func() { r = w.changed(t, r, end) }, false, false, false, false},
	} {
		step.do()
		one := []chat.RoomID{r.ID}
		is := func(in bool, got []chat.RoomID, index string) {
			want := one
			if !in {
				want = []chat.RoomID{}
			}
			assert.ElementsMatch(t, want, got, "%s after it was %s", index, step.name)
		}
		is(step.waits, w.queued(t, r), "queue")
		is(step.byA, w.heldBy(t, a), "held by a")
		is(step.byB, w.heldBy(t, b), "held by b")
		is(step.due, w.due(t, later, r), "due")
	}
	r = w.openRoom(t, w.Customer(), func(r *chat.Room) { assign(r, a) })
	w.changed(t, r, end)
	assert.Empty(t, w.heldBy(t, a), "an ended room is not listed, though it names its agent")
}

func (w *World) heldBy(t *testing.T, a chat.Caller) []chat.RoomID {
	t.Helper()
	ids, err := w.Store.RoomsHeldBy(t.Context(), a.Who)
	require.NoError(t, err)
	return ids
}

func testQueue(t *testing.T, w *World) {
	first := w.openRoom(t, w.Customer(), nil)
	second := w.openRoom(t, w.Customer(), nil)
	third := w.openRoom(t, w.Customer(), nil)
	assert.Equal(t, []chat.RoomID{first.ID, second.ID, third.ID}, w.queued(t, first, second, third))
	first = w.changed(t, first, func(r *chat.Room) { assign(r, w.Agent()) })
	assert.Equal(t, []chat.RoomID{second.ID, third.ID}, w.queued(t, first, second, third))
	w.changed(t, first, func(r *chat.Room) { r.Status, r.Agent = chat.StatusWaiting, chat.Member{Next: 1} })
	assert.Equal(t, []chat.RoomID{first.ID, second.ID, third.ID}, w.queued(t, first, second, third), "back at its old position")
	_, was, err := w.Store.UnseatInRoom(t.Context(), second.ID, chat.Customer, second.Customer.Seat.Conn, 5)
	require.NoError(t, err)
	require.True(t, was)
	assert.Equal(t, []chat.RoomID{first.ID, second.ID, third.ID}, w.queued(t, first, second, third), "a room whose customer disconnects keeps its position")
}

// testLeft: a room that is left is on a list of its own, until it is not left any more. Only a change moves it.
func testLeft(t *testing.T, w *World) {
	first := w.openRoom(t, w.Customer(), nil)
	r := w.openRoom(t, w.Customer(), nil)
	last := w.openRoom(t, w.Customer(), nil)
	for range 2 {
		r = w.changed(t, r, func(r *chat.Room) { r.Kept, r.Left = 5, true })
		w.assertStored(t, r)
		assert.Equal(t, []chat.RoomID{first.ID, last.ID}, w.queued(t, first, r, last))
		assert.Equal(t, []chat.RoomID{r.ID}, w.listed(t, chat.ListLeft, first, r, last))
		var ok bool
		var err error
		r, ok, err = w.Store.Send(t.Context(), chat.Send{
			Room: r.ID, Side: chat.Customer, Who: r.Customer.Who, Conn: "c", At: r.Customer.Seat.At, No: r.Customer.Next, Now: 7,
		})
		require.NoError(t, err)
		require.True(t, ok)
		assert.True(t, r.Left, "a text changes no list")
		assert.Equal(t, []chat.RoomID{r.ID}, w.listed(t, chat.ListLeft, first, r, last))
		r = w.changed(t, r, func(r *chat.Room) { r.Left = false })
		w.assertStored(t, r)
		assert.Equal(t, []chat.RoomID{first.ID, r.ID, last.ID}, w.queued(t, first, r, last), "back at its old position")
		assert.Empty(t, w.listed(t, chat.ListLeft, first, r, last))
	}
	taken := w.changed(t, w.changed(t, r, func(r *chat.Room) { r.Left = true }), func(r *chat.Room) {
		r.Left = false
		assign(r, w.Agent())
	})
	w.assertStored(t, taken, "it stays kept")
	assert.Empty(t, append(w.queued(t, taken), w.listed(t, chat.ListLeft, taken)...))
	ended := w.changed(t, first, func(r *chat.Room) { r.Kept, r.Left = 5, true })
	ended = w.changed(t, ended, func(r *chat.Room) {
		r.Left = false
		end(r)
	})
	w.assertStored(t, ended)
	assert.Empty(t, w.listed(t, chat.ListLeft, ended))
}

// testRelist: a room goes to the other list and back, unless it has changed since.
func testRelist(t *testing.T, w *World) {
	r := w.openRoom(t, w.Customer(), func(r *chat.Room) { r.Kept = 5 })
	for _, left := range []bool{true, false} {
		want := clone(r)
		want.Rev, want.Left, want.SweepAt = r.Rev+1, left, r.SweepAt+1
		got, ok, err := w.Store.Relist(t.Context(), r, left, want.SweepAt)
		require.NoError(t, err)
		require.True(t, ok)
		assert.Equal(t, want, got)
		w.assertStored(t, want)
		list, other := chat.ListOf(want), chat.ListLeft-chat.ListOf(want)
		assert.Equal(t, []chat.RoomID{r.ID}, w.listed(t, list, r))
		assert.Empty(t, w.listed(t, other, r))

		for _, rev := range []int64{r.Rev, want.Rev + 1} {
			read := clone(want)
			read.Rev = rev
			got, ok, err = w.Store.Relist(t.Context(), read, !left, want.SweepAt+1)
			require.NoError(t, err)
			assert.False(t, ok, "the room has another rev")
			assert.Equal(t, want, got)
			w.assertStored(t, want)
		}
		r = want
	}
	none, ok, err := w.Store.Relist(t.Context(), chat.Room{ID: w.IDs.NewRoomID(w.Clock.Now(), r.ID)}, true, 1)
	require.NoError(t, err)
	assert.False(t, ok)
	assert.Zero(t, none, "a room that does not exist")
}

// testPartOfLeft reads parts of the list of rooms that are left.
func testPartOfLeft(t *testing.T, w *World) {
	var ids []chat.RoomID
	for range 5 {
		ids = append(ids, w.openRoom(t, w.Customer(), func(r *chat.Room) { r.Kept, r.Left = 5, true }).ID)
	}
	for _, limit := range []int{0, 1, 2, 1000} {
		assert.Equal(t, ids[1:4], w.pagesOf(t, chat.ListLeft, ids[0], ids[4], limit, ids), "%d at a time", limit)
		assert.Empty(t, w.pagesOf(t, chat.ListWaiting, ids[0], ids[4], limit, ids))
	}
}

// testPartOfQueue reads parts of a queue that is long enough to be on every key that a store may spread it over. Rooms of
// others may wait between those of this test.
func testPartOfQueue(t *testing.T, w *World) {
	var ids []chat.RoomID
	for range 20 {
		ids = append(ids, w.openRoom(t, w.Customer(), nil).ID)
	}
	for name, part := range map[string]struct {
		after, before chat.RoomID
		want          []chat.RoomID
	}{
		"between two":                    {ids[3], ids[17], ids[4:17]},
		"between neighbours":             {ids[3], ids[4], nil},
		"after one":                      {ids[16], "", ids[17:]},
		"after the last":                 {ids[19], "", nil},
		"before one":                     {"", ids[2], ids[:2]},
		"all":                            {"", "", ids},
		"from a room that does not wait": {ids[0] + "~", ids[3], ids[1:3]},
		"from one room to itself":        {ids[3], ids[3], nil},
		"backwards":                      {ids[4], ids[3], nil},
	} {
		limits := []int{0, 1000}
		if part.after != "" && part.before != "" {
			limits = append(limits, 1, 2)
		}
		for _, limit := range limits {
			assert.Equal(t, part.want, w.pagesOf(t, chat.ListWaiting, part.after, part.before, limit, ids), "%s, %d at a time", name, limit)
		}
	}
}

// pagesOf lists which of these rooms are on the list, read by pages; limit 0 reads all at once.
func (w *World) pagesOf(t *testing.T, list chat.List, after, before chat.RoomID, limit int, of []chat.RoomID) (found []chat.RoomID) {
	t.Helper()
	for {
		page, err := w.Store.Queue(t.Context(), list, after, before, limit)
		require.NoError(t, err)
		for _, id := range page {
			require.Greater(t, id, after, "oldest first")
			require.True(t, before == "" || id < before)
			after = id
		}
		found = append(found, only(page, of)...)
		if limit == 0 || len(page) < limit {
			return found
		}
		require.Len(t, page, limit)
	}
}

func testRoomsHeldBy(t *testing.T, w *World) {
	a := w.Agent()
	assert.Empty(t, w.heldBy(t, a))
	var want []chat.RoomID
	for range 20 {
		want = append(want, w.openRoom(t, w.Customer(), func(r *chat.Room) { assign(r, a) }).ID)
		w.openRoom(t, w.Customer(), func(r *chat.Room) { assign(r, w.Agent()) })
	}
	assert.Equal(t, want, w.heldBy(t, a), "oldest first, and no other agent's")
}

// dueIn lists the due rooms of a shard.
func (w *World) dueIn(t *testing.T, shard int, after chat.Due, now chat.Millis, limit int) []chat.RoomID {
	t.Helper()
	due, err := w.Store.DueRooms(t.Context(), shard, after, now, limit)
	require.NoError(t, err)
	return roomsOf(due)
}

func testDueRooms(t *testing.T, w *World) {
	const early = -1000 // before any other room's time, 0 included: tests run side by side on one store
	byShard := map[int][]chat.Due{}
	var rooms []chat.Room
	for i := range 24 {
		at := early - chat.Millis(i/3) // three are due since the same time
		rooms = append(rooms, w.openRoom(t, w.Customer(), func(r *chat.Room) { r.SweepAt = at }))
	}
	assert.Len(t, w.due(t, early, rooms...), 24, "a room whose time has come just now is due")
	assert.Len(t, w.due(t, early-1, rooms...), 21)
	assert.Empty(t, w.due(t, early-8, rooms...))
	for shard := range chat.DueShards {
		all, err := w.Store.DueRooms(t.Context(), shard, chat.Due{}, early, 1000)
		require.NoError(t, err)
		assert.True(t, slices.IsSortedFunc(all, func(a, b chat.Due) int { return cmp.Compare(a.At, b.At) }), "longest due first")
		for _, due := range all {
			i := slices.IndexFunc(rooms, func(r chat.Room) bool { return r.ID == due.Room })
			require.GreaterOrEqual(t, i, 0)
			assert.Equal(t, rooms[i].SweepAt, due.At)
		}
		byShard[shard] = all
	}
	for shard, want := range byShard {
		for limit := 1; limit <= len(want); limit++ {
			var got []chat.Due
			for after, page := (chat.Due{}), want[:1]; len(page) > 0; after = got[len(got)-1] {
				var err error
				page, err = w.Store.DueRooms(t.Context(), shard, after, early, limit)
				require.NoError(t, err)
				assert.LessOrEqual(t, len(page), limit)
				got = append(got, page...)
			}
			assert.Equal(t, want, got, "page by page of %d", limit)
		}
	}
	for shard, all := range byShard { // a page goes on after a room that has left the list
		if len(all) < 2 {
			continue
		}
		first := all[0]
		i := slices.IndexFunc(rooms, func(r chat.Room) bool { return r.ID == first.Room })
		w.changed(t, rooms[i], func(r *chat.Room) { r.SweepAt = early + 1 })
		assert.Equal(t, roomsOf(all[1:]), w.dueIn(t, shard, first, early, 1000))
	}
}

func roomsOf(due []chat.Due) []chat.RoomID {
	ids := make([]chat.RoomID, len(due))
	for i, d := range due {
		ids[i] = d.Room
	}
	return ids
}
