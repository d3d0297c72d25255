package chat_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func (w *world) transfer(c chat.Caller, room chat.RoomID, receiver chat.Caller) chat.View {
	w.t.Helper()
	v, err := w.Service.Transfer(w.t.Context(), c, room, receiver.Who)
	require.NoError(w.t, err)
	return v
}

func TestTransfer(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	receiver, colleague := w.onlineAgent(), w.onlineAgent()
	w.Clock.Advance(w.Service.Rules.Away)
	w.Pusher.Forget()

	v := w.transfer(agent, r.ID, receiver)
	assert.Equal(t, chat.StatusActive, v.Room.Status)
	assert.Equal(t, receiver.Who, v.Room.Agent.Who)
	assert.Equal(t, receiver.Name, v.Room.Agent.Name)
	assert.Equal(t, chat.Seat{Conn: receiver.Conn, At: receiver.At}, v.Room.Agent.Seat)
	assert.Equal(t, w.Clock.Now(), v.Room.TakenAt)
	assert.Equal(t, w.Clock.Now().After(w.Service.Rules.Away), v.Room.SweepAt, "their connection may be gone")
	assert.ElementsMatch(t, []chat.PersonID{agent.Who, receiver.Who}, v.Room.Held)
	assert.IsIncreasing(t, v.Room.Held)
	assert.Equal(t, v.Room, w.room(r.ID))

	const message = "message 3 system transferred"
	assert.Equal(t, []string{message, "room active 3 for customer"}, w.pushesTo(customer))
	assert.Equal(t, []string{message, "room active 3 for agent"}, w.pushesTo(receiver))
	assert.Equal(t, []string{message}, w.pushesTo(agent), "the answer shows the room")
	assert.Empty(t, w.pushesTo(colleague))
	assert.Equal(t, receiver.Name, w.StoredMessages(t, customer.Who)[0].By)
}

func TestTransferByAnAdmin(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	receiver, admin := w.onlineAgent(), w.Admin()
	w.Pusher.Forget()
	w.transfer(admin, r.ID, receiver)
	const message = "message 3 system transferred"
	assert.Equal(t, []string{message, "room active 3 for customer"}, w.pushesTo(customer))
	assert.Equal(t, []string{message, "room active 3 for agent"}, w.pushesTo(receiver))
	assert.Equal(t, []string{message, "room active 3 for agent"}, w.pushesTo(agent), "who loses it")
	assert.Empty(t, w.pushesTo(admin))
}

func TestTransferAgain(t *testing.T) {
	for _, admin := range []bool{false, true} {
		w := newWorld(t)
		customer, agent, r := w.ActiveRoom(t)
		receiver, by := w.onlineAgent(), agent
		if admin {
			by = w.Admin()
		}
		first := w.transfer(by, r.ID, receiver)
		w.Pusher.Forget()
		assert.Equal(t, first, w.transfer(by, r.ID, receiver))
		assert.Equal(t, []string{"room active 3 for customer"}, w.pushesTo(customer), "the first may have died before it told")
		assert.Equal(t, []string{"room active 3 for agent"}, w.pushesTo(receiver))
		assert.Equal(t, []string{"opened", "taken", "transferred"}, w.history(customer))
	}
}

