package chat_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// assertList checks on which list a waiting room is.
func (w *world) assertList(want chat.List, room chat.RoomID, why string) {
	w.t.Helper()
	waiting, left := w.lists()
	assert.Equal(w.t, want == chat.ListWaiting, len(waiting) == 1, "waiting: %s", why)
	assert.Equal(w.t, want == chat.ListLeft, len(left) == 1, "left: %s", why)
	assert.Equal(w.t, want, chat.ListOf(w.room(room)), why)
}

// TestQuestionIsLeft: a customer of a kept room goes and comes back.
func TestQuestionIsLeft(t *testing.T) {
	w, _ := newNight(t)
	agent := w.onlineAgent()
	customer, r := w.keptRoom()
	w.assertList(chat.ListWaiting, r.ID, "their customer is there")
	w.Pusher.Forget()
	assert.True(t, w.disconnect(customer))
	w.assertList(chat.ListLeft, r.ID, "their customer has gone")
	assert.Empty(t, w.pushesTo(agent), "agents see it in their next queue, like any customer who goes")
	before := w.room(r.ID)
	assert.False(t, w.disconnect(customer), "twice")
	assert.Equal(t, before, w.room(r.ID))

	w.Clock.Advance(8 * time.Hour)
	back := w.Reconnect(customer)
	page := w.join(back, chat.CustomerJoin{Room: r.ID})
	assert.False(t, page.View.Room.Left)
	assert.Equal(t, 1, page.View.Position, "an ordinary waiting chat")
	w.assertList(chat.ListWaiting, r.ID, "their customer is back")
	assert.Equal(t, []string{"add " + string(r.ID)}, w.pushesTo(agent), "as for a new chat")
	got := w.room(r.ID)
	assert.Equal(t, r.Kept, got.Kept)
	assert.LessOrEqual(t, got.SweepAt, w.Clock.Now().After(10*time.Minute), "it is checked as often as others again")
	w.Pusher.Forget()
	w.join(back, chat.CustomerJoin{Room: r.ID})
	assert.Empty(t, w.pushesTo(agent), "a heartbeat tells nobody")
	assert.False(t, w.disconnect(customer), "a late disconnect of the connection before")
	w.assertList(chat.ListWaiting, r.ID, "changes nothing")
	assert.Equal(t, []string{"opened", "do you have this in blue?"}, w.history(customer), "none of it is an event")
}

// TestOrdinaryRoomIsNotLeft: one that began while somebody served keeps its place when its customer goes.
func TestOrdinaryRoomIsNotLeft(t *testing.T) {
	w, hours := newNight(t)
	hours.Set("", chat.Opening{Open: true})
	agent := w.onlineAgent()
	customer, r := w.WaitingRoom(t)
	w.send(customer, r.ID, 1, "hello?")
	w.disconnect(agent)
	before := w.room(r.ID)
	w.disconnect(customer)
	before.Rev++
	before.Customer.Seat.Conn, before.Customer.Seat.Gone = "", w.Clock.Now()
	assert.Equal(t, before, w.room(r.ID))
	w.assertList(chat.ListWaiting, r.ID, "until the sweep finds that nobody serves")
}

// TestDisconnectDiesBeforeTheList: the sweep repairs the list.
func TestDisconnectDiesBeforeTheList(t *testing.T) {
	w, _ := newNight(t)
	customer, r := w.keptRoom()
	current, err := w.failing("Relist").Disconnect(t.Context(), customer)
	require.ErrorIs(t, err, errDown)
	assert.True(t, current)
	w.assertList(chat.ListWaiting, r.ID, "the second write is missing")
	w.Clock.Set(r.SweepAt)
	assert.Equal(t, chat.Swept{Checked: 1}, w.sweep())
	w.assertList(chat.ListLeft, r.ID, "the sweep has found it")
	assert.Equal(t, w.Clock.Now().After(time.Hour), w.room(r.ID).SweepAt, "and checks it seldom from now on")
}

