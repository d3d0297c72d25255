package chat_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func TestJoinBeforeTheFirstRoom(t *testing.T) {
	w := newWorld(t)
	customer := w.Customer()
	assert.Empty(t, w.join(customer, chat.CustomerJoin{}).View.Room.ID)
	assert.Empty(t, w.join(customer, chat.CustomerJoin{Room: "another's", Since: 3}).View.Room.ID)
	assert.Empty(t, w.history(customer))
	w.assertNoPushes()
}

func TestStart(t *testing.T) {
	w := newWorld(t)
	agent, away := w.onlineAgent(), w.awayAgent()
	w.WaitingRoom(t)
	w.Pusher.Forget()

	customer := w.Customer()
	page := w.join(customer, chat.CustomerJoin{Start: true, Profile: chat.Profile{Name: "ignored", Topic: "an order"}})
	r := page.View.Room
	assert.Equal(t, chat.StatusWaiting, r.Status)
	assert.Equal(t, 2, page.View.Position)
	assert.Equal(t, chat.Customer, page.View.Side)
	assert.Equal(t, "an order", r.Topic)
	assert.Equal(t, customer.Name, r.Customer.Name, "the token takes precedence over the page")
	assert.Equal(t, 1, r.Customer.Next)
	require.Len(t, page.Messages, 1)
	assert.Equal(t, chat.EventOpened, page.Messages[0].Event)
	assert.Equal(t, int64(1), page.Through)
	assert.False(t, page.More)
	assert.Equal(t, r, w.room(r.ID))

	assert.Equal(t, []string{"add " + string(r.ID)}, w.pushesTo(agent))
	assert.Empty(t, w.pushesTo(away))
	assert.Len(t, w.Pusher.Sent(), 1)
}

func TestStartOfAVisitorWithAName(t *testing.T) {
	w := newWorld(t)
	visitor := w.Customer()
	visitor.Name = ""
	profile := chat.Profile{Name: "Mina", Email: "mina@example.com", Page: chat.Page{URL: "https://shop.example"}}
	page := w.join(visitor, chat.CustomerJoin{Start: true, Profile: profile})
	assert.Equal(t, "Mina", page.View.Room.Customer.Name)
	p, err := w.Store.Person(t.Context(), visitor.Who)
	require.NoError(t, err)
	assert.Equal(t, profile, p.Profile)
	assert.Equal(t, page.View.Room.ID, p.Room)
}

func TestJoinShowsTheOpenRoom(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.send(agent, r.ID, 1, "hello")
	for name, trial := range map[string]struct {
		join chat.CustomerJoin
		want int
	}{
		"naming it":                      {chat.CustomerJoin{Room: r.ID, Since: 2}, 1},
		"naming none":                    {chat.CustomerJoin{Since: 2}, 3},
		"naming another":                 {chat.CustomerJoin{Room: "another", Since: 2}, 3},
		"starting, naming it":            {chat.CustomerJoin{Room: r.ID, Since: 3, Start: true}, 0},
		"starting, as at first":          {chat.CustomerJoin{Start: true}, 3},
		"starting, naming another again": {chat.CustomerJoin{Room: "another", Since: 1, Start: true}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			w.Pusher.Forget()
			page := w.join(customer, trial.join)
			assert.Equal(t, r.ID, page.View.Room.ID)
			assert.Len(t, page.Messages, trial.want)
			assert.Equal(t, []string{"presence customer true"}, w.pushesTo(agent))
			assert.Len(t, w.Pusher.Sent(), 1)
		})
	}
	assert.Equal(t, []string{"opened", "taken", "hello"}, w.history(customer), "there is one room")
}

func TestJoinAfterTheEnd(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.end(agent, r.ID)
	for _, j := range []chat.CustomerJoin{
		{}, {Room: r.ID}, {Start: true}, {Start: true, Room: "another"}, // a repeated old start opens no room
	} {
		page := w.join(customer, j)
		assert.Equal(t, r.ID, page.View.Room.ID)
		assert.Equal(t, chat.StatusEnded, page.View.Room.Status)
		assert.Len(t, page.Messages, 3)
	}
	page := w.join(customer, chat.CustomerJoin{Start: true, Room: r.ID, Since: 3})
	assert.Greater(t, page.View.Room.ID, r.ID)
	assert.Equal(t, chat.StatusWaiting, page.View.Room.Status)
	assert.Len(t, page.Messages, 1, "a new room is shown from its start")

	again := w.join(customer, chat.CustomerJoin{Start: true, Room: r.ID, Since: 3})
	assert.Equal(t, page.View.Room.ID, again.View.Room.ID, "its repeat shows the same")
	assert.Len(t, again.Messages, 1)
}

