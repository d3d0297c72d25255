package chat_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// runs lets the sweep run each minute, with the lines given kept alive, and returns the minute of each change.
func (w *world) runs(minutes int, room chat.RoomID, alive ...chat.Caller) map[int]string {
	w.t.Helper()
	seen := map[int]string{}
	start, said := w.Clock.Now(), len(w.past(chat.Caller{Who: w.room(room).Customer.Who}))
	for minute := 1; minute <= minutes; minute++ {
		w.Clock.Set(start.After(time.Duration(minute) * time.Minute))
		for _, c := range alive {
			w.Pusher.SetLastActive(c.Conn, w.Clock.Now())
		}
		w.sweep()
		past := w.past(chat.Caller{Who: w.room(room).Customer.Who})
		for ; said < len(past); said++ {
			seen[minute] += past[said]
		}
	}
	return seen
}

// dead makes a line one that was lost now without anybody being told.
func (w *world) dead(c chat.Caller) { w.Pusher.SetLastActive(c.Conn, w.Clock.Now()) }

// TestSweepOfATalk leaves a talk alone in each way that there is.
func TestSweepOfATalk(t *testing.T) {
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
		"the customer's line dies": {func(w *world, customer, agent chat.Caller) []chat.Caller {
			w.dead(customer)
			return []chat.Caller{agent}
		}, map[int]string{10: "ended"}, chat.CustomerLeft},
		"the agent leaves, then the customer": {func(w *world, customer, agent chat.Caller) []chat.Caller {
			w.disconnect(agent)
			w.disconnect(customer)
			return nil
		}, map[int]string{2: "released", 10: "ended"}, chat.Abandoned},
		"both lines die": {func(w *world, customer, agent chat.Caller) []chat.Caller {
			w.dead(customer)
			w.dead(agent)
			return nil
		}, map[int]string{10: "ended"}, chat.CustomerLeft},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer, agent, r := w.Talking(t)
			alive := trial.leave(w, customer, agent)
			assert.Equal(t, trial.want, w.runs(30, r.ID, alive...))
			assert.Equal(t, trial.reason, w.room(r.ID).Reason)
		})
	}
}

// TestSweepSaysWhatItDid counts each room by what became of it.
func TestSweepSaysWhatItDid(t *testing.T) {
	w := newWorld(t)
	customer, agent, _ := w.Talking(t)
	_, gone, _ := w.Talking(t)
	left, waiting := w.WaitingRoom(t)
	w.disconnect(gone)
	w.disconnect(left)
	w.Clock.Set(waiting.SweepAt)
	for _, c := range []chat.Caller{customer, agent} {
		w.Pusher.SetLastActive(c.Conn, w.Clock.Now())
	}
	assert.Equal(t, chat.Swept{Checked: 3, Ended: 1, Released: 1, Warned: 1}, w.sweep())
}

func TestATextAfterTheWarningKeepsTheTalk(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.Talking(t)
	w.Pusher.Forget()
	assert.Equal(t, map[int]string{10: "idle_warning"}, w.runs(14, r.ID, customer, agent))
	assert.Equal(t, []string{"message 3 system idle_warning", "room active 3 for customer"}, w.told(customer))
	assert.Equal(t, []string{"message 3 system idle_warning", "room active 3 for agent"}, w.told(agent))
	w.say(agent, r.ID, 1, "one moment")
	assert.Equal(t, map[int]string{10: "idle_warning", 15: "ended"}, w.runs(20, r.ID, customer, agent))
}

// TestWhoWaitsForAnAnswerIsNotIdle holds that nobody's chat ends as idle while it is they who wait, however patient or
// impatient they are: both are told, and then somebody else may answer.
func TestWhoWaitsForAnAnswerIsNotIdle(t *testing.T) {
	for name, again := range map[string]int{"patient": 0, "impatient": 4} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer, agent, r := w.Talking(t)
			colleague := w.onDuty()
			_, younger := w.WaitingRoom(t)
			alive := []chat.Caller{customer, agent, colleague}
			w.say(customer, r.ID, 1, "hello?")
			seen, minute := map[int]string{}, 0
			for no := 2; no < 2+again; no++ {
				for at, event := range w.runs(3, r.ID, alive...) {
					seen[minute+at] = event
				}
				minute += 3
				w.say(customer, r.ID, no, "hello?")
			}
			w.Pusher.Forget()
			for at, event := range w.runs(40-minute, r.ID, alive...) {
				seen[minute+at] = event
			}
			assert.Equal(t, map[int]string{10: "unanswered_warning", 15: "released"}, seen)
			assert.Equal(t, chat.StatusWaiting, w.room(r.ID).Status)
			queue, err := w.Store.Queue(t.Context())
			require.NoError(t, err)
			assert.Equal(t, []chat.RoomID{r.ID, younger.ID}, queue, "the old place")

			w.take(colleague, r.ID)
			assert.Equal(t, map[int]string{10: "unanswered_warning", 15: "released"}, w.runs(16, r.ID, alive...), "the next agent has as long")
			w.take(agent, r.ID)
			w.say(agent, r.ID, w.room(r.ID).Agent.Next, "sorry!")
			assert.Equal(t, map[int]string{10: "idle_warning", 15: "ended"}, w.runs(16, r.ID, alive...))
			assert.Equal(t, chat.Idle, w.room(r.ID).Reason)
		})
	}
}