// TestARepeatedDisconnectRepairsTheList: its first try emptied the seat, and nothing more.
func TestARepeatedDisconnectRepairsTheList(t *testing.T) {
	w, _ := newNight(t)
	customer, r := w.keptRoom()
	_, err := w.failing("Relist").Disconnect(t.Context(), customer)
	require.ErrorIs(t, err, errDown)
	w.disconnect(customer)
	w.assertList(chat.ListLeft, r.ID, "the second try")
}

// TestWhoIsBackIsSweptSoon: a question that is left is checked once an hour, and as often as others once its customer is back or an
// agent takes it.
func TestWhoIsBackIsSweptSoon(t *testing.T) {
	for name, act := range map[string]func(w *world, customer chat.Caller, r chat.Room){
		"a join": func(w *world, customer chat.Caller, r chat.Room) {
			w.join(w.Reconnect(customer), chat.CustomerJoin{Room: r.ID})
		},
		"a take": func(w *world, _ chat.Caller, r chat.Room) { w.take(w.onlineAgent(), r.ID) },
	} {
		t.Run(name, func(t *testing.T) {
			w, _ := newNight(t)
			customer, r := w.leftRoom()
			w.Clock.Set(w.room(r.ID).SweepAt)
			w.sweep()
			require.Equal(t, w.Clock.Now().After(time.Hour), w.room(r.ID).SweepAt)
			act(w, customer, r)
			assert.Equal(t, w.Clock.Now().After(tenMinutes), w.room(r.ID).SweepAt)
		})
	}
}

// TestSweepFindsWhoIsGone: no $disconnect came.
func TestSweepFindsWhoIsGone(t *testing.T) {
	w, _ := newNight(t)
	customer, r := w.keptRoom()
	w.Pusher.Fail(customer.Conn, chat.ErrGone)
	w.Clock.Set(r.SweepAt)
	w.sweep()
	w.assertList(chat.ListLeft, r.ID, "their connection is gone")
}

// TestJoinDiesBeforeTheList: the customer's next join repairs the list, or the sweep does.
func TestJoinDiesBeforeTheList(t *testing.T) {
	for name, repair := range map[string]func(w *world, customer chat.Caller, r chat.Room){
		"a heartbeat": func(w *world, customer chat.Caller, r chat.Room) { w.join(customer, chat.CustomerJoin{Room: r.ID}) },
		"a new connection": func(w *world, customer chat.Caller, r chat.Room) {
			w.join(w.Reconnect(customer), chat.CustomerJoin{Room: r.ID})
		},
		"the sweep": func(w *world, _ chat.Caller, _ chat.Room) {
			w.Clock.Advance(time.Hour)
			w.sweep()
		},
	} {
		t.Run(name, func(t *testing.T) {
			w, _ := newNight(t)
			agent := w.onlineAgent()
			customer, r := w.leftRoom()
			customer = w.Reconnect(customer)
			_, err := w.failing("Relist").JoinCustomer(t.Context(), customer, chat.CustomerJoin{Room: r.ID})
			require.ErrorIs(t, err, errDown)
			w.assertList(chat.ListLeft, r.ID, "the second write is missing")
			assert.True(t, w.room(r.ID).Customer.Seat.Online())
			w.Pusher.Forget()
			repair(w, customer, r)
			w.assertList(chat.ListWaiting, r.ID, "repaired")
			assert.Equal(t, []string{"add " + string(r.ID)}, w.pushesTo(agent))
		})
	}
}

