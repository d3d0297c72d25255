package chat_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// allChats asks for all chats of this world.
func (w *world) allChats() chat.ChatsQuery {
	return chat.ChatsQuery{From: w.Clock.Now().After(-chat.MaxSpan / 2), To: w.Clock.Now()}
}

// chats reads all pages, and checks that each advances.
func (w *world) chats(c chat.Caller, query chat.ChatsQuery) (found []chat.EndedRoom, pages int) {
	w.t.Helper()
	for {
		page, err := w.Service.Chats(w.t.Context(), c, query)
		require.NoError(w.t, err)
		require.LessOrEqual(w.t, len(page.Rooms), chat.MaxPage)
		found = append(found, page.Rooms...)
		pages++
		if page.After == (chat.ChatsCursor{}) {
			return found, pages
		}
		require.NotEqual(w.t, query.After, page.After, "every page gets on")
		query.After = page.After
	}
}

func ids(found []chat.EndedRoom) []chat.RoomID {
	ids := []chat.RoomID{}
	for _, e := range found {
		ids = append(ids, e.Room.ID)
	}
	return ids
}

// passMinute moves the clock on by a minute.
func (w *world) passMinute() { w.Clock.Advance(time.Minute) }

func TestChatsVisibility(t *testing.T) {
	w := newWorld(t)
	admin := w.Admin()
	customer, first, r1 := w.ActiveRoom(t) // transferred: both held it
	receiver := w.onlineAgent()
	w.transfer(first, r1.ID, receiver)
	w.end(customer, r1.ID)
	w.passMinute()
	_, second, r2 := w.ActiveRoom(t)
	w.end(second, r2.ID)
	w.passMinute()
	lone, r3 := w.WaitingRoom(t) // never taken
	w.end(lone, r3.ID)
	w.passMinute()
	w.ActiveRoom(t) // still open

	for name, trial := range map[string]struct {
		who   chat.Caller
		agent chat.PersonID
		want  []chat.RoomID
		code  chat.Code
	}{
		"an admin, of all":              {who: admin, want: []chat.RoomID{r3.ID, r2.ID, r1.ID}},
		"an admin, of one":              {who: admin, agent: first.Who, want: []chat.RoomID{r1.ID}},
		"who held it":                   {who: first, want: []chat.RoomID{r1.ID}},
		"who held it last":              {who: receiver, want: []chat.RoomID{r1.ID}},
		"another, of theirs":            {who: second, want: []chat.RoomID{r2.ID}},
		"their own by name":             {who: second, agent: second.Who, want: []chat.RoomID{r2.ID}},
		"who held none":                 {who: w.onlineAgent(), want: []chat.RoomID{}},
		"not another's":                 {who: first, agent: second.Who, code: chat.Forbidden},
		"not from an older connection":  {who: replacedAgent(w), code: chat.NotCurrent},
		"an admin, of who is not there": {who: admin, agent: "a_nobody", want: []chat.RoomID{}},
	} {
		query := w.allChats()
		query.Agent = trial.agent
		if trial.code != "" {
			_, err := w.Service.Chats(t.Context(), trial.who, query)
			refused(t, trial.code, err)
			continue
		}
		found, _ := w.chats(trial.who, query)
		assert.Equal(t, trial.want, ids(found), name)
	}
	found, _ := w.chats(admin, w.allChats())
	var names []string
	for _, a := range found[2].Agents {
		names = append(names, a.Name)
	}
	assert.ElementsMatch(t, []string{first.Name, receiver.Name}, names, "everybody who held it")
	assert.Empty(t, found[0].Agents)
}

// replacedAgent is an agent on a connection that a newer one has replaced.
func replacedAgent(w *world) chat.Caller {
	a := w.onlineAgent()
	w.joinAgent(w.Reconnect(a))
	return a
}

func TestChatsWithinARange(t *testing.T) {
	w := newWorld(t)
	admin := w.Admin()
	customer, r := w.WaitingRoom(t)
	r = w.end(customer, r.ID).Room
	for _, trial := range []struct {
		from, to chat.Millis
		found    bool
		code     chat.Code
	}{
		{r.EndedAt, r.EndedAt, true, ""},
		{r.EndedAt + 1, r.EndedAt + 5, false, ""},
		{r.EndedAt - 5, r.EndedAt - 1, false, ""},
		{r.EndedAt, r.EndedAt.After(chat.MaxSpan), true, ""},
		{r.EndedAt, r.EndedAt.After(chat.MaxSpan) + 1, false, chat.Invalid},
		{r.EndedAt, r.EndedAt - 1, false, chat.Invalid},
	} {
		page, err := w.Service.Chats(t.Context(), admin, chat.ChatsQuery{From: trial.from, To: trial.to})
		if trial.code != "" {
			refused(t, trial.code, err)
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, trial.found, len(page.Rooms) == 1)
	}
}