// TestALateRepeatOfATransfer: it is answered with the room as it is now, whoever has it, and changes nothing. From
// the holder it is no repeat.
func TestALateRepeatOfATransfer(t *testing.T) {
	for name, meanwhile := range map[string]func(w *world, customer, receiver chat.Caller, room chat.RoomID){
		"the receiver released it": func(w *world, _, receiver chat.Caller, room chat.RoomID) { w.release(receiver, room) },
		"a third has it": func(w *world, _, receiver chat.Caller, room chat.RoomID) {
			w.release(receiver, room)
			w.take(w.onlineAgent(), room)
		},
		"the customer has ended it": func(w *world, customer, _ chat.Caller, room chat.RoomID) { w.end(customer, room) },
		"the receiver is gone": func(w *world, customer, receiver chat.Caller, room chat.RoomID) {
			w.end(customer, room)
			w.disconnect(receiver)
		},
	} {
		for _, admin := range []bool{false, true} {
			if admin && name == "a third has it" {
				continue // an admin may give it away from them
			}
			t.Run(fmt.Sprint(name, admin), func(t *testing.T) {
				w := newWorld(t)
				customer, agent, r := w.ActiveRoom(t)
				receiver, by := w.onlineAgent(), agent
				if admin {
					by = w.Admin()
				}
				w.transfer(by, r.ID, receiver)
				meanwhile(w, customer, receiver, r.ID)
				before, past := w.room(r.ID), w.history(customer)
				assert.Equal(t, before, w.transfer(by, r.ID, receiver).Room)
				assert.Equal(t, before, w.room(r.ID))
				assert.Equal(t, past, w.history(customer))
			})
		}
	}
	w := newWorld(t)
	_, agent, r := w.ActiveRoom(t)
	receiver := w.onlineAgent()
	w.transfer(agent, r.ID, receiver)
	w.transfer(receiver, r.ID, agent)
	assert.Equal(t, receiver.Who, w.transfer(agent, r.ID, receiver).Room.Agent.Who, "it is theirs again")
}

func TestTransferToAnAbsentAgent(t *testing.T) {
	for name, receiver := range map[string]func(w *world) chat.Caller{
		"away": (*world).awayAgent,
		"gone": func(w *world) chat.Caller {
			a := w.onlineAgent()
			w.disconnect(a)
			return a
		},
		"never seen": func(w *world) chat.Caller { return w.Agent() },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer, agent, r := w.ActiveRoom(t)
			to := receiver(w)
			w.unchanged(customer, r.ID, func() {
				_, err := w.Service.Transfer(t.Context(), agent, r.ID, to.Who)
				refused(t, chat.Unavailable, err)
			})
		})
	}
}

func TestTransferRefused(t *testing.T) {
	for _, trial := range refusals {
		t.Run(trial.name, func(t *testing.T) {
			w := newWorld(t)
			customer, agent, r := w.ActiveRoom(t)
			receiver := w.onlineAgent()
			who, room := trial.given(w, customer, agent, r.ID)
			w.unchanged(customer, r.ID, func() {
				_, err := w.Service.Transfer(t.Context(), who, room, receiver.Who)
				refused(t, trial.want, err)
			})
		})
	}
}

func TestTransferToACustomer(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.unchanged(customer, r.ID, func() {
		_, err := w.Service.Transfer(t.Context(), agent, r.ID, customer.Who)
		refused(t, chat.Invalid, err)
	})
}

func TestTransferOfAWaitingRoom(t *testing.T) {
	w := newWorld(t)
	customer, r := w.WaitingRoom(t)
	receiver := w.onlineAgent()
	for _, c := range []chat.Caller{w.onlineAgent(), w.Admin()} {
		w.unchanged(customer, r.ID, func() {
			_, err := w.Service.Transfer(t.Context(), c, r.ID, receiver.Who)
			refused(t, chat.Forbidden, err)
		})
	}
}

func TestTransferWhileTheCustomerEnds(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	receiver := w.onlineAgent()
	late := w.meanwhile("ChangeRoom", func() { w.end(customer, r.ID) })
	_, err := late.Transfer(t.Context(), agent, r.ID, receiver.Who)
	refused(t, chat.Ended, err)
	assert.Equal(t, agent.Who, w.room(r.ID).Agent.Who)
	assert.Equal(t, []string{"opened", "taken", "ended"}, w.history(customer))
}

func TestTransferOfAnEndedRoom(t *testing.T) {
	w := newWorld(t)
	customer, _, r := w.ActiveRoom(t)
	receiver := w.onlineAgent()
	w.end(customer, r.ID)
	_, err := w.Service.Transfer(t.Context(), w.Admin(), r.ID, receiver.Who)
	refused(t, chat.Ended, err)
}
