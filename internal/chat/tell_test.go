package chat_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// TestGoneConnection: a post is answered with 410.
func TestGoneConnection(t *testing.T) {
	for name, trial := range map[string]struct {
		age    time.Duration
		marked bool
	}{
		"in its first second":  {0, false},
		"not quite 10 s old":   {chat.YoungConnection - time.Millisecond, false},
		"10 s old":             {chat.YoungConnection, true},
		"as old as any may be": {2 * time.Hour, true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.Clock.Advance(time.Hour)
			customer, r := w.WaitingRoom(t)
			agent := w.Reconnect(w.Agent()) // on a connection of the same millisecond
			agent.At = chat.StampOf(w.Clock.Now())
			w.take(agent, r.ID)
			w.Clock.Advance(trial.age)
			w.Pusher.Fail(agent.Conn, chat.ErrGone)
			w.Pusher.Forget()
			w.send(customer, r.ID, 1, "hello")
			seat := w.room(r.ID).Agent.Seat
			assert.Equal(t, agent.Conn, seat.Conn, "the connection is kept, in case the mark is wrong")
			assert.Equal(t, !trial.marked, seat.Online())
			told := []string{}
			if trial.marked {
				told = []string{"presence agent false"}
				assert.Zero(t, seat.Gone, "nobody knows since when")
			}
			assert.Equal(t, told, w.pushesTo(customer))
			assert.Equal(t, chat.StatusActive, w.room(r.ID).Status)
		})
	}
}

func TestGoneConnectionIsMarkedPresentAgain(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.passYoungAge()
	w.Pusher.Fail(agent.Conn, chat.ErrGone)
	w.send(customer, r.ID, 1, "hello")
	require.False(t, w.room(r.ID).Agent.Seat.Online())
	w.Pusher.Fail(agent.Conn, nil)
	w.Pusher.Forget()
	w.send(customer, r.ID, 2, "are you there?")
	assert.True(t, w.room(r.ID).Agent.Seat.Online())
	assert.Equal(t, []string{"message 4 customer are you there?"}, w.pushesTo(agent))
	assert.Equal(t, []string{"presence agent true"}, w.pushesTo(customer))
}

// TestPostThatFails: only a customer is made to come back, and not when there are too many posts already.
func TestPostThatFails(t *testing.T) {
	for name, trial := range map[string]struct {
		err    error
		to     chat.Side
		closes bool
	}{
		"to a customer":             {errDown, chat.Customer, true},
		"to an agent":               {errDown, chat.Agent, false},
		"throttled, to a customer":  {fmt.Errorf("post: %w", chat.ErrThrottled), chat.Customer, false},
		"throttled, to an agent":    {fmt.Errorf("post: %w", chat.ErrThrottled), chat.Agent, false},
		"to a customer who is gone": {chat.ErrGone, chat.Customer, false},
		"to an agent who is gone":   {chat.ErrGone, chat.Agent, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			from, to, r := w.ActiveRoom(t)
			if trial.to == chat.Customer {
				from, to = to, from
			}
			w.Pusher.Fail(to.Conn, trial.err)
			w.Pusher.Forget()
			w.send(from, r.ID, 1, "hello")
			assert.Equal(t, trial.closes, w.Pusher.Closed(to.Conn))
			stored := w.room(r.ID)
			assert.True(t, stored.Member(trial.to).Seat.Online(), "and nobody is gone for that")
			assert.Empty(t, w.pushesTo(from))
		})
	}
}

// TestNewerConnectionIsLookedForOnce: the agent changes connections while they are told.
func TestNewerConnectionIsLookedForOnce(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	callers := []chat.Caller{agent}
	for range 3 {
		callers = append(callers, w.Reconnect(agent))
	}
	w.passYoungAge()
	posts := 0
	w.Pusher.Watch(func(conn chat.ConnectionID, p chat.Push) {
		if _, text := p.(chat.MessagePush); !text {
			return
		}
		assert.Equal(t, callers[posts].Conn, conn)
		posts++
		w.Pusher.Fail(conn, chat.ErrGone)
		_, ok, err := w.Store.SeatInRoom(t.Context(), r.ID, callers[posts])
		assert.NoError(t, err)
		assert.True(t, ok)
	})
	w.send(customer, r.ID, 1, "hello")
	assert.Equal(t, 2, posts)
	assert.Equal(t, callers[2].Conn, w.room(r.ID).Agent.Seat.Conn)
	assert.True(t, w.room(r.ID).Agent.Seat.Online())
}