func TestChatsByPages(t *testing.T) {
	w := newWorld(t)
	admin, agent := w.Admin(), w.onlineAgent()
	var newest, good, ended []chat.RoomID
	for i := range 200 {
		customer, r := w.WaitingRoom(t)
		who := customer
		if i < 100 {
			w.take(agent, r.ID)
		}
		if i%50 == 3 {
			who = agent
			ended = append([]chat.RoomID{r.ID}, ended...)
			if i > 100 {
				w.take(agent, r.ID)
			}
		}
		w.end(who, r.ID)
		if i%3 != 0 { // every third ends with the one before
			w.passMinute()
		}
		if i%7 == 0 {
			require.NoError(t, w.Service.Rate(t.Context(), customer, r.ID, chat.Rating{Score: 4 + i%2}))
			if i%2 == 1 {
				good = append([]chat.RoomID{r.ID}, good...)
			}
		}
		newest = append([]chat.RoomID{r.ID}, newest...)
	}
	found, pages := w.chats(admin, w.allChats())
	assert.Equal(t, newest, ids(found), "each once, newest first")
	assert.Equal(t, 7, pages, "full ones")
	query := w.allChats()
	query.Score = 5
	found, _ = w.chats(admin, query)
	assert.Equal(t, good, ids(found))
	query = w.allChats()
	query.Reason = chat.AgentEnded
	found, pages = w.chats(admin, query)
	assert.Equal(t, ended, ids(found))
	assert.Equal(t, 3, pages, "a page examines 90 rooms, whatever it finds")
	found, _ = w.chats(agent, query)
	assert.Equal(t, ended, ids(found))
	query.Score = 5
	found, _ = w.chats(agent, query)
	for _, e := range found {
		assert.Equal(t, 5, e.Room.Rating.Score)
	}
}

func TestThirtyChatsAreOnePage(t *testing.T) {
	w := newWorld(t)
	for range chat.MaxPage {
		customer, r := w.WaitingRoom(t)
		w.end(customer, r.ID)
	}
	found, pages := w.chats(w.Admin(), w.allChats())
	assert.Len(t, found, chat.MaxPage)
	assert.LessOrEqual(t, pages, 2, "there may be one more that is empty")
}

func TestChatsTimes(t *testing.T) {
	w := newWorld(t)
	check := func(room chat.RoomID, waited, talked time.Duration) {
		t.Helper()
		r := w.room(room)
		gotWaited, gotTalked := r.Times()
		assert.Equal(t, chat.Millis(waited.Milliseconds()), gotWaited, "waited")
		assert.Equal(t, chat.Millis(talked.Milliseconds()), gotTalked, "talked")
	}
	customer, r := w.WaitingRoom(t)
	agent := w.onlineAgent()
	w.passMinute()
	w.take(agent, r.ID)
	w.passMinute()
	w.release(agent, r.ID)
	w.passMinute()
	w.take(w.onlineAgent(), r.ID)
	w.passMinute()
	w.end(customer, r.ID)
	check(r.ID, time.Minute, 3*time.Minute) // from the first take, whatever came after

	customer, r = w.WaitingRoom(t)
	w.passMinute()
	w.end(customer, r.ID)
	check(r.ID, time.Minute, 0)

	customer, r = w.WaitingRoom(t)
	w.Clock.Advance(-time.Second) // another clock is behind
	w.take(agent, r.ID)
	w.end(customer, r.ID)
	check(r.ID, 0, 0)
}

func TestChatsOfLongWords(t *testing.T) {
	w := newWorld(t)
	for range 12 {
		customer, r := w.WaitingRoom(t)
		w.end(customer, r.ID)
		require.NoError(t, w.Service.Rate(t.Context(), customer, r.ID, chat.Rating{Score: 1, Comment: strings.Repeat("<", chat.MaxComment)}))
		w.passMinute()
	}
	admin := w.Admin()
	found, pages := w.chats(admin, w.allChats())
	assert.Len(t, found, 12)
	assert.Equal(t, 3, pages, "four of 6 KB each fit")
}

// staleRooms is a store whose Rooms returns rooms as they were before their end.
type staleRooms struct{ chat.Store }

func (l staleRooms) Rooms(ctx context.Context, ids []chat.RoomID) ([]chat.Room, error) {
	rooms, err := l.Store.Rooms(ctx, ids[:len(ids)-1]) // and one is missing
	for i := range rooms {
		rooms[i].Status = chat.StatusActive
	}
	return rooms, err
}

func TestChatsOfLaggingReads(t *testing.T) {
	w := newWorld(t)
	for range 2 {
		customer, r := w.WaitingRoom(t)
		w.end(customer, r.ID)
	}
	s := *w.Service
	s.Store = staleRooms{w.Store}
	page, err := s.Chats(t.Context(), w.Admin(), w.allChats())
	require.NoError(t, err)
	assert.Empty(t, page)
}

