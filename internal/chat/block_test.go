package chat_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/memory"
)

func (w *world) block(c chat.Caller, room chat.RoomID, blocked bool) chat.RoomPage {
	w.t.Helper()
	page, err := w.Service.Block(w.t.Context(), c, room, blocked)
	require.NoError(w.t, err)
	return page
}

// TestHistoryTellsAdminsOfABlock: so that unblocking is offered only where it has an effect.
func TestHistoryTellsAdminsOfABlock(t *testing.T) {
	w := newWorld(t)
	_, agent, r := w.ActiveRoom(t)
	admin := w.Admin()
	blocked := func(c chat.Caller) bool {
		page, err := w.Service.History(t.Context(), c, chat.HistoryQuery{Room: r.ID, Limit: 1})
		require.NoError(t, err)
		return page.Blocked
	}
	assert.False(t, blocked(admin))
	_, err := w.Service.Block(t.Context(), agent, r.ID, true)
	require.NoError(t, err)
	assert.True(t, blocked(admin))
	assert.False(t, blocked(agent))
	_, err = w.Service.Block(t.Context(), admin, r.ID, false)
	require.NoError(t, err)
	assert.False(t, blocked(admin))
	_, err = w.failing("Person").History(t.Context(), admin, chat.HistoryQuery{Room: r.ID, Limit: 1})
	assert.ErrorIs(t, err, errDown)
}

// TestBlock: the open chat ends, and a blocked customer opens none on the connection that they still have.
func TestBlock(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.send(customer, r.ID, 1, "rude")
	w.Pusher.Forget()

	page := w.block(agent, r.ID, true)
	assert.Equal(t, chat.StatusEnded, page.View.Room.Status)
	assert.Equal(t, chat.AgentEnded, page.View.Room.Reason)
	assert.Equal(t, chat.Agent, page.View.Side)
	assert.True(t, page.Card.Blocked)
	assert.Equal(t, 1, page.Card.Chats)
	assert.Equal(t, []string{"message 4 system ended", "room ended 4 for customer"}, w.pushesTo(customer))
	last := len(w.Pusher.Sent()) - 1
	assert.Equal(t, memory.Sent{Conn: customer.Conn, Close: true}, w.Pusher.Sent()[last], "closed, after they were told of the end")
	assert.Equal(t, []string{"opened", "taken", "rude", "ended"}, w.history(customer))

	for name, try := range map[string]func() error{
		"a new chat": func() error {
			_, err := w.Service.JoinCustomer(t.Context(), customer, chat.CustomerJoin{Start: true, Room: r.ID})
			return err
		},
		"reading the last": func() error {
			_, err := w.Service.JoinCustomer(t.Context(), customer, chat.CustomerJoin{Room: r.ID})
			return err
		},
		"a rating": func() error {
			return w.Service.Rate(t.Context(), customer, r.ID, chat.Rating{Score: 1, Comment: "ruder"})
		},
		"the past": func() error {
			_, err := w.Service.History(t.Context(), customer, chat.HistoryQuery{Limit: 1})
			return err
		},
	} {
		assert.NotEmpty(t, refused(t, chat.Forbidden, try()), name)
	}

	admin := w.Admin()
	w.joinAgent(admin)
	assert.False(t, w.block(admin, r.ID, false).Card.Blocked)
	assert.NotNil(t, w.join(customer, chat.CustomerJoin{Start: true, Room: r.ID}))
}

// TestBlockRepeated: the first answer may have been lost, or the first attempt may have died before it told the
// customer.
func TestBlockRepeated(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	first := w.block(agent, r.ID, true)
	for _, c := range []chat.Caller{agent, w.Admin()} {
		w.Pusher.Forget()
		w.Pusher.Fail(customer.Conn, nil)
		assert.Equal(t, first, w.block(c, r.ID, true))
		assert.Equal(t, []string{"room ended 3 for customer"}, w.pushesTo(customer))
		assert.True(t, w.Pusher.Closed(customer.Conn))
	}
	assert.Equal(t, []string{"opened", "taken", "ended"}, w.history(customer))
}

// TestABlockClosesTheCurrentConnection: whichever it is, and none but that.
func TestABlockClosesTheCurrentConnection(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	back := w.Reconnect(customer)
	w.join(back, chat.CustomerJoin{Room: r.ID})
	w.Pusher.Forget()
	w.block(agent, r.ID, true)
	assert.True(t, w.Pusher.Closed(back.Conn))
	assert.False(t, w.Pusher.Closed(customer.Conn), "that one was closed when it was replaced")
	assert.False(t, w.Pusher.Closed(agent.Conn))

	admin := w.Admin()
	w.joinAgent(admin)
	w.Pusher.Forget()
	w.block(admin, r.ID, false)
	assert.False(t, w.Pusher.Closed(back.Conn), "an unblocked customer is not cut off")

	w.disconnect(back)
	w.Pusher.Forget()
	w.block(agent, r.ID, true)
	assert.False(t, w.Pusher.Closed(back.Conn), "there is none to close")
}

// TestBlockDuringAStart: a customer who is blocked while they open a chat has none afterwards, whichever came first.
func TestBlockDuringAStart(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.end(agent, r.ID)
	_, err := w.meanwhile("OpenRoom", func() { w.block(agent, r.ID, true) }).
		JoinCustomer(t.Context(), customer, chat.CustomerJoin{Start: true, Room: r.ID})
	refused(t, chat.Forbidden, err)

	admin := w.Admin()
	w.joinAgent(admin)
	w.block(admin, r.ID, false)
	var next chat.RoomID
	page, err := w.meanwhile("SetBlocked", func() { next = w.join(customer, chat.CustomerJoin{Start: true, Room: r.ID}).View.Room.ID }).
		Block(t.Context(), agent, r.ID, true)
	require.NoError(t, err)
	assert.Equal(t, r.ID, page.View.Room.ID, "the answer is about the room that was named")
	assert.Equal(t, chat.StatusEnded, w.room(next).Status)
}

func TestWhoMayBlock(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	colleague, admin := w.onlineAgent(), w.Admin()
	w.joinAgent(admin)
	try := func(c chat.Caller, room chat.RoomID, blocked bool) error {
		_, err := w.Service.Block(t.Context(), c, room, blocked)
		return err
	}
	w.unchanged(customer, r.ID, func() {
		refused(t, chat.Forbidden, try(colleague, r.ID, true))
		refused(t, chat.Forbidden, try(agent, r.ID, false))
		refused(t, chat.NotFound, try(admin, w.IDs.NewRoomID(w.Clock.Now(), ""), true))
	})
	w.rejoin(agent)
	refused(t, chat.NotCurrent, try(agent, r.ID, true))
	p, err := w.Store.Person(t.Context(), customer.Who)
	require.NoError(t, err)
	assert.False(t, p.Blocked)

	waiting, waits := w.WaitingRoom(t)
	w.Pusher.Forget()
	w.block(admin, waits.ID, true)
	assert.Equal(t, []string{"message 2 system ended", "room ended 2 for customer"}, w.pushesTo(waiting))
	assert.Contains(t, w.pushesTo(colleague), "remove "+string(waits.ID))
}

func TestBlockWhileTheStoreFails(t *testing.T) {
	for _, call := range []string{"Person", "Room", "SetBlocked", "ChangeRoom"} {
		w := newWorld(t)
		_, agent, r := w.ActiveRoom(t)
		_, err := w.failing(call).Block(t.Context(), agent, r.ID, true)
		require.ErrorIs(t, err, errDown, call)
		assert.Equal(t, chat.StatusEnded, w.block(agent, r.ID, true).View.Room.Status, "it is repeated")
	}
}
