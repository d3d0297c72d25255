package contract

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func testOpenRoom(t *testing.T, w *World) {
	ctx := t.Context()
	c := w.Customer()
	p := w.seat(t, c)
	var last chat.RoomID
	for range 2 { // the first room, and the next
		r := w.newRoom(c, last)
		r.Topic = "배송 🚚"
		m := w.message(r, 1, chat.EventOpened)
		ok, err := w.Store.OpenRoom(ctx, r, m, chat.Start{Last: last})
		require.NoError(t, err)
		assert.True(t, ok)
		w.assertStored(t, r)
		got, err := w.Store.Messages(ctx, c.Who, r.ID, 1, 1)
		require.NoError(t, err)
		assert.Equal(t, []chat.Message{m}, got)
		p.Room, p.Chats = r.ID, p.Chats+1
		w.storedPerson(t, p, "the room is their last one, one more is counted, and nothing else changes")
		last = r.ID
	}
}

func testOpenRoomRefused(t *testing.T, w *World) {
	ctx := t.Context()
	for _, trial := range []struct {
		name  string
		given func(c chat.Caller) chat.RoomID // returns what the caller believes is the last room
	}{
		{"there is a room meanwhile", func(c chat.Caller) chat.RoomID {
			w.openRoom(t, c, nil)
			return ""
		}},
		{"there is another room meanwhile", func(c chat.Caller) chat.RoomID {
			r := w.openRoom(t, c, end)
			w.openRoom(t, c, end)
			return r.ID
		}},
		{"there is none", func(chat.Caller) chat.RoomID {
			return w.IDs.NewRoomID(w.Clock.Now(), "")
		}},
		{"a newer connection is seated", func(c chat.Caller) chat.RoomID {
			w.seat(t, w.Reconnect(c))
			return ""
		}},
	} {
		t.Run(trial.name, func(t *testing.T) {
			c := w.Customer()
			w.seat(t, c)
			last := trial.given(c)
			before, err := w.Store.Person(ctx, c.Who)
			require.NoError(t, err)
			r := w.newRoom(c, before.Room)
			ok, err := w.Store.OpenRoom(ctx, r, w.message(r, 1, chat.EventOpened), chat.Start{Last: last, Profile: chat.Profile{Name: "x"}})
			require.NoError(t, err)
			assert.False(t, ok)
			w.storedPerson(t, before)
			got, err := w.Store.Room(ctx, r.ID)
			require.NoError(t, err)
			assert.Zero(t, got)
			messages, err := w.Store.Messages(ctx, c.Who, r.ID, 1, 9)
			require.NoError(t, err)
			assert.Empty(t, messages)
		})
	}
	t.Run("not by an older one", func(t *testing.T) {
		old := w.Customer()
		w.seat(t, old)
		w.openRoom(t, w.Reconnect(old), nil)
	})
}

// testOpenRoomCollides opens a room whose id or first place is already used. Ids do not collide, but a repeated call
// must not do its work twice.
func testOpenRoomCollides(t *testing.T, w *World) {
	ctx := t.Context()
	for name, given := range map[string]func(r chat.Room){
		"the room is there": func(r chat.Room) {
			other := w.Customer()
			w.seat(t, other)
			taken := w.newRoom(other, "")
			taken.ID = r.ID
			ok, err := w.Store.OpenRoom(ctx, taken, w.message(taken, 1, chat.EventOpened), chat.Start{})
			require.NoError(t, err)
			require.True(t, ok)
		},
		"its first place is taken": func(r chat.Room) {
			_, ok, err := w.Store.PutMessage(ctx, w.message(r, 1, chat.EventEnded))
			require.NoError(t, err)
			require.True(t, ok)
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := w.Customer()
			p := w.seat(t, c)
			r := w.newRoom(c, "")
			given(r)
			room, err := w.Store.Room(ctx, r.ID)
			require.NoError(t, err)
			messages, err := w.Store.Messages(ctx, c.Who, r.ID, 1, 9)
			require.NoError(t, err)
			ok, err := w.Store.OpenRoom(ctx, r, w.message(r, 1, chat.EventOpened), chat.Start{})
			require.NoError(t, err)
			assert.False(t, ok)
			w.storedPerson(t, p)
			got, err := w.Store.Room(ctx, r.ID)
			require.NoError(t, err)
			assert.Equal(t, room, got)
			after, err := w.Store.Messages(ctx, c.Who, r.ID, 1, 9)
			require.NoError(t, err)
			assert.Equal(t, messages, after)
		})
	}
}

