package chat_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func TestHistoryVisibility(t *testing.T) {
	type given func(w *world, customer, agent chat.Caller, room chat.RoomID) chat.Caller
	for name, trial := range map[string]struct {
		who  given
		room chat.RoomID // another customer's
		want chat.Code
	}{
		"the holder": {who: func(_ *world, _, agent chat.Caller, _ chat.RoomID) chat.Caller { return agent }},
		"who held it": {who: func(w *world, _, agent chat.Caller, room chat.RoomID) chat.Caller {
			w.transfer(agent, room, w.onlineAgent())
			return agent
		}},
		"who held it to its end": {who: func(w *world, customer, agent chat.Caller, room chat.RoomID) chat.Caller {
			w.end(customer, room)
			return agent
		}},
		"any agent while it waits": {who: func(w *world, _, agent chat.Caller, room chat.RoomID) chat.Caller {
			w.release(agent, room)
			return w.onlineAgent()
		}},
		"an admin": {who: func(w *world, _, _ chat.Caller, _ chat.RoomID) chat.Caller { return w.Admin() }},
		"an admin after its end": {who: func(w *world, _, agent chat.Caller, room chat.RoomID) chat.Caller {
			w.end(agent, room)
			return w.Admin()
		}},
		"no other agent": {
			who:  func(w *world, _, _ chat.Caller, _ chat.RoomID) chat.Caller { return w.onlineAgent() },
			want: chat.NotFound,
		},
		"no other agent after its end": {
			who: func(w *world, _, agent chat.Caller, room chat.RoomID) chat.Caller {
				w.end(agent, room)
				return w.onlineAgent()
			},
			want: chat.NotFound,
		},
		"nobody, no such room": {
			who:  func(w *world, _, _ chat.Caller, _ chat.RoomID) chat.Caller { return w.Admin() },
			room: "no such room", want: chat.NotFound,
		},
		"no older connection": {
			who: func(w *world, _, agent chat.Caller, _ chat.RoomID) chat.Caller {
				w.joinAgent(w.Reconnect(agent))
				return agent
			},
			want: chat.NotCurrent,
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer, agent, r := w.ActiveRoom(t)
			w.send(customer, r.ID, 1, "hello")
			who := trial.who(w, customer, agent, r.ID)
			if trial.room != "" {
				r.ID = trial.room
			}
			page, err := w.Service.History(t.Context(), who, chat.HistoryQuery{Room: r.ID, Limit: chat.MaxPage})
			if trial.want != "" {
				refused(t, trial.want, err)
				assert.Empty(t, page)
				return
			}
			require.NoError(t, err)
			require.GreaterOrEqual(t, len(page.Messages), 3)
			assert.Equal(t, "hello", page.Messages[2].Text)
		})
	}
}

func TestHistoryOfACustomerIsTheirOwn(t *testing.T) {
	w := newWorld(t)
	_, other := w.WaitingRoom(t)
	customer, r := w.WaitingRoom(t)
	page, err := w.Service.History(t.Context(), customer, chat.HistoryQuery{Room: other.ID, Limit: chat.MaxPage})
	require.NoError(t, err)
	require.Len(t, page.Messages, 1)
	assert.Equal(t, r.ID, page.Messages[0].Room, "whatever room the frame names")
	assert.Zero(t, page.Before)

	page, err = w.Service.History(t.Context(), w.Customer(), chat.HistoryQuery{Limit: chat.MaxPage})
	require.NoError(t, err)
	assert.Empty(t, page)
}

// readHistory reads a customer's history back to its start and checks each page.
func (w *world) readHistory(c chat.Caller, limit int) (pages [][]chat.Message, all []string) {
	w.t.Helper()
	for before := (chat.Cursor{}); ; {
		page, err := w.Service.History(w.t.Context(), c, chat.HistoryQuery{Before: before, Limit: limit})
		require.NoError(w.t, err)
		require.NotEmpty(w.t, page.Messages)
		require.LessOrEqual(w.t, len(page.Messages), chat.MaxPage)
		var texts []string
		for _, m := range page.Messages {
			texts = append(texts, m.Text+string(m.Event))
		}
		pages, all = append(pages, page.Messages), append(texts, all...)
		if page.Before == (chat.Cursor{}) {
			return pages, all
		}
		before = page.Before
	}
}

