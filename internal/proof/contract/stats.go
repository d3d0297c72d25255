package contract

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/memory"
)

// uncounted lists which of the rooms are not counted, read by pages.
func (w *World) uncounted(t *testing.T, limit int, of ...chat.RoomID) []chat.RoomID {
	t.Helper()
	var found []chat.RoomID
	for after := slices.Min(of)[:memory.TimeDigits]; ; {
		page, err := w.Store.UncountedRooms(t.Context(), after, limit)
		require.NoError(t, err)
		require.LessOrEqual(t, len(page), limit)
		for _, id := range page {
			require.Greater(t, id, after, "by age")
			after = id
			if slices.Contains(of, id) {
				found = append(found, id)
			}
		}
		if len(page) < limit {
			return found
		}
	}
}

func testUncountedRooms(t *testing.T, w *World) {
	var ids []chat.RoomID
	for range 5 {
		ids = append(ids, w.openRoom(t, w.Customer(), nil).ID)
	}
	end := func(id chat.RoomID, m bool) {
		r, err := w.Store.Room(t.Context(), id)
		require.NoError(t, err)
		after := clone(r)
		end(&after)
		var message *chat.Message
		if m {
			after.Seq++
			last := w.message(r, after.Seq, chat.EventEnded)
			message = &last
		}
		ok, err := w.Store.ChangeRoom(t.Context(), r, after, message)
		require.NoError(t, err)
		require.True(t, ok)
	}
	assert.Empty(t, w.uncounted(t, 100, ids...), "open rooms are not")
	end(ids[3], true)
	end(ids[0], false)
	end(ids[1], true)
	want := []chat.RoomID{ids[0], ids[1], ids[3]}
	for _, limit := range []int{1, 2, 3, 100} {
		assert.Equal(t, want, w.uncounted(t, limit, ids...), "by pages of %d", limit)
	}
	r, err := w.Store.Room(t.Context(), ids[1])
	require.NoError(t, err)
	_, ok, err := w.Store.SetCounted(t.Context(), r.ID, r.Rev)
	require.NoError(t, err)
	require.True(t, ok)
	assert.Equal(t, []chat.RoomID{ids[0], ids[3]}, w.uncounted(t, 100, ids...))
	_, ok, err = w.Store.Rate(t.Context(), r.ID, chat.Caller{Who: r.Customer.Who, Side: chat.Customer, Conn: "x", At: r.Customer.Seat.At}, chat.Rating{Score: 2})
	require.NoError(t, err)
	require.True(t, ok)
	assert.Equal(t, want, w.uncounted(t, 100, ids...), "a rated room is to be counted again")
}

func testSetCounted(t *testing.T, w *World) {
	r := w.openRoom(t, w.Customer(), func(r *chat.Room) { end(r); r.Topic = "kept" })
	for _, rev := range []int64{r.Rev - 1, r.Rev + 1, 0} {
		got, ok, err := w.Store.SetCounted(t.Context(), r.ID, rev)
		require.NoError(t, err)
		assert.False(t, ok, "the room has changed")
		sameRoom(t, r, got, "the room as it was found comes back")
		w.assertStored(t, r)
	}
	want := clone(r)
	want.Counted, want.Rev = true, r.Rev+1
	got, ok, err := w.Store.SetCounted(t.Context(), r.ID, r.Rev)
	require.NoError(t, err)
	assert.True(t, ok)
	sameRoom(t, want, got)
	w.assertStored(t, want)

	none := w.IDs.NewRoomID(w.Clock.Now(), r.ID)
	for _, rev := range []int64{0, 1} {
		_, ok, err = w.Store.SetCounted(t.Context(), none, rev)
		require.NoError(t, err)
		assert.False(t, ok, "there is no such room")
		got, err = w.Store.Room(t.Context(), none)
		require.NoError(t, err)
		assert.Zero(t, got)
	}
}

func testStats(t *testing.T, w *World) {
	series, other := "series/"+w.run, "series/"+w.run+"/other"
	put := func(row chat.StatsRow, want bool) {
		t.Helper()
		ok, err := w.Store.PutStats(t.Context(), row)
		require.NoError(t, err)
		assert.Equal(t, want, ok)
	}
	read := func(series, from, to string) []chat.StatsRow {
		t.Helper()
		rows, err := w.Store.Stats(t.Context(), series, from, to)
		require.NoError(t, err)
		return rows
	}
	assert.Empty(t, read(series, " ", "~"))
	row := func(at string, weight int64, data string) chat.StatsRow {
		return chat.StatsRow{Series: series, At: at, Weight: weight, Data: []byte(data)}
	}
	a, b, c := row("a", 5, "\x00\xff"), row("b", 0, "none yet"), row("c", -1, "light")
	for _, r := range []chat.StatsRow{c, a, b} {
		put(r, true)
	}
	put(chat.StatsRow{Series: other, At: "b", Weight: 9, Data: []byte("elsewhere")}, true)
	assert.Equal(t, []chat.StatsRow{a, b, c}, read(series, "a", "c"))
	assert.Equal(t, []chat.StatsRow{b}, read(series, "aa", "bb"))
	assert.Equal(t, []chat.StatsRow{b, c}, read(series, "b", "~"))
	assert.Empty(t, read(series, "c", "b"), "a range that ends before it begins")

	put(row("a", 4, "saw less"), false)
	assert.Equal(t, []chat.StatsRow{a}, read(series, "a", "a"))
	same := row("a", 5, "saw the same")
	put(same, true)
	mortal := same
	mortal.Expires = start + 1000
	put(mortal, true)
	assert.Equal(t, []chat.StatsRow{mortal}, read(series, "a", "a"))
	more := row("a", 6, "saw more")
	put(more, true)
	assert.Equal(t, []chat.StatsRow{more, b, c}, read(series, "a", "c"))
	bare := chat.StatsRow{Series: series, At: "a", Weight: 7}
	put(bare, true)
	assert.Equal(t, []chat.StatsRow{bare}, read(series, "a", "a"), "nothing of the row before is left")
}

func testManyStats(t *testing.T, w *World) {
	series, data := "many/"+w.run, bytes.Repeat([]byte{7}, 60_000)
	var want []string
	for i := range 25 {
		at := fmt.Sprintf("%02d", i)
		want = append(want, at)
		ok, err := w.Store.PutStats(t.Context(), chat.StatsRow{Series: series, At: at, Weight: 1, Data: data})
		require.NoError(t, err)
		require.True(t, ok)
	}
	rows, err := w.Store.Stats(t.Context(), series, "00", "99")
	require.NoError(t, err)
	var got []string
	for _, row := range rows {
		got = append(got, row.At)
		assert.Equal(t, data, row.Data)
	}
	assert.Equal(t, want, got)
}