func TestNewerConnectionIsTold(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	newer := w.Reconnect(agent)
	w.Pusher.Fail(agent.Conn, chat.ErrGone)
	slow := w.meanwhile("PutMessage", func() {
		w.joinAgent(newer)
		w.Pusher.Forget()
	})
	_, err := slow.Message(t.Context(), customer, r.ID, 1, "hello")
	require.NoError(t, err)
	assert.Equal(t, []string{"message 3 customer hello"}, w.pushesTo(newer))
}

func TestNextHolderIsNotTakenForANewerConnection(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	receiver := w.onlineAgent()
	w.Pusher.Fail(agent.Conn, chat.ErrGone)
	slow := w.meanwhile("PutMessage", func() {
		w.transfer(agent, r.ID, receiver)
		w.Pusher.Forget()
	})
	_, err := slow.Message(t.Context(), customer, r.ID, 1, "hello")
	require.NoError(t, err)
	assert.Empty(t, w.pushesTo(receiver))
}

func TestBothSidesGone(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.passYoungAge()
	w.Pusher.Fail(agent.Conn, chat.ErrGone)
	w.Pusher.Fail(customer.Conn, chat.ErrGone)
	w.send(customer, r.ID, 1, "hello")
	got := w.room(r.ID)
	assert.False(t, got.Agent.Seat.Online())
	assert.False(t, got.Customer.Seat.Online())
	assert.Equal(t, chat.StatusActive, got.Status)
	w.Pusher.Fail(agent.Conn, nil)
	w.Pusher.Fail(customer.Conn, nil)
	w.send(customer, r.ID, 2, "hello?")
	got = w.room(r.ID)
	assert.True(t, got.Agent.Seat.Online())
	assert.True(t, got.Customer.Seat.Online())
}

// TestTellWhileTheStoreFails: a failure after the change does not fail the answer.
func TestTellWhileTheStoreFails(t *testing.T) {
	for _, call := range []string{"MarkLost", "MarkPresent", "FreeAgents", "UnseatPerson", "AddLoad"} {
		w := newWorld(t)
		idle := w.onlineAgent()
		customer, agent, r := w.ActiveRoom(t)
		w.passYoungAge()
		w.Pusher.Fail(customer.Conn, chat.ErrGone)
		if call == "MarkPresent" {
			w.send(agent, r.ID, 1, "hello")
			w.Pusher.Fail(customer.Conn, nil)
		}
		w.Pusher.Fail(idle.Conn, chat.ErrGone)
		called := false
		broken := w.withStore(func(c string, _ bool) error {
			if c != call {
				return nil
			}
			called = true
			return errDown
		})
		v, err := broken.Release(t.Context(), agent, r.ID)
		require.NoError(t, err, call)
		assert.Equal(t, chat.StatusWaiting, v.Room.Status)
		assert.True(t, called, call)
	}
}

// TestAgentsToldOfTheQueue: one agent's connection is gone, and another's post fails.
func TestAgentsToldOfTheQueue(t *testing.T) {
	w := newWorld(t)
	well, gone, broken := w.onlineAgent(), w.onlineAgent(), w.onlineAgent()
	w.Pusher.Fail(gone.Conn, chat.ErrGone)
	w.Pusher.Fail(broken.Conn, errDown)
	_, r := w.WaitingRoom(t)
	assert.Equal(t, []string{"add " + string(r.ID)}, w.pushesTo(well))
	assert.False(t, w.Pusher.Closed(broken.Conn), "it asks for the queue again")
	var online []chat.PersonID
	people, err := w.Store.ConnectedAgents(t.Context(), chat.StatusOnline)
	require.NoError(t, err)
	for _, p := range people {
		online = append(online, p.ID)
	}
	assert.ElementsMatch(t, []chat.PersonID{broken.Who, well.Who}, online, "an agent who is gone leaves the list")
}
