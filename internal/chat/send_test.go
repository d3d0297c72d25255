package chat_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func TestSend(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.Pusher.Forget()

	ack := w.send(customer, r.ID, 1, "  hello ")
	assert.Equal(t, chat.Ack{Room: r.ID, No: 1, Seq: 3, At: w.Clock.Now()}, ack)
	want := chat.Message{
		Customer: customer.Who, Room: r.ID, Seq: 3, From: chat.Customer, Who: customer.Who, By: customer.Name,
		No: 1, Text: "hello", At: w.Clock.Now(),
	}
	assert.Equal(t, want, w.StoredMessages(t, customer.Who)[0])
	assert.Equal(t, []chat.Push{chat.MessagePush{Message: want}}, w.Pusher.Frames(agent.Conn))
	assert.Empty(t, w.pushesTo(customer), "the answer tells the sender")

	ack = w.send(agent, r.ID, 1, "good morning")
	assert.Equal(t, int64(4), ack.Seq, "each side counts its own, the room counts all")
	assert.Equal(t, []string{"message 4 agent good morning"}, w.pushesTo(customer))
	assert.Equal(t, int64(5), w.send(customer, r.ID, 2, "bye").Seq)
	assert.Equal(t, []string{"opened", "taken", "hello", "good morning", "bye"}, w.history(customer))
}

func TestSendToAnEmptySeat(t *testing.T) {
	for name, given := range map[string]func(w *world) (chat.Caller, chat.Room){
		"nobody has taken the room": func(w *world) (chat.Caller, chat.Room) { return w.WaitingRoom(w.t) },
		"the agent has gone": func(w *world) (chat.Caller, chat.Room) {
			customer, agent, r := w.ActiveRoom(w.t)
			w.disconnect(agent)
			return customer, r
		},
		"the customer has gone": func(w *world) (chat.Caller, chat.Room) {
			customer, agent, r := w.ActiveRoom(w.t)
			w.disconnect(customer)
			return agent, r
		},
		"the agent released it": func(w *world) (chat.Caller, chat.Room) {
			customer, agent, r := w.ActiveRoom(w.t)
			w.release(agent, r.ID)
			require.NoError(w.t, w.Service.SetStatus(w.t.Context(), agent, chat.StatusAway))
			return customer, r
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			sender, r := given(w)
			w.Pusher.Forget()
			w.send(sender, r.ID, 1, "anybody?")
			w.assertNoPushes()
		})
	}
}

// TestTheFirstTextReachesTheQueue: until then the queue has nothing to show of a chat without a topic.
func TestTheFirstTextReachesTheQueue(t *testing.T) {
	w := newWorld(t)
	agent := w.onlineAgent()
	customer, r := w.WaitingRoom(t)
	w.Pusher.Forget()
	w.send(customer, r.ID, 1, "my parcel is late")
	w.send(customer, r.ID, 2, "it should have come on Monday")
	require.Len(t, w.Pusher.Frames(agent.Conn), 1, "later ones show when the queue is read next")
	add, is := w.Pusher.Frames(agent.Conn)[0].(chat.QueueAdd)
	require.True(t, is)
	assert.Equal(t, r.ID, add.View.Room.ID)
	assert.Equal(t, "my parcel is late", add.View.Room.Preview)

	w.take(agent, r.ID)
	w.Pusher.Forget()
	w.send(agent, r.ID, 1, "let me see")
	assert.Empty(t, w.pushesTo(agent), "a chat that is taken is in no queue")
}

func TestSendRefusesTheText(t *testing.T) {
	w := newWorld(t)
	customer, _, r := w.ActiveRoom(t)
	for text, want := range map[string]chat.Code{
		" \x00": chat.Invalid, strings.Repeat("x", chat.MaxText+1): chat.TooLong,
	} {
		w.unchanged(customer, r.ID, func() {
			_, err := w.Service.Message(t.Context(), customer, r.ID, 1, text)
			refused(t, want, err)
		})
	}
}

func TestSendRefusesTheNumber(t *testing.T) {
	for _, no := range []int{-1, 0, 2, 3, 1 << 40} {
		w := newWorld(t)
		customer, agent, r := w.ActiveRoom(t)
		for _, c := range []chat.Caller{customer, agent} {
			w.unchanged(customer, r.ID, func() {
				_, err := w.Service.Message(t.Context(), c, r.ID, no, "hello")
				outOfOrder(t, 1, err)
			})
		}
	}
}

func TestSendAfterTheEnd(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.end(agent, r.ID)
	w.unchanged(customer, r.ID, func() {
		for _, c := range []chat.Caller{customer, agent} {
			_, err := w.Service.Message(t.Context(), c, r.ID, 1, "too late")
			refused(t, chat.Ended, err)
		}
	})
}

// TestSendSeats: a text alone repairs the seat after a $disconnect that was handled before its own join.
func TestSendSeats(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.disconnect(customer)
	require.False(t, w.room(r.ID).Customer.Seat.Online())
	newer := w.Reconnect(customer)
	w.send(newer, r.ID, 1, "back")
	seat := w.room(r.ID).Customer.Seat
	assert.Equal(t, chat.Seat{Conn: newer.Conn, At: newer.At, Prev: seat.Prev}, seat)
	w.Pusher.Forget()
	w.send(agent, r.ID, 1, "welcome")
	assert.Equal(t, []string{"message 4 agent welcome"}, w.pushesTo(newer))

	_, err := w.Service.Message(t.Context(), customer, r.ID, 2, "from the old connection")
	refused(t, chat.NotCurrent, err)
}

func TestPutComesBeforeThePost(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	posts := 0
	w.Pusher.Watch(func(conn chat.ConnectionID, p chat.Push) {
		posts++
		assert.Equal(t, agent.Conn, conn)
		assert.Equal(t, p.(chat.MessagePush).Message, w.StoredMessages(t, customer.Who)[0])
	})
	w.send(customer, r.ID, 1, "hello")
	assert.Equal(t, 1, posts)
}

func TestPostOutcomeDecidesNothing(t *testing.T) {
	for _, answer := range []error{nil, chat.ErrGone, errDown} {
		w := newWorld(t)
		customer, agent, r := w.ActiveRoom(t)
		w.passYoungAge()
		w.Pusher.Fail(agent.Conn, answer)
		assert.Equal(t, int64(3), w.send(customer, r.ID, 1, "hello").Seq, "post: %v", answer)
		assert.Equal(t, []string{"opened", "taken", "hello"}, w.history(customer))
	}
}

// TestAMessageCostsTwoCalls counts billed calls: neither a repeat nor the push adds any while nothing fails.
func TestAMessageCostsTwoCalls(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	var calls []string
	counted := w.withStore(func(call string, applied bool) error {
		if !applied {
			calls = append(calls, call)
		}
		return nil
	})
	for _, c := range []chat.Caller{customer, agent, customer} {
		calls = nil
		_, err := counted.Message(t.Context(), c, r.ID, 1, "hello")
		require.NoError(t, err)
		assert.Equal(t, []string{"Send", "PutMessage"}, calls)
	}
}
