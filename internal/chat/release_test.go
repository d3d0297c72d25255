package chat_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"rejoin/internal/chat"
)

func TestRelease(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	waits, later := w.WaitingRoom(t)
	colleague, away := w.onlineAgent(), w.awayAgent()
	w.Pusher.Forget()

	v := w.release(agent, r.ID)
	assert.Equal(t, chat.StatusWaiting, v.Room.Status)
	assert.Equal(t, 1, v.Position, "its old position")
	assert.Equal(t, chat.Agent, v.Side)
	assert.Empty(t, v.Room.Agent.Who)
	assert.Zero(t, v.Room.Agent.Seat)
	assert.Equal(t, 2, w.join(waits, chat.CustomerJoin{Room: later.ID}).View.Position)

	add := "add " + string(r.ID)
	assert.Equal(t, []string{"message 3 system released", "room waiting 3 for customer"}, w.pushesTo(customer))
	assert.Equal(t, []string{"message 3 system released", add}, w.pushesTo(agent))
	assert.Equal(t, []string{add}, w.pushesTo(colleague))
	assert.Empty(t, w.pushesTo(away))
	assert.Equal(t, []string{"opened", "taken", "released"}, w.history(customer))
}

func TestReleaseAgain(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	first := w.release(agent, r.ID)
	w.Pusher.Forget()
	assert.Equal(t, first, w.release(agent, r.ID))
	assert.Equal(t, []string{"room waiting 3 for customer"}, w.pushesTo(customer), "the first may have died before it told")
	assert.Empty(t, w.pushesTo(agent), "agents ask for the queue")
	assert.Equal(t, []string{"opened", "taken", "released"}, w.history(customer))
}

func TestReleaseRefused(t *testing.T) {
	for _, trial := range refusals {
		if trial.name == "an agent who released it" {
			continue // that is a repeat
		}
		t.Run(trial.name, func(t *testing.T) {
			w := newWorld(t)
			customer, agent, r := w.ActiveRoom(t)
			who, room := trial.given(w, customer, agent, r.ID)
			w.unchanged(customer, r.ID, func() {
				_, err := w.Service.Release(t.Context(), who, room)
				refused(t, trial.want, err)
			})
		})
	}
}

func TestReleaseOfAChangedRoom(t *testing.T) {
	for name, trial := range map[string]struct {
		given func(w *world, agent chat.Caller, room chat.RoomID)
		want  chat.Code
	}{
		"ended":             {func(w *world, agent chat.Caller, room chat.RoomID) { w.end(agent, room) }, chat.Ended},
		"ended by an admin": {func(w *world, _ chat.Caller, room chat.RoomID) { w.end(w.Admin(), room) }, chat.Ended},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer, agent, r := w.ActiveRoom(t)
			trial.given(w, agent, r.ID)
			w.unchanged(customer, r.ID, func() {
				_, err := w.Service.Release(t.Context(), agent, r.ID)
				refused(t, trial.want, err)
			})
		})
	}
}

// TestALateRepeatOfARelease: it is answered with the room as it is now, whoever has it, and changes nothing.
func TestALateRepeatOfARelease(t *testing.T) {
	for name, meanwhile := range map[string]func(w *world, customer, agent chat.Caller, room chat.RoomID){
		"another has taken it": func(w *world, _, _ chat.Caller, room chat.RoomID) { w.take(w.onlineAgent(), room) },
		"another has ended it": func(w *world, _, _ chat.Caller, room chat.RoomID) {
			receiver := w.onlineAgent()
			w.take(receiver, room)
			w.end(receiver, room)
		},
		"the customer has ended it": func(w *world, customer, _ chat.Caller, room chat.RoomID) { w.end(customer, room) },
		"years ago": func(w *world, customer, _ chat.Caller, room chat.RoomID) {
			w.end(customer, room)
			w.Clock.Advance(2 * 365 * 24 * time.Hour)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer, agent, r := w.ActiveRoom(t)
			w.release(agent, r.ID)
			meanwhile(w, customer, agent, r.ID)
			before, past := w.room(r.ID), w.history(customer)
			assert.Equal(t, before, w.release(agent, r.ID).Room)
			assert.Equal(t, before, w.room(r.ID))
			assert.Equal(t, past, w.history(customer))
		})
	}
}

func TestReleaseWhileTheRoomChanges(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	busy := w.meanwhile("ChangeRoom", func() { w.send(customer, r.ID, 1, "wait") })
	v, err := busy.Release(t.Context(), agent, r.ID)
	assert.NoError(t, err)
	assert.Equal(t, int64(4), v.Room.Seq)
	assert.Equal(t, []string{"opened", "taken", "wait", "released"}, w.history(customer))
	assert.Equal(t, v.Room, w.room(r.ID), "the answer is the room as it is stored")
}
