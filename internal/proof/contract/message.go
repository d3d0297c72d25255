package contract

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// text is a customer's text at a place.
func text(customer chat.PersonID, room chat.RoomID, seq int64, words string) chat.Message {
	return chat.Message{Customer: customer, Room: room, Seq: seq, From: chat.Customer, Who: customer, By: "n", No: int(seq), Text: words, At: 5}
}

func void(customer chat.PersonID, room chat.RoomID, seq int64) chat.Message {
	return chat.Message{Customer: customer, Room: room, Seq: seq, From: chat.System, At: 5, Void: true}
}

func (w *World) put(t *testing.T, m chat.Message) chat.Message {
	t.Helper()
	got, ok, err := w.Store.PutMessage(t.Context(), m)
	require.NoError(t, err)
	require.True(t, ok)
	assert.Equal(t, m, got)
	return m
}

func testPutMessage(t *testing.T, w *World) {
	ctx := t.Context()
	c, other := w.Customer().Who, w.Customer().Who
	room := w.IDs.NewRoomID(w.Clock.Now(), "")
	for i, words := range []string{
		"안녕하세요 👋🏽", "e\u0301 is not é", "line\nline\ttab", `"quoted" \ <b>&amp;</b>`, "\u202eright to left\u202c", " ",
		strings.Repeat("가", chat.MaxText), strings.Repeat("😀", chat.MaxText),
	} {
		m := w.put(t, text(c, room, int64(i+1), words))
		for _, late := range []chat.Message{m, void(c, room, m.Seq), text(c, room, m.Seq, "another")} {
			got, ok, err := w.Store.PutMessage(ctx, late)
			require.NoError(t, err)
			assert.False(t, ok, "a place is settled once")
			assert.Equal(t, m, got, "what is there comes back")
		}
		got, err := w.Store.Messages(ctx, c, room, m.Seq, m.Seq)
		require.NoError(t, err)
		assert.Equal(t, []chat.Message{m}, got)
	}
	marker := w.put(t, void(c, room, 20))
	got, ok, err := w.Store.PutMessage(ctx, text(c, room, 20, "too late"))
	require.NoError(t, err)
	assert.False(t, ok, "a void marker stays")
	assert.Equal(t, marker, got)

	w.put(t, text(c, w.IDs.NewRoomID(w.Clock.Now(), room), 1, "at the same place of another room"))
	w.put(t, text(other, room, 1, "another customer's too"))
}

func testMessages(t *testing.T, w *World) {
	c := w.Customer().Who
	room := w.IDs.NewRoomID(w.Clock.Now(), "")
	next := w.IDs.NewRoomID(w.Clock.Now(), room)
	all := map[int64]chat.Message{}
	for _, seq := range []int64{12, 2, 9, 10, 11, 1, 100, 4} { // 3, 5…8 and 13…99 stay empty
		all[seq] = w.put(t, text(c, room, seq, fmt.Sprint(seq)))
	}
	all[8] = w.put(t, void(c, room, 8))
	w.put(t, text(c, next, 3, "another room's"))
	w.put(t, text(w.Customer().Who, room, 3, "another customer's"))
	for _, ask := range []struct {
		from, to int64
		want     []int64
	}{
		{1, 1, []int64{1}},
		{1, 4, []int64{1, 2, 4}},
		{2, 4, []int64{2, 4}},
		{3, 3, nil},
		{5, 7, nil},
		{5, 8, []int64{8}},
		{10, 12, []int64{10, 11, 12}},
		{13, 99, nil},
		{99, 1000, []int64{100}},
		{4, 3, nil},
		{101, 200, nil},
	} {
		got, err := w.Store.Messages(t.Context(), c, room, ask.from, ask.to)
		require.NoError(t, err)
		var want []chat.Message
		for _, seq := range ask.want {
			want = append(want, all[seq])
		}
		assert.Equal(t, want, append([]chat.Message(nil), got...), "%d…%d", ask.from, ask.to)
		got, err = w.Store.MessagesWithoutText(t.Context(), c, room, ask.from, ask.to)
		require.NoError(t, err)
		assert.Equal(t, withoutTexts(want), append([]chat.Message(nil), got...), "%d…%d", ask.from, ask.to)
	}
	got, err := w.Store.Messages(t.Context(), c, w.IDs.NewRoomID(w.Clock.Now(), ""), 1, 100)
	require.NoError(t, err)
	assert.Empty(t, got, "a room that holds nothing")
}

