package chat_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func TestRepeat(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	first := w.send(customer, r.ID, 1, "hello")
	w.send(agent, r.ID, 1, "good morning")
	w.Clock.Advance(chat.Grace)
	w.Pusher.Forget()
	for _, text := range []string{"hello", " hello\r\n"} {
		assert.Equal(t, first, w.send(customer, r.ID, 1, text))
	}
	assert.Equal(t, []string{"opened", "taken", "hello", "good morning"}, w.history(customer))
	assert.Equal(t, []string{"message 3 customer hello", "message 3 customer hello"}, w.pushesTo(agent), "the first post may be lost")
}

// TestRepeatIsKnown: Repeated distinguishes a text that is stored now from one that was stored before.
func TestRepeatIsKnown(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	again := func(c chat.Caller, no int, text string) bool {
		ack, err := w.Service.Message(t.Context(), c, r.ID, no, text)
		require.NoError(t, err)
		return ack.Repeated
	}
	assert.False(t, again(customer, 1, "hello"))
	assert.True(t, again(customer, 1, "hello"))
	w.numberOnly(customer, r.ID, 2, "are you there?")
	assert.False(t, again(customer, 2, "are you there?"), "the first copy was never stored")
	assert.True(t, again(customer, 1, "hello"), "an older one")
	w.send(agent, r.ID, 1, "yes")
	w.end(customer, r.ID)
	assert.True(t, again(agent, 1, "yes"), "after the end")
}

func TestRepeatOnANewerConnection(t *testing.T) {
	w := newWorld(t)
	customer, _, r := w.ActiveRoom(t)
	first := w.send(customer, r.ID, 1, "hello")
	newer := w.Reconnect(customer)
	w.join(newer, chat.CustomerJoin{Room: r.ID, Since: 3})
	assert.Equal(t, first, w.send(newer, r.ID, 1, "hello"))
}

func TestRepeatFillsItsOwnPlace(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.numberOnly(customer, r.ID, 1, "hello")
	at := w.Clock.Now()
	w.send(agent, r.ID, 1, "are you there?")
	w.Clock.Advance(chat.Grace * 3)
	w.Pusher.Forget()
	assert.Equal(t, chat.Ack{Room: r.ID, No: 1, Seq: 3, At: at}, w.send(customer, r.ID, 1, "hello"))
	assert.Equal(t, []string{"opened", "taken", "hello", "are you there?"}, w.history(customer))
	assert.Equal(t, []string{"message 3 customer hello"}, w.pushesTo(agent))
}

func TestRepeatWithAnotherText(t *testing.T) {
	w := newWorld(t)
	customer, _, r := w.ActiveRoom(t)
	w.send(customer, r.ID, 1, "hello")
	w.send(customer, r.ID, 2, "world")
	w.unchanged(customer, r.ID, func() {
		for _, no := range []int{1, 2} {
			_, err := w.Service.Message(t.Context(), customer, r.ID, no, "something else")
			outOfOrder(t, 3, err)
		}
	})
}

// TestTwoDevicesWithOneNumber: the place of a text that was never put is open only to its own repeat.
func TestTwoDevicesWithOneNumber(t *testing.T) {
	w := newWorld(t)
	phone, _, r := w.ActiveRoom(t)
	w.numberOnly(phone, r.ID, 1, "from the phone")
	laptop := w.Reconnect(phone)
	w.unchanged(phone, r.ID, func() {
		_, err := w.Service.Message(t.Context(), laptop, r.ID, 1, "from the laptop")
		outOfOrder(t, 2, err)
	})
	w.send(laptop, r.ID, 2, "from the laptop")
	w.join(laptop, chat.CustomerJoin{Room: r.ID})
	assert.Equal(t, []string{"opened", "taken", "void", "from the laptop"}, w.history(phone))
}

func TestTwoDevicesWithOneNumberTheFirstRepeats(t *testing.T) {
	w := newWorld(t)
	phone, _, r := w.ActiveRoom(t)
	w.numberOnly(phone, r.ID, 1, "from the phone")
	_, err := w.Service.Message(t.Context(), phone, r.ID, 1, "from the other tab")
	outOfOrder(t, 2, err)
	assert.Equal(t, int64(3), w.send(phone, r.ID, 1, "from the phone").Seq)
	assert.Equal(t, []string{"opened", "taken", "from the phone"}, w.history(phone))
}

func TestRepeatOfAnOlderNumber(t *testing.T) {
	for name, between := range map[string]int{"on the same page": 3, "many pages back": 3 * chat.MaxPage} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer, agent, r := w.ActiveRoom(t)
			first := w.send(customer, r.ID, 1, "hello")
			second := w.send(customer, r.ID, 2, "hello")
			for no := range between {
				w.send(agent, r.ID, no+1, fmt.Sprint("line ", no))
			}
			w.send(customer, r.ID, 3, "thanks")
			w.unchanged(customer, r.ID, func() {
				assert.Equal(t, first, w.send(customer, r.ID, 1, "hello"))
				assert.Equal(t, second, w.send(customer, r.ID, 2, "hello"))
				_, err := w.Service.Message(t.Context(), customer, r.ID, 1, "hullo")
				outOfOrder(t, 4, err)
			})
		})
	}
}

