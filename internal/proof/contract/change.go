package contract

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func testChangeRoom(t *testing.T, w *World) {
	ctx := t.Context()
	before := w.openRoom(t, w.Customer(), nil)
	after := clone(before)
	assign(&after, w.Agent())
	after.Seq, after.Rev = 2, 99
	m := w.message(after, 2, chat.EventTaken)
	ok, err := w.Store.ChangeRoom(ctx, before, after, &m)
	require.NoError(t, err)
	assert.True(t, ok)
	after.Rev = before.Rev + 1
	w.assertStored(t, after, "the rev is raised by one, whatever the room says")
	got, err := w.Store.Messages(ctx, m.Customer, m.Room, 2, 2)
	require.NoError(t, err)
	assert.Equal(t, []chat.Message{m}, got)

	next := clone(after)
	next.SweepAt++
	ok, err = w.Store.ChangeRoom(ctx, after, next, nil)
	require.NoError(t, err)
	assert.True(t, ok, "a change needs no message")
	next.Rev = after.Rev + 1
	w.assertStored(t, next)
}

func testChangeRoomRefused(t *testing.T, w *World) {
	ctx := t.Context()
	for _, trial := range []struct {
		name  string
		given func(before *chat.Room, m **chat.Message)
	}{
		{"the room has changed", func(before *chat.Room, _ **chat.Message) { before.Rev-- }},
		{"the room has changed, no message", func(before *chat.Room, m **chat.Message) { before.Rev--; *m = nil }},
		{"the room has an older rev", func(before *chat.Room, _ **chat.Message) { before.Rev++ }},
		{"the place is not free", func(_ *chat.Room, m **chat.Message) { (*m).Seq = 1 }},
		{"there is no such room", func(before *chat.Room, _ **chat.Message) {
			before.ID = w.IDs.NewRoomID(w.Clock.Now(), before.ID)
		}},
		{"there is no room, as it was read", func(before *chat.Room, _ **chat.Message) {
			before.ID, before.Rev = w.IDs.NewRoomID(w.Clock.Now(), before.ID), 0
		}},
	} {
		t.Run(trial.name, func(t *testing.T) {
			r := w.openRoom(t, w.Customer(), func(r *chat.Room) { r.Topic = "as it was" })
			before, m := clone(r), new(chat.Message)
			*m = w.message(r, 2, chat.EventTaken)
			trial.given(&before, &m)
			after := clone(before)
			after.Topic, after.Seq = "changed", 2
			if m != nil {
				m.Room = after.ID
			}
			ok, err := w.Store.ChangeRoom(ctx, before, after, m)
			require.NoError(t, err)
			assert.False(t, ok)
			w.assertStored(t, r)
			if before.ID != r.ID {
				got, err := w.Store.Room(ctx, before.ID)
				require.NoError(t, err)
				assert.Zero(t, got, "a change creates no room")
			}
			for _, id := range []chat.RoomID{r.ID, before.ID} {
				got, err := w.Store.Messages(ctx, r.Customer.Who, id, 2, 9)
				require.NoError(t, err)
				assert.Empty(t, got)
			}
		})
	}
}

func testEveryField(t *testing.T, w *World) {
	ctx := t.Context()
	c, a := w.Customer(), w.Agent()
	empty := w.openRoom(t, c, func(r *chat.Room) {
		*r = chat.Room{ID: r.ID, Rev: r.Rev, Status: chat.StatusWaiting, Created: r.Created, SweepAt: r.SweepAt, Customer: chat.Member{Who: c.Who}}
	})
	w.assertStored(t, empty, "what is empty comes back empty")

	full := chat.Room{
		ID: empty.ID, Rev: empty.Rev, Status: chat.StatusEnded, Seq: 1 << 40, Settled: 7, Bound: 1 << 40, Created: 1, Topic: "주제", Network: "9aZ_", Preview: "e\u0301 👩‍👩‍👧 \t\n<&>",
		TakenAt: 2, Waited: 9, AskedAt: 8, Warned: chat.Warning{Seq: 6, At: 7}, Kept: 9, Left: true, SweepAt: 3, EndedAt: 4, Reason: chat.Idle, Held: []chat.PersonID{"a_1", a.Who},
		Rating: chat.Rating{Score: 5, Comment: "고마워요 🙏"}, Ratings: 2, Counted: true,
		Customer: chat.Member{Who: c.Who, Name: "손님", No: 1, Next: 2, NoSeq: 3, NoAt: 4, Digest: "d-_", BurstAt: 8, Read: 5,
			Seat: chat.Seat{Conn: "c=", At: 1_767_225_600_000_123_457, Prev: "p", Gone: 6, Lost: true}},
		Agent: chat.Member{Who: a.Who, Name: "상담원", No: 11, Next: 13, NoSeq: 14, NoAt: 15, Digest: "e", BurstAt: 18, Read: 16,
			Seat: chat.Seat{Conn: "a=", At: 1_767_225_600_000_123_459, Prev: "q", Gone: 17, Lost: true}},
	}
	requireFull(t, reflect.ValueOf(full), "Room")
	full.Left = false                            // only a waiting room is left: testLeft
	for _, r := range []chat.Room{full, empty} { // and nothing of the room before is left
		before, err := w.Store.Room(ctx, r.ID)
		require.NoError(t, err)
		ok, err := w.Store.ChangeRoom(ctx, before, r, nil)
		require.NoError(t, err)
		require.True(t, ok)
		r.Rev = before.Rev + 1
		w.assertStored(t, r)
	}

	m := chat.Message{
		Customer: c.Who, Room: empty.ID, Seq: 99, From: chat.Agent, Who: "a_agent", By: "상담원", No: 3, Text: "본문", Event: chat.EventTaken, Holder: a.Who, At: 5, Void: true,
	}
	requireFull(t, reflect.ValueOf(m), "Message")
	_, ok, err := w.Store.PutMessage(ctx, m)
	require.NoError(t, err)
	require.True(t, ok)
	got, err := w.Store.Messages(ctx, c.Who, m.Room, 99, 99)
	require.NoError(t, err)
	assert.Equal(t, []chat.Message{m}, got)
}

// requireFull fails for an empty field, so that a new field must be added to the test.
func requireFull(t *testing.T, v reflect.Value, name string) {
	t.Helper()
	require.False(t, v.IsZero(), "%s is empty in this test", name)
	if v.Kind() != reflect.Struct {
		return
	}
	for i := range v.NumField() {
		requireFull(t, v.Field(i), name+"."+v.Type().Field(i).Name)
	}
}
