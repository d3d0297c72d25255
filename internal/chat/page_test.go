package chat_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// jsonSize is the size of messages as JSON strings, without the rest of a frame.
func jsonSize(t *testing.T, messages []chat.Message) int {
	t.Helper()
	n := 0
	for _, m := range messages {
		text, err := json.Marshal(m.Text)
		require.NoError(t, err)
		n += len(text)
	}
	return n
}

// pages reads a room from its start, page after page, and checks each.
func (w *world) pages(c chat.Caller, room chat.RoomID) (pages [][]chat.Message, void []int64) {
	w.t.Helper()
	for since := int64(0); ; {
		page := w.join(c, chat.CustomerJoin{Room: room, Since: since})
		require.Greater(w.t, page.Through, since, "each page gets on")
		assert.LessOrEqual(w.t, len(page.Messages), chat.MaxPage)
		if len(page.Messages) > 1 {
			assert.LessOrEqual(w.t, jsonSize(w.t, page.Messages), chat.MaxPageBytes)
		}
		assert.Len(w.t, append([]chat.Message{}, page.Messages...), int(page.Through-since)-len(page.Void), "each number is told of")
		pages, void = append(pages, page.Messages), append(void, page.Void...)
		if !page.More {
			assert.Equal(w.t, page.View.Room.Seq, page.Through)
			return pages, void
		}
		since = page.Through
	}
}

func TestPageOfThirty(t *testing.T) {
	w := newWorld(t)
	customer, r := w.WaitingRoom(t)
	for no := range 65 {
		w.send(customer, r.ID, no+1, fmt.Sprint("text ", no+1))
	}
	pages, void := w.pages(customer, r.ID)
	require.Len(t, pages, 3)
	assert.Len(t, pages[0], chat.MaxPage)
	assert.Len(t, pages[1], chat.MaxPage)
	assert.Len(t, pages[2], 6)
	assert.Empty(t, void)
	for i, m := range pages[1] {
		assert.Equal(t, int64(chat.MaxPage+1+i), m.Seq)
		assert.Equal(t, fmt.Sprint("text ", chat.MaxPage+i), m.Text)
	}
}

func TestPageOfBytes(t *testing.T) {
	for name, trial := range map[string]struct {
		text string
		most int // texts on a page
	}{
		"ASCII":              {strings.Repeat("x", chat.MaxText), 6},
		"Korean":             {strings.Repeat("가", chat.MaxText), 2},
		"emoji":              {strings.Repeat("😀", chat.MaxText), 1},
		"escaped as 6 bytes": {strings.Repeat("<", chat.MaxText), 1},
		"escaped as 2 bytes": {"x" + strings.Repeat("\n", chat.MaxText-2) + "x", 3},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer, r := w.WaitingRoom(t)
			for no := range 10 {
				w.send(customer, r.ID, no+1, trial.text)
			}
			pages, _ := w.pages(customer, r.ID)
			n := 0
			for i, page := range pages {
				n += len(page)
				if i > 0 && i < len(pages)-1 {
					assert.Len(t, page, trial.most, "as many as fit")
				}
			}
			assert.Equal(t, 11, n)
			assert.Len(t, pages[0], 1+trial.most)
		})
	}
}

// TestPageHasAtLeastOneMessage: a text larger than what many rooms leave of an agent's frame.
func TestPageHasAtLeastOneMessage(t *testing.T) {
	w := newWorld(t)
	agent := w.onlineAgent()
	var first chat.Room
	for range 12 {
		customer, r := w.WaitingRoom(t)
		w.take(agent, r.ID)
		w.send(customer, r.ID, 1, strings.Repeat("<", chat.MaxText))
		if first.ID == "" {
			first = r
		}
	}
	desk := w.joinAgent(agent, chat.KnownRoom{Room: first.ID, Since: 2})
	require.Len(t, desk.Rooms, 12)
	require.Equal(t, first.ID, desk.Rooms[0].View.Room.ID)
	assert.Len(t, desk.Rooms[0].Messages, 1)
	for _, page := range desk.Rooms[1:] {
		assert.Empty(t, page.Messages)
		assert.True(t, page.More)
		assert.Zero(t, page.Through)
	}
}

