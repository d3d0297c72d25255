package chat_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// filledRoom is an active room with space for `left` more texts; all the others are its customer's, and long.
func (w *world) filledRoom(left int64) (customer, agent chat.Caller, r chat.Room) {
	w.t.Helper()
	customer, agent, before := w.ActiveRoom(w.t)
	r = before
	text := strings.Repeat("😀", chat.MaxText)
	for r.Seq < chat.MaxPlaces-left {
		m := &r.Customer
		r.Seq++
		m.No, m.Next, m.NoSeq, m.NoAt = m.Next, m.Next+1, r.Seq, w.Clock.Now()
		_, ok, err := w.Store.PutMessage(w.t.Context(), chat.Message{
			Customer: customer.Who, Room: r.ID, Seq: r.Seq, From: chat.Customer, Who: customer.Who, No: m.No, Text: text, At: m.NoAt,
		})
		require.NoError(w.t, err)
		require.True(w.t, ok)
	}
	ok, err := w.Store.ChangeRoom(w.t.Context(), before, r, nil)
	require.NoError(w.t, err)
	require.True(w.t, ok)
	return customer, agent, w.room(r.ID)
}

// TestFullRoom: a text into a full room is refused for good, and what was accepted before is still acknowledged.
func TestFullRoom(t *testing.T) {
	for _, side := range []chat.Side{chat.Customer, chat.Agent} {
		t.Run(string(side), func(t *testing.T) {
			w := newWorld(t)
			customer, agent, r := w.filledRoom(2)
			from, no := customer, r.Customer.Next
			if side == chat.Agent {
				from, no = agent, r.Agent.Next
			}
			first, last := w.send(from, r.ID, no, "one of the last"), w.send(from, r.ID, no+1, "the last")
			assert.Equal(t, int64(chat.MaxPlaces), last.Seq)
			w.unchanged(customer, r.ID, func() {
				now := w.room(r.ID)
				for _, c := range []chat.Caller{customer, agent} {
					_, err := w.Service.Message(t.Context(), c, r.ID, now.Member(c.Side).Next, "one more")
					assert.False(t, refused(t, chat.TooLong, err).Retry())
				}
				_, err := w.Service.Message(t.Context(), from, r.ID, no+3, "ahead")
				outOfOrder(t, no+2, err)
				assert.Equal(t, first, w.send(from, r.ID, no, "one of the last"))
			})
			assert.Equal(t, last, w.send(from, r.ID, no+1, "the last"))
		})
	}
}

// TestFullRoomEnds: a full room works up to its end, which settles pending texts. Its texts would not fit into a
// function's memory, so they are not read.
func TestFullRoomEnds(t *testing.T) {
	for name, ends := range map[string]func(w *world, customer, agent chat.Caller, id chat.RoomID){
		"by its customer": func(w *world, customer, _ chat.Caller, id chat.RoomID) { w.end(customer, id) },
		"by its agent":    func(w *world, _, agent chat.Caller, id chat.RoomID) { w.end(agent, id) },
		"by a block": func(w *world, _, agent chat.Caller, id chat.RoomID) {
			_, err := w.Service.Block(w.t.Context(), agent, id, true)
			require.NoError(w.t, err)
		},
		"by the sweep": func(w *world, customer, _ chat.Caller, _ chat.RoomID) {
			w.disconnect(customer)
			w.Clock.Advance(chat.DefaultRules().Left)
			_, err := w.Service.Sweep(w.t.Context())
			require.NoError(w.t, err)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer, agent, r := w.filledRoom(1)
			w.numberOnly(customer, r.ID, r.Customer.Next, "on its way")
			w.release(agent, r.ID)
			w.take(agent, r.ID)
			receiver := w.onlineAgent()
			w.transfer(agent, r.ID, receiver)

			s := &meteredStore{Store: w.Store}
			w.Service.Store = s
			ends(w, customer, receiver, r.ID)
			over := w.room(r.ID)
			assert.Equal(t, chat.StatusEnded, over.Status)
			assert.Equal(t, over.Seq, over.Settled)
			assert.Positive(t, s.asked)
			assert.Zero(t, s.bytes, "of texts")
			assert.LessOrEqual(t, s.most, chat.MaxUnsettled, "places at once")
			stored, err := w.Store.Messages(t.Context(), customer.Who, r.ID, chat.MaxPlaces, over.Seq)
			require.NoError(t, err)
			assert.True(t, stored[0].Void)
			assert.Equal(t, chat.EventEnded, stored[len(stored)-1].Event)
		})
	}
}

// meteredStore counts the most bytes of text and messages that it returned at once, and its calls.
type meteredStore struct {
	chat.Store
	bytes, most, asked int
}