// TestCustomerIsBackMeanwhile: whoever changes the room first wins, and the lists are right in the end.
func TestCustomerIsBackMeanwhile(t *testing.T) {
	w, _ := newNight(t)
	customer, r := w.keptRoom()
	back := w.Reconnect(customer)
	_, err := w.meanwhile("Relist", func() { w.join(back, chat.CustomerJoin{Room: r.ID}) }).Disconnect(t.Context(), customer)
	require.NoError(t, err)
	w.assertList(chat.ListWaiting, r.ID, "the customer was back before the disconnect had moved the room")
	w.disconnect(back)
	w.assertList(chat.ListLeft, r.ID, "gone again")

	agent := w.onlineAgent()
	again := w.Reconnect(back)
	page, err := w.meanwhile("Relist", func() { w.take(agent, r.ID) }).JoinCustomer(t.Context(), again, chat.CustomerJoin{Room: r.ID})
	require.NoError(t, err)
	assert.Equal(t, chat.StatusActive, page.View.Room.Status, "an agent took it while they came back")
	waiting, left := w.lists()
	assert.Empty(t, append(waiting, left...))
}

// TestTwoTakeALeftQuestion: one gets it.
func TestTwoTakeALeftQuestion(t *testing.T) {
	w, _ := newNight(t)
	_, r := w.leftRoom()
	one, other := w.onlineAgent(), w.onlineAgent()
	_, err := w.meanwhile("ChangeRoom", func() { w.take(other, r.ID) }).Take(t.Context(), one, r.ID)
	refused(t, chat.Taken, err)
	got := w.room(r.ID)
	assert.Equal(t, other.Who, got.Agent.Who)
	assert.False(t, got.Left)
	assert.LessOrEqual(t, got.SweepAt, w.Clock.Now().After(10*time.Minute))
	waiting, left := w.lists()
	assert.Empty(t, append(waiting, left...))
}

// TestLeftQuestionMoves: it is released and transferred as any chat is, and answered, and found answered.
func TestLeftQuestionMoves(t *testing.T) {
	w, hours := newNight(t)
	hours.SetShare(4)
	customer, r := w.leftRoom()
	w.Clock.Advance(8 * time.Hour)
	one, other := w.onlineAgent(), w.onlineAgent()
	w.take(one, r.ID)
	w.Pusher.Forget()
	v := w.release(one, r.ID)
	assert.True(t, v.Room.Left)
	assert.Equal(t, &chat.LeftSince{Since: r.Kept, Open: 2 * 3_600_000}, v.Left)
	w.assertList(chat.ListLeft, r.ID, "released")
	for _, p := range w.Pusher.Frames(other.Conn) {
		assert.Equal(t, v.Left, p.(chat.QueueAdd).View.Left)
	}
	w.take(one, r.ID)
	_, err := w.Service.Transfer(t.Context(), one, r.ID, other.Who)
	require.NoError(t, err)
	w.send(other, r.ID, 3, "yes, we do") // a number is skipped with each new holder
	w.release(other, r.ID)
	w.assertList(chat.ListLeft, r.ID, "answered, and not read")

	customer = w.Reconnect(customer)
	page := w.join(customer, chat.CustomerJoin{Room: r.ID})
	w.assertList(chat.ListWaiting, r.ID, "back for the answer")
	require.NoError(t, w.Service.Read(t.Context(), customer, r.ID, page.View.Room.Seq))
	w.disconnect(customer)
	w.assertList(chat.ListWaiting, r.ID, "read")
	w.Clock.Advance(10*time.Minute - time.Millisecond)
	assert.Zero(t, w.sweep().Ended)
	w.Clock.Advance(time.Millisecond)
	assert.Equal(t, 1, w.sweep().Ended)
	assert.Equal(t, chat.CustomerLeft, w.room(r.ID).Reason)
}

