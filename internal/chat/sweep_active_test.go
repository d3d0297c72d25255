package chat_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// runSweeps runs the sweep each minute, with the given connections kept alive, and returns the minute of each change.
func (w *world) runSweeps(minutes int, room chat.RoomID, alive ...chat.Caller) map[int]string {
	w.t.Helper()
	seen := map[int]string{}
	start, said := w.Clock.Now(), len(w.history(chat.Caller{Who: w.room(room).Customer.Who}))
	for minute := 1; minute <= minutes; minute++ {
		w.Clock.Set(start.After(time.Duration(minute) * time.Minute))
		for _, c := range alive {
			w.Pusher.SetLastActive(c.Conn, w.Clock.Now())
		}
		w.sweep()
		past := w.history(chat.Caller{Who: w.room(room).Customer.Who})
		for ; said < len(past); said++ {
			seen[minute] += past[said]
		}
	}
	return seen
}

// goSilent makes a connection silent from now on, without anybody being told.
func (w *world) goSilent(c chat.Caller) { w.Pusher.SetLastActive(c.Conn, w.Clock.Now()) }

// TestSweepOfAnActiveRoom: a room in which nobody acts, in each way there is.
func TestSweepOfAnActiveRoom(t *testing.T) {
	for name, trial := range map[string]struct {
		leave  func(w *world, customer, agent chat.Caller) (alive []chat.Caller)
		want   map[int]string
		reason chat.Reason
	}{
		"nobody writes": {func(_ *world, customer, agent chat.Caller) []chat.Caller {
			return []chat.Caller{customer, agent}
		}, map[int]string{10: "idle_warning", 15: "ended"}, chat.Idle},
		"the customer leaves": {func(w *world, customer, agent chat.Caller) []chat.Caller {
			w.disconnect(customer)
			return []chat.Caller{agent}
		}, map[int]string{10: "ended"}, chat.CustomerLeft},
		"the customer's connection dies": {func(w *world, customer, agent chat.Caller) []chat.Caller {
			w.goSilent(customer)
			return []chat.Caller{agent}
		}, map[int]string{10: "ended"}, chat.CustomerLeft},
		"the agent leaves, then the customer": {func(w *world, customer, agent chat.Caller) []chat.Caller {
			w.disconnect(agent)
			w.disconnect(customer)
			return nil
		}, map[int]string{2: "released", 10: "ended"}, chat.Abandoned},
		"both connections die": {func(w *world, customer, agent chat.Caller) []chat.Caller {
			w.goSilent(customer)
			w.goSilent(agent)
			return nil
		}, map[int]string{10: "ended"}, chat.CustomerLeft},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer, agent, r := w.ActiveRoom(t)
			alive := trial.leave(w, customer, agent)
			assert.Equal(t, trial.want, w.runSweeps(30, r.ID, alive...))
			assert.Equal(t, trial.reason, w.room(r.ID).Reason)
		})
	}
}

// TestSweepCountsWhatItDid counts each room by what the sweep did.
func TestSweepCountsWhatItDid(t *testing.T) {
	w := newWorld(t)
	customer, agent, _ := w.ActiveRoom(t)
	_, gone, _ := w.ActiveRoom(t)
	left, waiting := w.WaitingRoom(t)
	w.disconnect(gone)
	w.disconnect(left)
	w.Clock.Set(waiting.SweepAt)
	for _, c := range []chat.Caller{customer, agent} {
		w.Pusher.SetLastActive(c.Conn, w.Clock.Now())
	}
	assert.Equal(t, chat.Swept{Checked: 3, Ended: 1, Released: 1, Warned: 1}, w.sweep())
}