func TestHistoryGoesBackOverRoomsAndVoids(t *testing.T) {
	w := newWorld(t)
	customer := w.Customer()
	var want []string
	var last chat.RoomID
	for i := range 3 {
		r := w.join(customer, chat.CustomerJoin{Start: true, Room: last}).View.Room
		want = append(want, "opened")
		for no := range 25 {
			if no < 4 || no%3 == 0 || i == 1 && no > 15 {
				w.voidPlace(customer, r.ID, no+1)
				continue
			}
			text := fmt.Sprintf("room %d text %d", i, no)
			w.send(customer, r.ID, no+1, text)
			want = append(want, text)
		}
		w.end(customer, r.ID)
		want = append(want, "ended")
		last = r.ID
	}
	for _, limit := range []int{1, 2, 7, chat.MaxPage} {
		pages, got := w.readHistory(customer, limit)
		assert.Equal(t, want, got, "limit %d", limit)
		for _, page := range pages[:len(pages)-1] {
			assert.Len(t, page, limit)
		}
	}
}

func TestHistoryEndsWhereOnlyVoidsAreLeft(t *testing.T) {
	w := newWorld(t)
	customer, r := w.WaitingRoom(t)
	for no := range 40 {
		w.voidPlace(customer, r.ID, no+1)
	}
	w.send(customer, r.ID, 41, "hello")
	pages, all := w.readHistory(customer, 1)
	assert.Equal(t, []string{"opened", "hello"}, all)
	assert.Len(t, pages, 2, "no page is empty")
}

// TestHistoryThroughManyVoids: a page does bounded work, whatever it asks for; the next one goes on.
func TestHistoryThroughManyVoids(t *testing.T) {
	w := newWorld(t)
	customer, r := w.WaitingRoom(t)
	const voids = 600
	for no := range voids {
		w.voidPlace(customer, r.ID, no+1)
	}
	w.send(customer, r.ID, voids+1, "hello")
	for _, limit := range []int{1, chat.MaxPage} {
		var texts []string
		var before chat.Cursor
		pages := 0
		for more := true; more; pages++ {
			reads := 0
			page, err := w.withStore(func(call string, applied bool) error {
				if call == "MessagesBefore" && applied {
					reads++
				}
				return nil
			}).History(t.Context(), customer, chat.HistoryQuery{Limit: limit, Before: before})
			require.NoError(t, err)
			assert.LessOrEqual(t, reads, 8)
			for _, m := range page.Messages {
				texts = append(texts, m.Text+string(m.Event))
			}
			before = page.Before
			more = before != chat.Cursor{}
		}
		assert.Equal(t, []string{"hello", "opened"}, texts, "limit %d", limit)
		assert.LessOrEqual(t, pages, 5, "limit %d", limit)
	}
}

func TestHistoryLimits(t *testing.T) {
	w := newWorld(t)
	customer, r := w.WaitingRoom(t)
	for no := range 40 {
		w.send(customer, r.ID, no+1, "hello")
	}
	for limit, want := range map[int]int{-1: 1, 0: 1, 1: 1, 30: 30, 31: 30, 1 << 30: 30} {
		page, err := w.Service.History(t.Context(), customer, chat.HistoryQuery{Limit: limit})
		require.NoError(t, err)
		assert.Len(t, page.Messages, want, "limit %d", limit)
		assert.Equal(t, chat.Cursor{Room: r.ID, Seq: page.Messages[0].Seq}, page.Before)
	}
}

func TestHistoryPageOfBytes(t *testing.T) {
	for _, c := range []string{"x", "가", "<"} {
		w := newWorld(t)
		customer, r := w.WaitingRoom(t)
		for no := range 12 {
			w.send(customer, r.ID, no+1, strings.Repeat(c, chat.MaxText))
		}
		pages, all := w.readHistory(customer, chat.MaxPage)
		assert.Len(t, all, 13)
		for _, page := range pages {
			assert.LessOrEqual(t, jsonSize(t, page), chat.MaxPageBytes)
		}
	}
}

func TestHistoryWhileTheStoreFails(t *testing.T) {
	for _, call := range []string{"Person", "Room", "MessagesBefore"} {
		w := newWorld(t)
		_, agent, r := w.ActiveRoom(t)
		_, err := w.failing(call).History(t.Context(), agent, chat.HistoryQuery{Room: r.ID})
		assert.ErrorIs(t, err, errDown, call)
	}
}