func TestPageSkipsVoids(t *testing.T) {
	w := newWorld(t)
	customer, r := w.WaitingRoom(t)
	var want []int64
	for no := range 70 {
		if no%2 == 0 || no > 30 && no < 65 {
			want = append(want, w.voidPlace(customer, r.ID, no+1))
			continue
		}
		w.send(customer, r.ID, no+1, fmt.Sprint("text ", no+1))
	}
	pages, void := w.pages(customer, r.ID)
	assert.Equal(t, want, void)
	n := 0
	for _, page := range pages {
		n += len(page)
	}
	assert.Equal(t, 71-len(want), n)
}

// TestUndecidedNumber: while a number without a text is young, the page ends before it.
func TestUndecidedNumber(t *testing.T) {
	for _, by := range []chat.Side{chat.Customer, chat.Agent} {
		for name, trial := range map[string]struct {
			age     time.Duration
			void    []int64
			through int64
			read    int
		}{
			"just now":       {0, nil, 2, 2},
			"younger than 5": {chat.Grace - time.Millisecond, nil, 2, 2},
			"5 s old":        {chat.Grace, []int64{3}, 4, 3},
			"an hour old":    {time.Hour, []int64{3}, 4, 3},
		} {
			t.Run(fmt.Sprintf("%s, by the %s", name, by), func(t *testing.T) {
				w := newWorld(t)
				customer, agent, r := w.ActiveRoom(t)
				writer, other := customer, agent
				if by == chat.Agent {
					writer, other = agent, customer
				}
				w.numberOnly(writer, r.ID, 1, "slow")
				w.send(other, r.ID, 1, "after it")
				w.Clock.Advance(trial.age)
				page := w.join(customer, chat.CustomerJoin{Room: r.ID})
				assert.Equal(t, trial.void, page.Void)
				assert.Equal(t, trial.through, page.Through)
				assert.Len(t, page.Messages, trial.read)
				assert.Equal(t, trial.through < 4, page.More)

				desk := w.joinAgent(agent, chat.KnownRoom{Room: r.ID})
				assert.Equal(t, page.Messages, desk.Rooms[0].Messages, "both sides see one history")
				assert.Equal(t, page.Void, desk.Rooms[0].Void)
			})
		}
	}
}

func TestUndecidedNumberIsStoredMeanwhile(t *testing.T) {
	w := newWorld(t)
	customer, _, r := w.ActiveRoom(t)
	w.numberOnly(customer, r.ID, 1, "slow")
	w.Clock.Advance(chat.Grace)
	reader := w.meanwhile("PutMessage", func() { w.send(customer, r.ID, 1, "slow") }) // the marker comes second
	page, err := reader.JoinCustomer(t.Context(), customer, chat.CustomerJoin{Room: r.ID})
	require.NoError(t, err)
	assert.Empty(t, page.Void)
	require.Len(t, page.Messages, 3)
	assert.Equal(t, "slow", page.Messages[2].Text)
}

func TestSince(t *testing.T) {
	for since, want := range map[int64]int{-1: 4, 0: 4, 1: 3, 3: 1, 4: 0, 99: 0} {
		w := newWorld(t)
		customer, _, r := w.ActiveRoom(t)
		w.send(customer, r.ID, 1, "one")
		w.send(customer, r.ID, 2, "two")
		page := w.join(customer, chat.CustomerJoin{Room: r.ID, Since: since})
		assert.Len(t, page.Messages, want, "since %d", since)
		assert.Equal(t, int64(4), page.Through, "since %d", since)
		assert.False(t, page.More)
	}
}