func TestBothSidesAreToldOfWhoWaitsForAnAnswer(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.Talking(t)
	w.say(customer, r.ID, 1, "hello?")
	w.Pusher.Forget()
	assert.Equal(t, map[int]string{10: "unanswered_warning"}, w.runs(14, r.ID, customer, agent))
	assert.Equal(t, []string{"message 4 system unanswered_warning", "room active 4 for customer"}, w.told(customer))
	assert.Equal(t, []string{"message 4 system unanswered_warning", "room active 4 for agent"}, w.told(agent))
}

// TestSweepRequeues gives a room whose agent is gone back, at its old place, and tells who is there.
func TestSweepRequeues(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.Talking(t)
	_, younger := w.WaitingRoom(t)
	colleague := w.onDuty()
	w.disconnect(agent)
	w.Pusher.Forget()
	assert.Equal(t, map[int]string{2: "released"}, w.runs(3, r.ID, customer, colleague))
	got := w.room(r.ID)
	assert.Equal(t, chat.StatusWaiting, got.Status)
	assert.Empty(t, got.Agent.Who)
	queue, err := w.Store.Queue(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []chat.RoomID{r.ID, younger.ID}, queue, "the old place")
	assert.Equal(t, []string{"message 3 system released", "room waiting 3 for customer"}, w.told(customer))
	assert.Equal(t, []string{"add " + string(r.ID)}, w.told(colleague))
}

// TestSweepHandsOver finds an agent whose join died before it came to the room.
func TestSweepHandsOver(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.Talking(t)
	w.disconnect(agent)
	back := w.Reconnect(agent)
	_, err := w.failing("RoomsHeldBy").JoinAgent(t.Context(), back, chat.AgentJoin{})
	require.ErrorIs(t, err, errDown)
	w.Pusher.Forget()
	assert.Empty(t, w.runs(3, r.ID, customer, back))
	assert.Equal(t, chat.Seat{Conn: back.Conn, At: back.At}, w.room(r.ID).Agent.Seat)
	assert.Equal(t, []string{"room active 2 for agent"}, w.told(back))
	assert.Equal(t, []string{"presence agent true"}, w.told(customer))
}

// TestSweepDoesNotHandOverToADeadLine has a newer connection that is gone as well, or is not newer.
func TestSweepDoesNotHandOverToADeadLine(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.Talking(t)
	w.disconnect(agent)
	back := w.Reconnect(agent)
	_, err := w.failing("RoomsHeldBy").JoinAgent(t.Context(), back, chat.AgentJoin{})
	require.ErrorIs(t, err, errDown)
	w.Pusher.Fail(back.Conn, chat.ErrGone)
	assert.Equal(t, map[int]string{4: "released"}, w.runs(5, r.ID, customer), "the newer one was there until lately")

	w = newWorld(t)
	customer, agent, r = w.Talking(t)
	w.Pusher.Fail(agent.Conn, chat.ErrGone) // its $disconnect is lost
	assert.Equal(t, map[int]string{3: "released"}, w.runs(4, r.ID, customer), "the first run found out")
}

func TestSweepLeavesATalkOfWhoseAgentNothingIsKnown(t *testing.T) {
	w := newWorld(t)
	_, agent, r := w.Talking(t)
	w.disconnect(agent)
	w.Clock.Advance(w.Service.Rules.Away)
	before := w.room(r.ID)
	_, err := w.failing("Person").Sweep(t.Context())
	require.ErrorIs(t, err, errDown)
	assert.Equal(t, before, w.room(r.ID))
}

// TestADropCountsFromTheDrop has a 410 that was false, of a customer who is there for minutes after it, and drops then.
func TestADropCountsFromTheDrop(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.Talking(t)
	w.Service.Rules.Warn, w.Service.Rules.Idle = time.Hour, 2*time.Hour
	w.old()
	w.Pusher.Fail(customer.Conn, chat.ErrGone)
	w.say(agent, r.ID, 1, "are you there?")
	require.False(t, w.room(r.ID).Customer.Seat.Online())
	w.Pusher.Fail(customer.Conn, nil)
	w.Clock.Advance(9 * time.Minute)
	w.disconnect(customer)
	assert.Equal(t, map[int]string{10: "ended"}, w.runs(12, r.ID, agent))
}

// TestSweepAsksWhetherA410WasTrue takes the mark of a false one back, and keeps since when the line of a true one is gone.
func TestSweepAsksWhetherA410WasTrue(t *testing.T) {
	for name, trial := range map[string]struct {
		after error // what the gateway says of the connection from then on
		want  map[int]string
	}{
		"false":                      {nil, map[int]string{}},
		"true, its $disconnect lost": {chat.ErrGone, map[int]string{20: "ended"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer, agent, r := w.Talking(t)
			w.Service.Rules.Warn, w.Service.Rules.Idle = time.Hour, 2*time.Hour
			w.old()
			w.Pusher.Fail(customer.Conn, chat.ErrGone)
			w.say(agent, r.ID, 1, "are you there?")
			w.Pusher.Fail(customer.Conn, trial.after)
			alive := []chat.Caller{agent}
			if trial.after == nil {
				alive = append(alive, customer)
			}
			assert.Equal(t, trial.want, w.runs(30, r.ID, alive...))
			assert.False(t, w.room(r.ID).Customer.Seat.Lost)
		})
	}
}