func TestChatsWhileTheStoreFails(t *testing.T) {
	for _, call := range []string{"Person", "EndedRooms", "Rooms", "Messages"} {
		w := newWorld(t)
		customer, _, r := w.ActiveRoom(t)
		w.end(customer, r.ID)
		query := w.allChats()
		query.Text = "hello"
		page, err := w.failing(call).Chats(t.Context(), w.Admin(), query)
		assert.ErrorIs(t, err, errDown, call)
		assert.Empty(t, page)
	}
	w := newWorld(t)
	_, agent, r := w.ActiveRoom(t)
	receiver := w.onlineAgent()
	w.transfer(agent, r.ID, receiver)
	w.end(receiver, r.ID)
	asked := 0
	_, err := w.withStore(func(call string, applied bool) error {
		if call == "Person" && !applied {
			if asked++; asked == 2 { // the first is the admin themselves
				return errDown
			}
		}
		return nil
	}).Chats(t.Context(), w.Admin(), w.allChats())
	assert.ErrorIs(t, err, errDown)
}

// searchWorld makes chats with known words, oldest first.
func (w *world) searchWorld(texts ...[]string) []chat.RoomID {
	w.t.Helper()
	var rooms []chat.RoomID
	for i, lines := range texts {
		customer := w.Customer()
		customer.Name = fmt.Sprintf("Customer %d", i)
		r := w.join(customer, chat.CustomerJoin{Start: true, Profile: chat.Profile{Topic: fmt.Sprintf("Topic %d", i)}}).View.Room
		for no, text := range lines {
			w.send(customer, r.ID, no+1, text)
		}
		w.end(customer, r.ID)
		rooms = append(rooms, r.ID)
		w.passMinute()
	}
	return rooms
}

func TestChatsWithWords(t *testing.T) {
	w := newWorld(t)
	admin := w.Admin()
	rooms := w.searchWorld(
		[]string{"Where is my BLUE coat?", "I ordered it on Monday."},
		[]string{"어제 주문한 원피스를 환불해 주세요", "네"},
		[]string{"a blue", "dress"},
		[]string{"ΟΔΟΣ", "100% <b>"},
	)
	for text, want := range map[string][]int{
		"":                     {3, 2, 1, 0},
		"  \n":                 {3, 2, 1, 0},
		"blue":                 {2, 0},
		"Blue COAT":            {0},
		"coat monday":          {0}, // in two of its texts
		"monday coat coat":     {0},
		"blue dress":           {2},
		"lue":                  {2, 0},
		"원피스":                  {1},
		"환불 주문":                {1},
		"οδος":                 {3},
		"<B>":                  {3},
		"blue 원피스":             {},
		"topic customer":       {3, 2, 1, 0},
		"topic monday":         {0},
		"1 환불":                 {1},
		"a b c d e f g unseen": {},
	} {
		query := w.allChats()
		query.Text = text
		found, _ := w.chats(admin, query)
		var expected []chat.RoomID
		for _, i := range want {
			expected = append(expected, rooms[i])
		}
		assert.ElementsMatch(t, expected, ids(found), text)
		assert.True(t, slices.IsSortedFunc(found, func(a, b chat.EndedRoom) int { return int(b.Room.EndedAt - a.Room.EndedAt) }), text)
	}
	query := w.allChats()
	query.Text = "a b c d e f g h i"
	_, err := w.Service.Chats(t.Context(), admin, query)
	refused(t, chat.Invalid, err)
}

// TestSearchContinuesWithinARoom: a chat too long for the work of one page is neither skipped nor started again, and
// words found on an earlier page still count.
func TestSearchContinuesWithinARoom(t *testing.T) {
	w := newWorld(t)
	admin := w.Admin()
	long := []string{"needle"}
	for range 450 {
		long = append(long, strings.Repeat("가", chat.MaxText)) // 12 KB
	}
	long = append(long, "thread")
	rooms := w.searchWorld([]string{"needle thread"}, long, []string{"needle and thread"})
	for text, want := range map[string][]chat.RoomID{
		"needle thread": {rooms[2], rooms[1], rooms[0]},
		"thread needle": {rooms[2], rooms[1], rooms[0]},
		"thread":        {rooms[2], rooms[1], rooms[0]},
		"and thread":    {rooms[2]},
	} {
		query := w.allChats()
		query.Text = text
		read := 0
		found, pages := w.chats(admin, query)
		assert.Equal(t, want, ids(found), text)
		assert.Greater(t, pages, 3, text)
		_, err := w.withStore(func(call string, applied bool) error {
			if call == "Messages" && applied {
				read++
			}
			return nil
		}).Chats(t.Context(), admin, query)
		require.NoError(t, err)
		assert.LessOrEqual(t, read, 3, "a page's work is bounded")
	}
}
