package chat_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func (w *world) load(c chat.Caller) int {
	w.t.Helper()
	p, err := w.Store.Person(w.t.Context(), c.Who)
	require.NoError(w.t, err)
	return p.Load
}

// TestLoadFollowsTheRooms: each change of a room's holder changes the load of who gets and of who loses it.
func TestLoadFollowsTheRooms(t *testing.T) {
	w := newWorld(t)
	agent, colleague := w.onlineAgent(), w.onlineAgent()
	loads := func() [2]int { return [2]int{w.load(agent), w.load(colleague)} }
	customer, first := w.WaitingRoom(t)
	waiting, second := w.WaitingRoom(t)
	assert.Equal(t, [2]int{0, 0}, loads())
	w.take(agent, first.ID)
	w.take(agent, first.ID)
	assert.Equal(t, [2]int{1, 0}, loads(), "a repeat is no second room")
	w.take(agent, second.ID)
	assert.Equal(t, [2]int{2, 0}, loads())
	w.transfer(agent, first.ID, colleague)
	assert.Equal(t, [2]int{1, 1}, loads())
	w.release(agent, second.ID)
	assert.Equal(t, [2]int{0, 1}, loads())
	w.end(customer, first.ID)
	assert.Equal(t, [2]int{0, 0}, loads())
	w.end(customer, first.ID)
	assert.Equal(t, [2]int{0, 0}, loads())

	w.take(agent, second.ID)
	w.disconnect(agent)
	assert.Equal(t, [2]int{0, 0}, loads(), "without a connection there is none")
	w.Clock.Advance(chat.DefaultRules().Away)
	w.sweep()
	require.Equal(t, chat.StatusWaiting, w.room(second.ID).Status)
	assert.Equal(t, [2]int{0, 0}, loads())

	w.take(colleague, second.ID)
	require.Equal(t, [2]int{0, 1}, loads())
	w.send(waiting, second.ID, 1, "is anybody there?")
	for range 2 {
		w.Clock.Advance(chat.DefaultRules().Idle)
		w.sweep()
	}
	require.Equal(t, chat.StatusWaiting, w.room(second.ID).Status)
	assert.Equal(t, [2]int{0, 0}, loads(), "an agent who does not answer loses it")
}

// TestLoadIsSetRight: a function may die between a change and the load that follows from it.
func TestLoadIsSetRight(t *testing.T) {
	for name, asks := range map[string]func(*world, chat.Caller){
		"by a join": func(w *world, c chat.Caller) { w.joinAgent(c) },
		"by the queue": func(w *world, c chat.Caller) {
			_, err := w.Service.Queue(w.t.Context(), c)
			require.NoError(w.t, err)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			agent := w.onlineAgent()
			_, r := w.WaitingRoom(t)
			_, err := w.failing("AddLoad").Take(t.Context(), agent, r.ID)
			require.NoError(t, err)
			assert.Zero(t, w.load(agent))
			asks(w, agent)
			assert.Equal(t, 1, w.load(agent))

			_, err = w.failing("AddLoad").Release(t.Context(), agent, r.ID)
			require.NoError(t, err)
			assert.Equal(t, 1, w.load(agent))
			asks(w, agent)
			assert.Zero(t, w.load(agent), "less, too")
			w.take(agent, r.ID)

			_, _, err = w.Store.SetLoad(t.Context(), agent.Who, chat.UnknownLoad) // as of an agent who joined before loads were kept
			require.NoError(t, err)
			w.end(agent, r.ID)
			asks(w, agent)
			assert.Zero(t, w.load(agent))

			calls := []string{}
			counting := w.withStore(func(call string, applied bool) error {
				if applied {
					calls = append(calls, call)
				}
				return nil
			})
			_, err = counting.Queue(t.Context(), agent)
			require.NoError(t, err)
			assert.NotContains(t, calls, "SetLoad", "a load that is right costs nothing")
		})
	}
}
