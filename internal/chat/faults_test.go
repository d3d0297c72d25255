package chat_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// deliver acts as a client: it repeats its text until it is acknowledged, with another number if it is told one.
func (w *world) deliver(c chat.Caller, room chat.RoomID, no int, text string) chat.Ack {
	w.t.Helper()
	for range 3 {
		ack, err := w.Service.Message(w.t.Context(), c, room, no, text)
		if err == nil {
			ack.Repeated = false // a client does not get it
			return ack
		}
		no = refused(w.t, chat.OutOfOrder, err).Expected
	}
	require.Fail(w.t, "never acknowledged", text)
	return chat.Ack{}
}

// texts in every state in which a client may send or repeat theirs.
var texts = []struct {
	name  string
	given func(w *world, customer, agent chat.Caller, room chat.RoomID) (sender chat.Caller, no int)
}{
	{"a new one", func(_ *world, customer, _ chat.Caller, _ chat.RoomID) (chat.Caller, int) {
		return customer, 1
	}},
	{"a new one from a new connection", func(w *world, customer, _ chat.Caller, _ chat.RoomID) (chat.Caller, int) {
		return w.Reconnect(customer), 1
	}},
	{"one with another's number", func(w *world, customer, _ chat.Caller, room chat.RoomID) (chat.Caller, int) {
		w.send(customer, room, 1, "another")
		return customer, 1
	}},
	{"one that was numbered", func(w *world, customer, _ chat.Caller, room chat.RoomID) (chat.Caller, int) {
		w.numberOnly(customer, room, 1, "hello")
		return customer, 1
	}},
	{"one that is stored", func(w *world, customer, _ chat.Caller, room chat.RoomID) (chat.Caller, int) {
		w.send(customer, room, 1, "hello")
		return customer, 1
	}},
	{"one whose place is void", func(w *world, customer, agent chat.Caller, room chat.RoomID) (chat.Caller, int) {
		w.numberOnly(customer, room, 1, "hello")
		w.Clock.Advance(chat.Grace)
		w.joinAgent(agent, chat.KnownRoom{Room: room})
		return customer, 1
	}},
	{"an older one that is stored", func(w *world, customer, _ chat.Caller, room chat.RoomID) (chat.Caller, int) {
		w.send(customer, room, 1, "hello")
		w.send(customer, room, 2, "another")
		return customer, 1
	}},
	{"an older one that was numbered", func(w *world, customer, _ chat.Caller, room chat.RoomID) (chat.Caller, int) {
		w.numberOnly(customer, room, 1, "hello")
		w.send(customer, room, 2, "another")
		return customer, 1
	}},
	{"one stored before the end", func(w *world, customer, agent chat.Caller, room chat.RoomID) (chat.Caller, int) {
		w.send(customer, room, 1, "hello")
		w.end(agent, room)
		return customer, 1
	}},
	{"one stored before the release", func(w *world, _, agent chat.Caller, room chat.RoomID) (chat.Caller, int) {
		w.send(agent, room, 1, "hello")
		w.release(agent, room)
		return agent, 1
	}},
	{"one to somebody who has gone", func(w *world, customer, agent chat.Caller, _ chat.RoomID) (chat.Caller, int) {
		w.passYoungAge()
		w.Pusher.Fail(agent.Conn, chat.ErrGone)
		return customer, 1
	}},
	{"one to somebody wrongly marked as gone", func(w *world, customer, agent chat.Caller, room chat.RoomID) (chat.Caller, int) {
		w.passYoungAge()
		w.Pusher.Fail(agent.Conn, chat.ErrGone)
		w.send(customer, room, 1, "another")
		w.Pusher.Fail(agent.Conn, nil)
		return customer, 2
	}},
}

// TestMessageWithEachFault fails every call of every kind of text, before or after it was applied: the repeats always
// end in one stored text and one ack.
func TestMessageWithEachFault(t *testing.T) {
	for _, trial := range texts {
		var calls []string
		w := newWorld(t)
		customer, agent, r := w.ActiveRoom(t)
		sender, no := trial.given(w, customer, agent, r.ID)
		_, _ = w.withStore(func(call string, applied bool) error {
			if !applied {
				calls = append(calls, call)
			}
			return nil
		}).Message(t.Context(), sender, r.ID, no, "hello")
		require.Contains(t, calls, "Send")

		for i, call := range calls {
			for _, lost := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s, call %d %s, applied %t", trial.name, i, call, lost), func(t *testing.T) {
					w := newWorld(t)
					customer, agent, r := w.ActiveRoom(t)
					sender, no := trial.given(w, customer, agent, r.ID)
					n, failed := 0, false
					ack, err := w.withStore(func(_ string, applied bool) error {
						if !applied {
							n++
						}
						if n-1 != i || applied != lost {
							return nil
						}
						failed = true
						return errDown
					}).Message(t.Context(), sender, r.ID, no, "hello")
					require.True(t, failed)
					if err != nil {
						assert.Contains(t, []chat.Code{chat.Unavailable, chat.OutOfOrder}, chat.AsError(err).Code)
						ack = w.deliver(sender, r.ID, no, "hello")
					}
					w.storedOnce(customer, ack, "hello")
					assert.Equal(t, ack, w.deliver(sender, r.ID, ack.No, "hello"), "a repeat gets the same answer")
					w.storedOnce(customer, ack, "hello")
				})
			}
		}
	}
}

// storedOnce checks that the text is stored once, where the ack says.
func (w *world) storedOnce(customer chat.Caller, ack chat.Ack, text string) {
	w.t.Helper()
	var found []chat.Ack
	for _, m := range w.StoredMessages(w.t, customer.Who) {
		if m.Text == text {
			found = append(found, chat.Ack{Room: m.Room, No: m.No, Seq: m.Seq, At: m.At})
		}
	}
	assert.Equal(w.t, []chat.Ack{ack}, found)
}
