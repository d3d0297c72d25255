package chat_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func TestTypingIsRelayedOnly(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	before, past := w.room(r.ID), w.history(customer)
	w.Pusher.Forget()
	require.NoError(t, w.Service.Typing(t.Context(), customer, r.ID))
	assert.Equal(t, []string{"typing customer"}, w.pushesTo(agent))
	assert.Empty(t, w.pushesTo(customer))
	require.NoError(t, w.Service.Typing(t.Context(), agent, r.ID))
	assert.Equal(t, []string{"typing agent"}, w.pushesTo(customer))
	assert.Len(t, w.Pusher.Sent(), 2)
	assert.Equal(t, before, w.room(r.ID))
	assert.Equal(t, past, w.history(customer))
}

func TestTypingToAnEmptySeat(t *testing.T) {
	w := newWorld(t)
	customer, r := w.WaitingRoom(t)
	w.unchanged(customer, r.ID, func() {
		assert.NoError(t, w.Service.Typing(t.Context(), customer, r.ID))
	})
}

// TestMemberFramesRefused: frames of a member without a number. Others may not send them, and nothing changes.
func TestMemberFramesRefused(t *testing.T) {
	frames := map[string]func(w *world, c chat.Caller, room chat.RoomID) error{
		"typing": func(w *world, c chat.Caller, room chat.RoomID) error {
			return w.Service.Typing(t.Context(), c, room)
		},
		"read": func(w *world, c chat.Caller, room chat.RoomID) error {
			return w.Service.Read(t.Context(), c, room, 2)
		},
		"message": func(w *world, c chat.Caller, room chat.RoomID) error {
			_, err := w.Service.Message(t.Context(), c, room, 1, "hello")
			return err
		},
		"end": func(w *world, c chat.Caller, room chat.RoomID) error {
			_, err := w.Service.End(t.Context(), c, room)
			return err
		},
	}
	for name, frame := range frames {
		for _, trial := range refusals {
			t.Run(name+" from "+trial.name, func(t *testing.T) {
				w := newWorld(t)
				customer, agent, r := w.ActiveRoom(t)
				who, room := trial.given(w, customer, agent, r.ID)
				w.unchanged(customer, r.ID, func() {
					refused(t, trial.want, frame(w, who, room))
				})
			})
		}
	}
}

// refusals are the people who may not act as a member of an active room.
var refusals = []struct {
	name  string
	given func(w *world, customer, agent chat.Caller, room chat.RoomID) (chat.Caller, chat.RoomID)
	want  chat.Code
}{
	{"a customer, no such room", func(_ *world, customer, _ chat.Caller, room chat.RoomID) (chat.Caller, chat.RoomID) {
		return customer, room + "0"
	}, chat.NotFound},
	{"an agent, no such room", func(_ *world, _, agent chat.Caller, room chat.RoomID) (chat.Caller, chat.RoomID) {
		return agent, room + "0"
	}, chat.NotFound},
	{"another customer", func(w *world, _, _ chat.Caller, room chat.RoomID) (chat.Caller, chat.RoomID) {
		return w.Customer(), room
	}, chat.NotFound},
	{"another agent", func(w *world, _, _ chat.Caller, room chat.RoomID) (chat.Caller, chat.RoomID) {
		return w.onlineAgent(), room
	}, chat.Forbidden},
	{"an agent who released it", func(w *world, _, agent chat.Caller, room chat.RoomID) (chat.Caller, chat.RoomID) {
		w.release(agent, room)
		return agent, room
	}, chat.Forbidden},
	{"the customer's older connection", func(w *world, customer, _ chat.Caller, room chat.RoomID) (chat.Caller, chat.RoomID) {
		w.join(w.Reconnect(customer), chat.CustomerJoin{})
		return customer, room
	}, chat.NotCurrent},
	{"the agent's older connection", func(w *world, _, agent chat.Caller, room chat.RoomID) (chat.Caller, chat.RoomID) {
		w.joinAgent(w.Reconnect(agent))
		return agent, room
	}, chat.NotCurrent},
}

func TestTypingAfterTheEnd(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.end(customer, r.ID)
	w.unchanged(customer, r.ID, func() {
		refused(t, chat.Ended, w.Service.Typing(t.Context(), customer, r.ID))
		refused(t, chat.Ended, w.Service.Typing(t.Context(), agent, r.ID))
	})
}