func TestJoinFromAnOlderConnection(t *testing.T) {
	w := newWorld(t)
	customer, _, r := w.ActiveRoom(t)
	newer := w.Reconnect(customer)
	w.join(newer, chat.CustomerJoin{})
	w.unchanged(customer, r.ID, func() {
		_, err := w.Service.JoinCustomer(t.Context(), customer, chat.CustomerJoin{Room: r.ID})
		refused(t, chat.NotCurrent, err)
	})
	p, err := w.Store.Person(t.Context(), customer.Who)
	require.NoError(t, err)
	assert.Equal(t, newer.Conn, p.Seat.Conn)
}

// TestReplaced: on both sides the older connection is told and closed, again when the join is repeated.
func TestReplaced(t *testing.T) {
	for _, side := range []chat.Side{chat.Customer, chat.Agent} {
		w := newWorld(t)
		c, agent, _ := w.ActiveRoom(t)
		if side == chat.Agent {
			c = agent
		}
		join := func(c chat.Caller) {
			if side == chat.Agent {
				w.joinAgent(c)
			} else {
				w.join(c, chat.CustomerJoin{Device: "device-of-" + string(c.Conn)})
			}
		}
		newer := w.Reconnect(c)
		for range 2 {
			w.Pusher.Forget()
			w.Pusher.Fail(c.Conn, nil) // as if the first attempt had died before it told
			join(newer)
			assert.Equal(t, []string{"replaced by device-of-" + string(newer.Conn)}, w.pushesTo(c), side)
			assert.True(t, w.Pusher.Closed(c.Conn), side)
			assert.False(t, w.Pusher.Closed(newer.Conn), side)
		}
		third := w.Reconnect(c)
		w.disconnect(newer)
		w.Pusher.Forget()
		join(third)
		assert.Empty(t, w.pushesTo(newer), "who has left needs not be told")
	}
}

func TestJoinMarksItsSeatPresent(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.passYoungAge()
	w.Pusher.Fail(customer.Conn, chat.ErrGone)
	w.send(agent, r.ID, 1, "hello")
	require.False(t, w.room(r.ID).Customer.Seat.Online())
	w.Pusher.Fail(customer.Conn, nil)
	w.Pusher.Forget()
	page := w.join(customer, chat.CustomerJoin{Room: r.ID, Since: 2})
	assert.True(t, page.View.Room.Customer.Seat.Online())
	assert.True(t, w.room(r.ID).Customer.Seat.Online())
	assert.Equal(t, []string{"presence customer true"}, w.pushesTo(agent))
}

// TestTwoStartsAtOnce: another join of the same customer opens the room first.
func TestTwoStartsAtOnce(t *testing.T) {
	w := newWorld(t)
	customer := w.Customer()
	var first *chat.RoomPage
	slow := w.meanwhile("OpenRoom", func() { first = w.join(customer, chat.CustomerJoin{Start: true}) })
	page, err := slow.JoinCustomer(t.Context(), customer, chat.CustomerJoin{Start: true})
	require.NoError(t, err)
	assert.Equal(t, first.View.Room.ID, page.View.Room.ID)
	assert.Equal(t, []string{"opened"}, w.history(customer))
}

func TestStartWhileANewerConnectionJoins(t *testing.T) {
	w := newWorld(t)
	customer := w.Customer()
	newer := w.Reconnect(customer)
	slow := w.meanwhile("OpenRoom", func() { w.join(newer, chat.CustomerJoin{}) })
	_, err := slow.JoinCustomer(t.Context(), customer, chat.CustomerJoin{Start: true})
	refused(t, chat.NotCurrent, err)
	assert.Empty(t, w.history(customer))
}

func TestStartWhoseAnswerIsLost(t *testing.T) {
	w := newWorld(t)
	customer := w.Customer()
	lost := w.withStore(func(call string, applied bool) error {
		if call == "OpenRoom" && applied {
			return errDown
		}
		return nil
	})
	_, err := lost.JoinCustomer(t.Context(), customer, chat.CustomerJoin{Start: true})
	require.ErrorIs(t, err, errDown)
	page := w.join(customer, chat.CustomerJoin{Start: true})
	assert.Equal(t, chat.StatusWaiting, page.View.Room.Status)
	assert.Equal(t, []string{"opened"}, w.history(customer))
}