func (s *meteredStore) note(found []chat.Message, err error) ([]chat.Message, error) {
	n := 0
	for _, m := range found {
		n += len(m.Text)
	}
	s.bytes, s.most, s.asked = max(s.bytes, n), max(s.most, len(found)), s.asked+1
	return found, err
}

func (s *meteredStore) Messages(ctx context.Context, who chat.PersonID, room chat.RoomID, from, to int64) ([]chat.Message, error) {
	return s.note(s.Store.Messages(ctx, who, room, from, to))
}

func (s *meteredStore) MessagesWithoutText(ctx context.Context, who chat.PersonID, room chat.RoomID, from, to int64) ([]chat.Message, error) {
	return s.note(s.Store.MessagesWithoutText(ctx, who, room, from, to))
}

// TestOldNumbersAreFoundInFewPages: an old number with another text does not make a function read the whole room,
// however it was filled.
func TestOldNumbersAreFoundInFewPages(t *testing.T) {
	const texts = 20 * chat.MaxPage // of the customer
	for name, trial := range map[string]struct {
		answers func(no int) int // of the agent, after each
		most    int              // pages
	}{
		"the customer writes alone": {func(int) int { return 0 }, 1},
		"both take turns":           {func(int) int { return 1 }, 5},
		"the agent writes more":     {func(int) int { return 3 }, 11},
		"the agent writes long in between": {func(no int) int {
			if no == texts/2 {
				return 5 * chat.MaxPage
			}
			return 0
		}, 6},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer, agent, r := w.ActiveRoom(t)
			acks, answers := map[int]chat.Ack{}, 0
			for no := 1; no <= texts; no++ {
				acks[no] = w.send(customer, r.ID, no, fmt.Sprint(no))
				for range trial.answers(no) {
					answers++
					w.send(agent, r.ID, answers, "yes")
				}
			}
			s := &meteredStore{Store: w.Store}
			w.Service.Store = s
			w.unchanged(customer, r.ID, func() {
				for no := 1; no < texts; no++ {
					s.asked = 0
					_, err := w.Service.Message(t.Context(), customer, r.ID, no, "other")
					outOfOrder(t, texts+1, err)
					require.LessOrEqual(t, s.asked, trial.most, "for %d", no)
					require.Equal(t, acks[no], w.send(customer, r.ID, no, fmt.Sprint(no)), "its repeat is found")
				}
			})
			assert.LessOrEqual(t, s.most, chat.MaxPage)
		})
	}
}

// TestOldNumbersBeforeASkippedOneAreFound: a change of holder skips a number, and numbers before it are still found.
func TestOldNumbersBeforeASkippedOneAreFound(t *testing.T) {
	w := newWorld(t)
	_, agent, r := w.ActiveRoom(t)
	first := w.send(agent, r.ID, 1, "hello")
	for range 3 {
		w.release(agent, r.ID)
		w.take(agent, r.ID)
	}
	no := w.room(r.ID).Agent.Next
	require.Equal(t, 5, no)
	second := w.send(agent, r.ID, no, "me again")
	w.send(agent, r.ID, no+1, "still here")
	assert.Equal(t, first, w.send(agent, r.ID, 1, "hello"))
	assert.Equal(t, second, w.send(agent, r.ID, no, "me again"))
	for skipped := 2; skipped < no; skipped++ {
		_, err := w.Service.Message(t.Context(), agent, r.ID, skipped, "hello")
		outOfOrder(t, no+2, err)
	}
}

// TestARoomPassedToAndFro: two agents who pass a room to each other, or take and release it, come to an end, so that the room
// can be ended. Until then a full room changes hands like any other.
func TestARoomPassedToAndFro(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	colleague := w.onlineAgent()
	w.joinAgent(agent)
	at := func(seq int64) {
		before := w.room(r.ID)
		after := before
		after.Seq, after.Settled = seq, seq
		ok, err := w.Store.ChangeRoom(t.Context(), before, after, nil)
		require.NoError(t, err)
		require.True(t, ok)
	}
	at(chat.MaxPlaces + chat.MaxMoves - 3)
	_, err := w.Service.Transfer(t.Context(), agent, r.ID, colleague.Who)
	require.NoError(t, err)
	w.release(colleague, r.ID)
	w.take(colleague, r.ID)

	w.unchanged(customer, r.ID, func() {
		_, err := w.Service.Transfer(t.Context(), colleague, r.ID, w.onlineAgent().Who)
		assert.False(t, refused(t, chat.TooLong, err).Retry())
	})
	w.take(colleague, r.ID) // a repeat
	w.release(colleague, r.ID)
	w.unchanged(customer, r.ID, func() {
		_, err := w.Service.Take(t.Context(), colleague, r.ID)
		assert.False(t, refused(t, chat.TooLong, err).Retry())
	})
	assert.Equal(t, chat.StatusEnded, w.end(customer, r.ID).Room.Status)
}