// testOpenRoomBursts opens a customer's rooms at times that are or are not long enough after the burst before.
func testOpenRoomBursts(t *testing.T, w *World) {
	ctx := t.Context()
	c := w.Customer()
	want := w.seat(t, c)
	var last chat.RoomID
	for _, step := range []struct {
		at, previous, starts chat.Millis // when it opens, what it requires, and the burst's beginning afterwards
		refused              bool
		name                 string
	}{
		{at: 10, starts: 0, name: "within a burst whose beginning nobody noted"},
		{at: 20, previous: 15, starts: 20, name: "the first burst"},
		{at: 30, starts: 20, name: "within it"},
		{at: 40, previous: 19, starts: 20, refused: true, name: "the burst began just now"},
		{at: 41, previous: 20, starts: 41, name: "the burst began long enough ago"},
		{at: 42, previous: 20, starts: 41, refused: true, name: "a burst began meanwhile"},
	} {
		r := w.newRoom(c, last)
		r.Created = start + step.at
		by := chat.Start{Last: last}
		if step.previous != 0 {
			by.PreviousBurstBy = start + step.previous
		}
		ok, err := w.Store.OpenRoom(ctx, r, w.message(r, 1, chat.EventOpened), by)
		require.NoError(t, err)
		assert.Equal(t, !step.refused, ok, step.name)
		if ok {
			last = r.ID
			want.Room, want.Chats = r.ID, want.Chats+1
		}
		if step.starts != 0 {
			want.StartAt = start + step.starts
		}
		w.storedPerson(t, want, step.name)
	}
}

func testProfile(t *testing.T, w *World) {
	ctx := t.Context()
	c := w.Customer()
	w.seat(t, c)
	var last chat.RoomID
	for before, step := range []struct{ said, kept chat.Profile }{
		{chat.Profile{}, chat.Profile{}},
		{
			chat.Profile{Name: "김", Email: "k@example.com", Topic: "t", Page: chat.Page{URL: "https://shop.example/1", Title: "신발", Lang: "ko"}},
			chat.Profile{Name: "김", Email: "k@example.com", Topic: "t", Page: chat.Page{URL: "https://shop.example/1", Title: "신발", Lang: "ko"}},
		},
		{
			chat.Profile{Email: "new@example.com", Page: chat.Page{URL: "https://shop.example/2", Title: "2", Lang: "en"}},
			chat.Profile{Name: "김", Email: "new@example.com", Topic: "t", Page: chat.Page{URL: "https://shop.example/2", Title: "2", Lang: "en"}},
		},
		{
			chat.Profile{Name: "Lee"},
			chat.Profile{Name: "Lee", Email: "new@example.com", Topic: "t", Page: chat.Page{URL: "https://shop.example/2", Title: "2", Lang: "en"}},
		},
		{
			chat.Profile{},
			chat.Profile{Name: "Lee", Email: "new@example.com", Topic: "t", Page: chat.Page{URL: "https://shop.example/2", Title: "2", Lang: "en"}},
		},
	} {
		r := w.newRoom(c, last)
		ok, err := w.Store.OpenRoom(ctx, r, w.message(r, 1, chat.EventOpened), chat.Start{Last: last, Profile: step.said})
		require.NoError(t, err)
		require.True(t, ok)
		p, err := w.Store.Person(ctx, c.Who)
		require.NoError(t, err)
		assert.Equal(t, step.kept, p.Profile)
		assert.Equal(t, before+1, p.Chats)
		end(&r)
		ok, err = w.Store.ChangeRoom(ctx, chat.Room{ID: r.ID, Rev: 1}, r, nil)
		require.NoError(t, err)
		require.True(t, ok)
		last = r.ID
	}
}