// withoutTexts is the messages without their texts.
func withoutTexts(all []chat.Message) []chat.Message {
	bare := slices.Clone(all)
	for i := range bare {
		bare[i].Text = ""
	}
	return bare
}

// testMessagesWithoutText checks that everything of a message but its text comes back.
func testMessagesWithoutText(t *testing.T, w *World) {
	c, agent, room := w.Customer().Who, w.Agent().Who, w.IDs.NewRoomID(w.Clock.Now(), "")
	want := withoutTexts([]chat.Message{
		w.put(t, chat.Message{Customer: c, Room: room, Seq: 1, From: chat.System, By: "n", Event: chat.EventTaken, Holder: agent, At: 5}),
		w.put(t, chat.Message{Customer: c, Room: room, Seq: 2, From: chat.Agent, Who: agent, By: "n", No: 1, Text: "hello", At: 6}),
		w.put(t, text(c, room, 3, "hello")),
		w.put(t, void(c, room, 4)),
	})
	got, err := w.Store.MessagesWithoutText(t.Context(), c, room, 1, 4)
	require.NoError(t, err)
	assert.Equal(t, want, got)
}

func testManyMessages(t *testing.T, w *World) {
	const many = 80 // × 16 KB is more than the megabyte that one Query returns
	c := w.Customer().Who
	room := w.IDs.NewRoomID(w.Clock.Now(), "")
	var want []chat.Message
	for seq := range int64(many) {
		want = append(want, w.put(t, text(c, room, seq+1, strings.Repeat("😀", chat.MaxText))))
	}
	got, err := w.Store.Messages(t.Context(), c, room, 1, many)
	require.NoError(t, err)
	assert.Equal(t, len(want), len(got))
	assert.True(t, slices.Equal(want, got))
	got, err = w.Store.MessagesWithoutText(t.Context(), c, room, 1, many)
	require.NoError(t, err)
	assert.Equal(t, withoutTexts(want), got)
	got, err = w.Store.MessagesBefore(t.Context(), c, chat.Cursor{}, many)
	require.NoError(t, err)
	slices.Reverse(got)
	assert.True(t, slices.Equal(want, got), "%d of %d", len(got), len(want))
}

func testMessagesBefore(t *testing.T, w *World) {
	ctx := t.Context()
	c := w.Customer().Who
	got, err := w.Store.MessagesBefore(ctx, c, chat.Cursor{}, 30)
	require.NoError(t, err)
	assert.Empty(t, got, "no messages yet")

	var past []chat.Message // newest first
	var room chat.RoomID
	for range 3 {
		room = w.IDs.NewRoomID(w.Clock.Now(), room)
		for seq := range int64(12) { // places 10 and up sort after 9
			if seq == 4 {
				past = append(past, w.put(t, void(c, room, seq+1)))
				continue
			}
			past = append(past, w.put(t, text(c, room, seq+1, fmt.Sprint(seq))))
		}
	}
	slices.Reverse(past)
	w.put(t, text(w.Customer().Who, room, 1, "another customer's"))

	for _, limit := range []int{1, 5, 12, 30, 36, 100} {
		var read []chat.Message
		for at := (chat.Cursor{}); ; {
			got, err := w.Store.MessagesBefore(ctx, c, at, limit)
			require.NoError(t, err)
			require.LessOrEqual(t, len(got), limit)
			if len(got) == 0 {
				break
			}
			read = append(read, got...)
			last := got[len(got)-1]
			at = chat.Cursor{Room: last.Room, Seq: last.Seq}
		}
		assert.Equal(t, past, read, "each once, newest first, by pages of %d", limit)
	}
	middle := past[20]
	got, err = w.Store.MessagesBefore(ctx, c, chat.Cursor{Room: middle.Room, Seq: middle.Seq}, 30)
	require.NoError(t, err)
	assert.Equal(t, past[21:], got, "before the cursor, not at it")
	gap := chat.Cursor{Room: middle.Room, Seq: 50} // an empty place is a valid cursor
	got, err = w.Store.MessagesBefore(ctx, c, gap, 2)
	require.NoError(t, err)
	first := slices.IndexFunc(past, func(m chat.Message) bool { return m.Room == middle.Room })
	assert.Equal(t, past[first:first+2], got)
	assert.True(t, slices.IsSortedFunc(past, func(a, b chat.Message) int {
		return cmp.Or(cmp.Compare(b.Room, a.Room), cmp.Compare(b.Seq, a.Seq))
	}))
}