// TestQueueShowsBothLists: the questions left beside those who wait, by age.
func TestQueueShowsBothLists(t *testing.T) {
	w, hours := newNight(t)
	hours.SetShare(3)
	_, first := w.leftRoom()
	_, second := w.keptRoom()
	w.Clock.Advance(3 * time.Hour)
	_, third := w.leftRoom()
	_, fourth := w.keptRoom()
	agent := w.Agent()
	desk := w.joinAgent(agent)
	list, err := w.Service.Queue(t.Context(), agent)
	require.NoError(t, err)
	for _, got := range []chat.QueueList{list, {Rooms: desk.Queue, Waiting: desk.Waiting, Left: desk.Left}} {
		assert.Equal(t, 2, got.Waiting)
		assert.Equal(t, 2, got.Left)
		var shown []string
		for _, v := range got.Rooms {
			shown = append(shown, fmt.Sprint(v.Room.ID, v.Position, v.Left))
		}
		assert.Equal(t, []string{
			fmt.Sprint(first.ID, 1, &chat.LeftSince{Since: first.Kept, Open: 3_600_000}),
			fmt.Sprint(second.ID, 1, (*chat.LeftSince)(nil)),
			fmt.Sprint(third.ID, 2, &chat.LeftSince{Since: third.Kept}),
			fmt.Sprint(fourth.ID, 2, (*chat.LeftSince)(nil)),
		}, shown, "those left count in nobody's position")
	}
}

// TestQueueShowsTheOldestLeft: of many questions the oldest, and how many there are.
func TestQueueShowsTheOldestLeft(t *testing.T) {
	w, _ := newNight(t)
	var rooms []chat.RoomID
	for range chat.MaxLeftShown + 3 {
		_, r := w.leftRoom()
		rooms = append(rooms, r.ID)
	}
	_, waiting := w.keptRoom()
	agent := w.onlineAgent()
	list, err := w.Service.Queue(t.Context(), agent)
	require.NoError(t, err)
	assert.Equal(t, len(rooms), list.Left)
	require.Len(t, list.Rooms, chat.MaxLeftShown+1)
	for i, id := range append(rooms[:chat.MaxLeftShown:chat.MaxLeftShown], waiting.ID) {
		assert.Equal(t, id, list.Rooms[i].Room.ID)
	}
}

// TestQueueWhileARoomMoves: an index that lags shows a room on both lists; the frame has it once, as it is.
func TestQueueWhileARoomMoves(t *testing.T) {
	w, _ := newNight(t)
	_, r := w.leftRoom()
	agent := w.onlineAgent()
	w.Service.Store = &laggingIndexes{Store: w.Store, queue: []chat.RoomID{r.ID}, left: []chat.RoomID{r.ID}}
	list, err := w.Service.Queue(t.Context(), agent)
	require.NoError(t, err)
	require.Len(t, list.Rooms, 1)
	assert.NotNil(t, list.Rooms[0].Left)
}

// TestEndWaitingOfAList: each of the lists is looked at and ended by itself.
func TestEndWaitingOfAList(t *testing.T) {
	w, _ := newNight(t)
	admin := w.Admin()
	w.joinAgent(admin)
	_, left := w.leftRoom()
	back, returns := w.leftRoom()
	_, here := w.keptRoom()
	page, err := w.Service.EndWaiting(t.Context(), admin, chat.WaitingQuery{Act: chat.LookOnly})
	require.NoError(t, err)
	assert.Equal(t, 1, page.Found)
	assert.Equal(t, here.ID, page.Examples[0].Room.ID)
	assert.Nil(t, page.Examples[0].Left)
	query := chat.WaitingQuery{Act: chat.LookOnly, List: chat.ListLeft, Pattern: "blue"}
	page, err = w.Service.EndWaiting(t.Context(), admin, query)
	require.NoError(t, err)
	assert.Equal(t, 2, page.Found)
	assert.Equal(t, left.ID, page.Examples[0].Room.ID)
	assert.NotNil(t, page.Examples[0].Left)
	query.Act = chat.EndThem
	page, err = w.meanwhile("Room", func() { w.join(w.Reconnect(back), chat.CustomerJoin{}) }).EndWaiting(t.Context(), admin, query)
	require.NoError(t, err)
	assert.Equal(t, 1, page.Ended)
	assert.Equal(t, chat.StatusEnded, w.room(left.ID).Status)
	assert.Equal(t, chat.StatusWaiting, w.room(returns.ID).Status, "its customer is here again")
	assert.Equal(t, chat.StatusWaiting, w.room(here.ID).Status)
}