func TestATextAfterTheWarningKeepsTheRoom(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.Pusher.Forget()
	assert.Equal(t, map[int]string{10: "idle_warning"}, w.runSweeps(14, r.ID, customer, agent))
	assert.Equal(t, []string{"message 3 system idle_warning", "room active 3 for customer"}, w.pushesTo(customer))
	assert.Equal(t, []string{"message 3 system idle_warning", "room active 3 for agent"}, w.pushesTo(agent))
	w.send(agent, r.ID, 1, "one moment")
	assert.Equal(t, map[int]string{10: "idle_warning", 15: "ended"}, w.runSweeps(20, r.ID, customer, agent))
}

// TestWaitingForAnAnswerIsNotIdle: no chat ends as idle while its customer waits for an answer, however often they
// write. Both sides are warned, and then another agent may answer.
func TestWaitingForAnAnswerIsNotIdle(t *testing.T) {
	for name, again := range map[string]int{"patient": 0, "impatient": 4} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer, agent, r := w.ActiveRoom(t)
			colleague := w.onlineAgent()
			_, younger := w.WaitingRoom(t)
			alive := []chat.Caller{customer, agent, colleague}
			w.send(customer, r.ID, 1, "hello?")
			seen, minute := map[int]string{}, 0
			for no := 2; no < 2+again; no++ {
				for at, event := range w.runSweeps(3, r.ID, alive...) {
					seen[minute+at] = event
				}
				minute += 3
				w.send(customer, r.ID, no, "hello?")
			}
			w.Pusher.Forget()
			for at, event := range w.runSweeps(40-minute, r.ID, alive...) {
				seen[minute+at] = event
			}
			assert.Equal(t, map[int]string{10: "unanswered_warning", 15: "released"}, seen)
			assert.Equal(t, chat.StatusWaiting, w.room(r.ID).Status)
			queue, err := w.Store.Queue(t.Context(), chat.ListWaiting, "", "", 0)
			require.NoError(t, err)
			assert.Equal(t, []chat.RoomID{r.ID, younger.ID}, queue, "the old place")

			w.take(colleague, r.ID)
			assert.Equal(t, map[int]string{10: "unanswered_warning", 15: "released"}, w.runSweeps(16, r.ID, alive...), "the next agent has as long")
			w.take(agent, r.ID)
			w.send(agent, r.ID, w.room(r.ID).Agent.Next, "sorry!")
			assert.Equal(t, map[int]string{10: "idle_warning", 15: "ended"}, w.runSweeps(16, r.ID, alive...))
			assert.Equal(t, chat.Idle, w.room(r.ID).Reason)
		})
	}
}

func TestBothSidesLearnOfAnUnansweredCustomer(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.send(customer, r.ID, 1, "hello?")
	w.Pusher.Forget()
	assert.Equal(t, map[int]string{10: "unanswered_warning"}, w.runSweeps(14, r.ID, customer, agent))
	assert.Equal(t, []string{"message 4 system unanswered_warning", "room active 4 for customer"}, w.pushesTo(customer))
	assert.Equal(t, []string{"message 4 system unanswered_warning", "room active 4 for agent"}, w.pushesTo(agent))
}

// TestSweepRequeues: a room whose agent is gone returns to its old position, and the customer and the agents are
// told.
func TestSweepRequeues(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	_, younger := w.WaitingRoom(t)
	colleague := w.onlineAgent()
	w.disconnect(agent)
	w.Pusher.Forget()
	assert.Equal(t, map[int]string{2: "released"}, w.runSweeps(3, r.ID, customer, colleague))
	got := w.room(r.ID)
	assert.Equal(t, chat.StatusWaiting, got.Status)
	assert.Empty(t, got.Agent.Who)
	queue, err := w.Store.Queue(t.Context(), chat.ListWaiting, "", "", 0)
	require.NoError(t, err)
	assert.Equal(t, []chat.RoomID{r.ID, younger.ID}, queue, "the old place")
	assert.Equal(t, []string{"message 3 system released", "room waiting 3 for customer"}, w.pushesTo(customer))
	assert.Equal(t, []string{"add " + string(r.ID)}, w.pushesTo(colleague))
}