func TestRepeatOfAnOlderNumberThatWasNeverStored(t *testing.T) {
	w := newWorld(t)
	customer, _, r := w.ActiveRoom(t)
	w.numberOnly(customer, r.ID, 1, "hello")
	w.send(customer, r.ID, 2, "world")
	for range 2 {
		_, err := w.Service.Message(t.Context(), customer, r.ID, 1, "hello")
		outOfOrder(t, 3, err)
		assert.Equal(t, []string{"opened", "taken", "void", "world"}, w.history(customer), "its place is closed before it is refused")
	}
}

func TestRepeatIntoAVoidPlace(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.numberOnly(customer, r.ID, 1, "hello")
	w.Clock.Advance(chat.Grace)
	w.joinAgent(agent, chat.KnownRoom{Room: r.ID})
	w.unchanged(customer, r.ID, func() {
		_, err := w.Service.Message(t.Context(), customer, r.ID, 1, "hello")
		outOfOrder(t, 2, err)
	})
	assert.Equal(t, int64(4), w.send(customer, r.ID, 2, "hello").Seq)
	assert.Equal(t, []string{"opened", "taken", "void", "hello"}, w.history(customer))
}

// TestVoidMarkerOvertakesThePut: the first copy's own put finds its place void.
func TestVoidMarkerOvertakesThePut(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	slow := w.meanwhile("PutMessage", func() {
		w.Clock.Advance(chat.Grace)
		w.joinAgent(agent, chat.KnownRoom{Room: r.ID})
		w.Pusher.Forget()
	})
	_, err := slow.Message(t.Context(), customer, r.ID, 1, "hello")
	outOfOrder(t, 2, err)
	w.assertNoPushes()
	assert.Equal(t, []string{"opened", "taken", "void"}, w.history(customer))
}

// TestRepeatTooLate: a repeat after the room ended or changed hands. A stored text is acknowledged; any other is
// never stored.
func TestRepeatTooLate(t *testing.T) {
	for name, trial := range map[string]struct {
		late func(w *world, agent chat.Caller, room chat.RoomID)
		want chat.Code
	}{
		"after the end":  {func(w *world, agent chat.Caller, room chat.RoomID) { w.end(agent, room) }, chat.Ended},
		"after release":  {func(w *world, agent chat.Caller, room chat.RoomID) { w.release(agent, room) }, chat.Forbidden},
		"after transfer": {func(w *world, agent chat.Caller, room chat.RoomID) { w.transfer(agent, room, w.onlineAgent()) }, chat.Forbidden},
		"after transfer, and the new holder wrote": {func(w *world, agent chat.Caller, room chat.RoomID) {
			receiver := w.onlineAgent()
			w.transfer(agent, room, receiver)
			w.send(receiver, room, w.room(room).Agent.Next, "I am new here")
		}, chat.Forbidden},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer, agent, r := w.ActiveRoom(t)
			first := w.send(agent, r.ID, 1, "one")
			second := w.send(agent, r.ID, 2, "two")
			trial.late(w, agent, r.ID)
			w.unchanged(customer, r.ID, func() {
				assert.Equal(t, first, w.send(agent, r.ID, 1, "one"))
				assert.Equal(t, second, w.send(agent, r.ID, 2, "two"))
				for no := range 5 {
					_, err := w.Service.Message(t.Context(), agent, r.ID, no, "three")
					refused(t, trial.want, err)
				}
			})

			w = newWorld(t)
			customer, agent, r = w.ActiveRoom(t)
			w.numberOnly(agent, r.ID, 1, "one")
			trial.late(w, agent, r.ID)
			for range 2 {
				_, err := w.Service.Message(t.Context(), agent, r.ID, 1, "one")
				refused(t, trial.want, err)
				assert.NotContains(t, w.history(customer), "one")
				assert.Equal(t, "void", w.history(customer)[2], "its place is closed before it is refused")
			}
		})
	}
}

// TestTheSameWordsOfTwoAgents: the former holder sends what the new one has sent, with the same number.
func TestTheSameWordsOfTwoAgents(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	receiver := w.onlineAgent()
	w.transfer(agent, r.ID, receiver)
	no := w.room(r.ID).Agent.Next
	w.send(receiver, r.ID, no, "Hello")
	for range 2 { // as the last number of the side, then as an older one
		w.unchanged(customer, r.ID, func() {
			_, err := w.Service.Message(t.Context(), agent, r.ID, no, "Hello")
			refused(t, chat.Forbidden, err)
		})
		w.send(receiver, r.ID, w.room(r.ID).Agent.Next, "How can I help?")
	}
}

// TestARepeatedFirstTextTellsNoAgents: a waiting customer may repeat their first text for ever. The agents are told once what
// the chat is about; who missed it asks for the queue.
func TestARepeatedFirstTextTellsNoAgents(t *testing.T) {
	w := newWorld(t)
	agents := []chat.Caller{w.onlineAgent(), w.onlineAgent(), w.onlineAgent()}
	customer, r := w.WaitingRoom(t)
	w.Pusher.Forget()
	w.numberOnly(customer, r.ID, 1, "hello") // it dies before it is stored
	w.assertNoPushes()
	w.send(customer, r.ID, 1, "hello")
	for _, a := range agents {
		assert.Equal(t, []string{"add " + string(r.ID)}, w.pushesTo(a))
	}
	w.Pusher.Forget()
	for range 100 {
		w.send(customer, r.ID, 1, "hello")
	}
	w.assertNoPushes()
	w.take(agents[0], r.ID)
	w.Pusher.Forget()
	for range 100 {
		w.send(customer, r.ID, 1, "hello")
	}
	assert.Len(t, w.Pusher.Sent(), 100, "the agent who has it gets each once more, since a push may be lost")
}
