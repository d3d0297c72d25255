package chat_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func TestTake(t *testing.T) {
	w := newWorld(t)
	customer, r := w.WaitingRoom(t)
	w.send(customer, r.ID, 1, "hello")
	agent, colleague, away := w.onlineAgent(), w.onlineAgent(), w.awayAgent()
	w.Pusher.Forget()

	page := w.take(agent, r.ID)
	assert.Equal(t, chat.StatusActive, page.View.Room.Status)
	assert.Equal(t, agent.Who, page.View.Room.Agent.Who)
	assert.Equal(t, agent.Name, page.View.Room.Agent.Name)
	assert.True(t, page.View.Room.Agent.Seat.Online())
	assert.Equal(t, w.Clock.Now(), page.View.Room.TakenAt)
	assert.Zero(t, page.View.Position)
	require.Len(t, page.Messages, 3, "from its start")
	assert.Equal(t, int64(3), page.Through)
	assert.False(t, page.More)

	remove := "remove " + string(r.ID)
	assert.Equal(t, []string{"message 3 system taken", "room active 3 for customer", "presence agent true"}, w.pushesTo(customer))
	assert.Equal(t, []string{"message 3 system taken", remove}, w.pushesTo(agent))
	assert.Equal(t, []string{remove}, w.pushesTo(colleague))
	assert.Empty(t, w.pushesTo(away))
	assert.Equal(t, agent.Name, w.StoredMessages(t, customer.Who)[0].By)
}

func TestTakeWhileAway(t *testing.T) {
	w := newWorld(t)
	_, r := w.WaitingRoom(t)
	assert.Equal(t, chat.StatusActive, w.take(w.awayAgent(), r.ID).View.Room.Status)
}

func TestTakeRefused(t *testing.T) {
	for name, trial := range map[string]struct {
		given func(w *world, agent chat.Caller, room chat.RoomID) (chat.Caller, chat.RoomID)
		want  chat.Code
	}{
		"no such room": {func(_ *world, agent chat.Caller, room chat.RoomID) (chat.Caller, chat.RoomID) {
			return agent, room + "0"
		}, chat.NotFound},
		"another's": {func(w *world, _ chat.Caller, room chat.RoomID) (chat.Caller, chat.RoomID) {
			return w.onlineAgent(), room
		}, chat.Taken},
		"another's, an admin": {func(w *world, _ chat.Caller, room chat.RoomID) (chat.Caller, chat.RoomID) {
			return w.Admin(), room
		}, chat.Taken},
		"ended": {func(w *world, agent chat.Caller, room chat.RoomID) (chat.Caller, chat.RoomID) {
			w.end(agent, room)
			return agent, room
		}, chat.Ended},
		"an older connection": {func(w *world, agent chat.Caller, room chat.RoomID) (chat.Caller, chat.RoomID) {
			w.release(agent, room)
			w.joinAgent(w.Reconnect(agent))
			return agent, room
		}, chat.NotCurrent},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer, agent, r := w.ActiveRoom(t)
			who, room := trial.given(w, agent, r.ID)
			w.unchanged(customer, r.ID, func() {
				_, err := w.Service.Take(t.Context(), who, room)
				refused(t, trial.want, err)
			})
		})
	}
}

func TestTakeLost(t *testing.T) {
	w := newWorld(t)
	customer, r := w.WaitingRoom(t)
	winner, loser := w.onlineAgent(), w.onlineAgent()
	_, err := w.meanwhile("ChangeRoom", func() { w.take(winner, r.ID) }).Take(t.Context(), loser, r.ID)
	assert.Contains(t, refused(t, chat.Taken, err).Message, winner.Name)
	assert.Equal(t, []chat.PersonID{winner.Who}, w.room(r.ID).Held)
	assert.Equal(t, []string{"opened", "taken"}, w.history(customer))
}

func TestTakeAgainClaims(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	colleague := w.onlineAgent()
	w.disconnect(agent)
	newer := w.Reconnect(agent)
	w.Pusher.Forget()
	page := w.take(newer, r.ID)
	assert.Equal(t, newer.Conn, page.View.Room.Agent.Seat.Conn)
	assert.Equal(t, newer.Conn, w.room(r.ID).Agent.Seat.Conn)
	require.Len(t, page.Messages, 2)
	assert.Equal(t, []string{"room active 2 for customer"}, w.pushesTo(customer), "the first may have died before it told")
	assert.Empty(t, w.pushesTo(colleague), "agents ask for the queue")
	assert.Equal(t, []string{"opened", "taken"}, w.history(customer), "it is taken once")

	rev := w.room(r.ID).Rev
	w.take(newer, r.ID)
	assert.Equal(t, rev, w.room(r.ID).Rev, "claimed already")
}

func TestTakeAgainWhileAnotherGetsIt(t *testing.T) {
	w := newWorld(t)
	_, agent, r := w.ActiveRoom(t)
	receiver := w.onlineAgent()
	_, err := w.meanwhile("SeatInRoom", func() { w.transfer(agent, r.ID, receiver) }).Take(t.Context(), agent, r.ID)
	refused(t, chat.Forbidden, err)
}

// TestANewHolderSkipsANumber: the first holder starts at 1. Each later one skips a number, also when they held the
// room before.
func TestANewHolderSkipsANumber(t *testing.T) {
	w := newWorld(t)
	_, agent, r := w.ActiveRoom(t)
	require.Equal(t, 1, r.Agent.Next)
	w.send(agent, r.ID, 1, "hello")
	w.release(agent, r.ID)
	second := w.onlineAgent()
	page := w.take(second, r.ID)
	assert.Equal(t, 3, page.View.Room.Agent.Next)
	assert.Equal(t, 1, page.View.Room.Agent.No)
	_, err := w.Service.Message(t.Context(), second, r.ID, 2, "hello again")
	outOfOrder(t, 3, err)
	w.send(second, r.ID, 3, "hello again")
	w.transfer(second, r.ID, agent)
	assert.Equal(t, 5, w.room(r.ID).Agent.Next)
	assert.Equal(t, 1, w.room(r.ID).Customer.Next, "the customer's side goes on")
}

// TestACopyOfAnEarlierHoldersTextIsNotTheNextOnes: a text that was refused is not stored by a late copy when the same
// agent holds the room again.
func TestACopyOfAnEarlierHoldersTextIsNotTheNextOnes(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.release(agent, r.ID)
	_, err := w.Service.Message(t.Context(), agent, r.ID, 1, "hello")
	refused(t, chat.Forbidden, err)
	w.take(agent, r.ID)
	_, err = w.Service.Message(t.Context(), agent, r.ID, 1, "hello") // the first copy, late
	outOfOrder(t, 2, err)
	assert.NotContains(t, w.history(customer), "hello")
}