// TestSweepHandsOver: an agent whose join died before it reached the room.
func TestSweepHandsOver(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.disconnect(agent)
	back := w.Reconnect(agent)
	_, err := w.failing("RoomsHeldBy").JoinAgent(t.Context(), back, chat.AgentJoin{})
	require.ErrorIs(t, err, errDown)
	w.Pusher.Forget()
	assert.Empty(t, w.runSweeps(3, r.ID, customer, back))
	assert.Equal(t, chat.Seat{Conn: back.Conn, At: back.At}, w.room(r.ID).Agent.Seat)
	assert.Equal(t, []string{"room active 2 for agent"}, w.pushesTo(back))
	assert.Equal(t, []string{"presence agent true"}, w.pushesTo(customer))
}

// TestSweepDoesNotHandOverToADeadConnection: a newer connection that is gone too, or one that is not newer.
func TestSweepDoesNotHandOverToADeadConnection(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.disconnect(agent)
	back := w.Reconnect(agent)
	_, err := w.failing("RoomsHeldBy").JoinAgent(t.Context(), back, chat.AgentJoin{})
	require.ErrorIs(t, err, errDown)
	w.Pusher.Fail(back.Conn, chat.ErrGone)
	assert.Equal(t, map[int]string{4: "released"}, w.runSweeps(5, r.ID, customer), "the newer one was there until lately")

	w = newWorld(t)
	customer, agent, r = w.ActiveRoom(t)
	w.Pusher.Fail(agent.Conn, chat.ErrGone) // its $disconnect is lost
	assert.Equal(t, map[int]string{3: "released"}, w.runSweeps(4, r.ID, customer), "the first run found out")
}

func TestSweepSkipsAnAgentOfUnknownPresence(t *testing.T) {
	w := newWorld(t)
	_, agent, r := w.ActiveRoom(t)
	w.disconnect(agent)
	w.Clock.Advance(w.Service.Rules.Away)
	before := w.room(r.ID)
	_, err := w.failing("Person").Sweep(t.Context())
	require.ErrorIs(t, err, errDown)
	assert.Equal(t, before, w.room(r.ID))
}

// TestAbsenceCountsFromTheDrop: after a wrong 410, the customer is present for minutes and then drops.
func TestAbsenceCountsFromTheDrop(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.Service.Rules.Warn, w.Service.Rules.Idle = time.Hour, 2*time.Hour
	w.passYoungAge()
	w.Pusher.Fail(customer.Conn, chat.ErrGone)
	w.send(agent, r.ID, 1, "are you there?")
	require.False(t, w.room(r.ID).Customer.Seat.Online())
	w.Pusher.Fail(customer.Conn, nil)
	w.Clock.Advance(9 * time.Minute)
	w.disconnect(customer)
	assert.Equal(t, map[int]string{10: "ended"}, w.runSweeps(12, r.ID, agent))
}

// TestSweepChecksA410: it clears the mark of a wrong 410, and keeps since when the connection of a right one is gone.
func TestSweepChecksA410(t *testing.T) {
	for name, trial := range map[string]struct {
		after error // the gateway's later answer about the connection
		want  map[int]string
	}{
		"false":                      {nil, map[int]string{}},
		"true, its $disconnect lost": {chat.ErrGone, map[int]string{20: "ended"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer, agent, r := w.ActiveRoom(t)
			w.Service.Rules.Warn, w.Service.Rules.Idle = time.Hour, 2*time.Hour
			w.passYoungAge()
			w.Pusher.Fail(customer.Conn, chat.ErrGone)
			w.send(agent, r.ID, 1, "are you there?")
			w.Pusher.Fail(customer.Conn, trial.after)
			alive := []chat.Caller{agent}
			if trial.after == nil {
				alive = append(alive, customer)
			}
			assert.Equal(t, trial.want, w.runSweeps(30, r.ID, alive...))
			assert.False(t, w.room(r.ID).Customer.Seat.Lost)
		})
	}
}
