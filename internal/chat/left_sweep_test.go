package chat_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

const keepLeft = 7 * 24 * time.Hour

// TestSweepKeepsInsteadOfEnding: a chat of the day whose customer has gone is kept if nobody serves when it would end.
func TestSweepKeepsInsteadOfEnding(t *testing.T) {
	for name, trial := range map[string]struct {
		then func(w *world, agent chat.Caller) chat.Opening
		kept bool
	}{
		"open": {func(*world, chat.Caller) chat.Opening { return chat.Opening{Open: true} }, false},
		"open, the agent has gone home": {func(w *world, agent chat.Caller) chat.Opening {
			w.disconnect(agent)
			return chat.Opening{Open: true}
		}, true},
		"open, the agent is away": {func(w *world, agent chat.Caller) chat.Opening {
			require.NoError(w.t, w.Service.SetStatus(w.t.Context(), agent, chat.StatusAway))
			return chat.Opening{Open: true}
		}, true},
		"closed by now": {func(*world, chat.Caller) chat.Opening { return closed() }, true},
	} {
		t.Run(name, func(t *testing.T) {
			w, hours := newNight(t)
			hours.Set("", chat.Opening{Open: true})
			agent := w.onlineAgent()
			customer, r := w.WaitingRoom(t)
			w.send(customer, r.ID, 1, "hello?")
			w.disconnect(customer)
			hours.Set("", trial.then(w, agent))
			w.Clock.Advance(tenMinutes)
			done := w.sweep()
			got := w.room(r.ID)
			if !trial.kept {
				assert.Equal(t, chat.Swept{Checked: 1, Ended: 1}, done)
				assert.Equal(t, chat.Abandoned, got.Reason)
				assert.Zero(t, got.Kept)
				return
			}
			assert.Equal(t, chat.Swept{Checked: 1, Released: 1}, done)
			assert.Equal(t, w.Clock.Now(), got.Kept)
			w.assertList(chat.ListLeft, r.ID, "kept")
			assert.Equal(t, []string{"opened", "hello?", "left"}, w.history(customer))
			assert.Equal(t, w.Clock.Now().After(time.Hour), got.SweepAt)
			w.Clock.Advance(3 * 24 * time.Hour)
			assert.Equal(t, chat.Swept{Checked: 1}, w.sweep(), "days later")
		})
	}
}

// TestSweepKeepsNothingThatIsDone: a chat whose answer has been read ends, though nobody serves.
func TestSweepKeepsNothingThatIsDone(t *testing.T) {
	w, hours := newNight(t)
	hours.Set("", chat.Opening{Open: true})
	colleague := w.onlineAgent()
	customer, agent, r := w.ActiveRoom(t)
	w.disconnect(colleague)
	w.send(customer, r.ID, 1, "hello?")
	seq := w.send(agent, r.ID, 1, "hello").Seq
	require.NoError(t, w.Service.Read(t.Context(), customer, r.ID, seq))
	w.release(agent, r.ID)
	w.disconnect(agent)
	w.disconnect(customer)
	w.Clock.Advance(tenMinutes)
	assert.Equal(t, 1, w.sweep().Ended)
	assert.Equal(t, chat.Abandoned, w.room(r.ID).Reason, "as ever")
}

// TestSweepNeedsHours: a chat does not end without knowing whether anybody serves.
func TestSweepNeedsHours(t *testing.T) {
	w, hours := newNight(t)
	hours.Set("", chat.Opening{Open: true})
	w.onlineAgent()
	customer, r := w.WaitingRoom(t)
	w.disconnect(customer)
	w.Clock.Advance(tenMinutes)
	done, err := w.failing("FreeAgents").Sweep(t.Context())
	require.ErrorIs(t, err, errDown)
	assert.Equal(t, 1, done.Failed)
	assert.Equal(t, chat.StatusWaiting, w.room(r.ID).Status)
	assert.Equal(t, 1, w.sweep().Ended)
}

// TestLeftQuestionExpires: after 7 days, counted from the last that was written.
func TestLeftQuestionExpires(t *testing.T) {
	w, _ := newNight(t)
	customer, r := w.leftRoom()
	w.Clock.Advance(3 * 24 * time.Hour)
	customer = w.Reconnect(customer)
	w.join(customer, chat.CustomerJoin{Room: r.ID})
	w.send(customer, r.ID, 2, "or in green?")
	w.disconnect(customer)
	asked := w.Clock.Now()
	agent := w.onlineAgent()
	for _, step := range []struct {
		after time.Duration
		ended int
	}{{keepLeft - time.Hour, 0}, {keepLeft - time.Millisecond, 0}, {keepLeft, 1}} {
		w.Clock.Set(asked.After(step.after))
		w.Pusher.Forget()
		assert.Equal(t, step.ended, w.sweep().Ended, step.after.String())
	}
	got := w.room(r.ID)
	assert.Equal(t, chat.Expired, got.Reason)
	assert.False(t, got.Left)
	assert.Equal(t, r.Kept, got.Kept, "the statistics count it as one that was left")
	assert.Equal(t, []string{"remove " + string(r.ID)}, w.pushesTo(agent))
	assert.Equal(t, []string{"opened", "do you have this in blue?", "or in green?", "ended"}, w.history(customer))
	page := w.join(w.Reconnect(customer), chat.CustomerJoin{Room: r.ID})
	assert.Equal(t, chat.Expired, page.View.Room.Reason, "its customer learns of it")
}

// TestAnsweredQuestionWaitsForItsCustomer: the agent answers, and need not hold it. It ends 7 days after the answer.
func TestAnsweredQuestionWaitsForItsCustomer(t *testing.T) {
	w, _ := newNight(t)
	customer, r := w.leftRoom()
	agent := w.onlineAgent()
	w.take(agent, r.ID)
	w.send(agent, r.ID, 1, "yes, we do")
	answered := w.Clock.Now()
	w.Pusher.Forget()
	for minute := range 16 {
		w.Clock.Set(answered.After(time.Duration(minute) * time.Minute))
		assert.Equal(t, minute == 15, w.sweep().Released == 1, "minute %d", minute)
	}
	w.assertList(chat.ListLeft, r.ID, "answered, and not read")
	got := w.room(r.ID)
	assert.Empty(t, got.Agent.Who)
	assert.Equal(t, []string{"opened", "do you have this in blue?", "taken", "yes, we do", "left"}, w.history(customer))
	assert.Equal(t, []string{"message 5 system left", "room waiting 5 for agent", "add " + string(r.ID)}, w.pushesTo(agent), "no warning")
	w.Clock.Set(answered.After(keepLeft - time.Millisecond))
	assert.Zero(t, w.sweep().Ended)
	w.Clock.Set(answered.After(keepLeft))
	assert.Equal(t, 1, w.sweep().Ended)
	assert.Equal(t, chat.CustomerLeft, w.room(r.ID).Reason)
}

// TestAgentOfALeftQuestionGoes: the question goes back among those left, answered or not.
func TestAgentOfALeftQuestionGoes(t *testing.T) {
	for _, answers := range []bool{false, true} {
		w, _ := newNight(t)
		customer, r := w.leftRoom()
		agent := w.onlineAgent()
		w.take(agent, r.ID)
		want := []string{"opened", "do you have this in blue?", "taken", "released"}
		if answers {
			w.send(agent, r.ID, 1, "yes, we do")
			want = []string{"opened", "do you have this in blue?", "taken", "yes, we do", "left"}
		}
		w.disconnect(agent)
		w.Clock.Advance(2 * time.Minute)
		assert.Equal(t, 1, w.sweep().Released)
		assert.Equal(t, want, w.history(customer))
		w.assertList(chat.ListLeft, r.ID, "back")
	}
}

// TestSweepKeepsTheAgentOfAnAnsweredQuestion: the agent is there on a connection that the room does not know.
func TestSweepKeepsTheAgentOfAnAnsweredQuestion(t *testing.T) {
	w, _ := newNight(t)
	_, r := w.leftRoom()
	agent := w.onlineAgent()
	w.take(agent, r.ID)
	w.send(agent, r.ID, 1, "yes, we do")
	w.disconnect(agent)
	_, err := w.failing("SeatInRoom").JoinAgent(t.Context(), w.Reconnect(agent), chat.AgentJoin{})
	require.ErrorIs(t, err, errDown)
	w.Clock.Advance(2 * time.Minute)
	assert.Equal(t, chat.Swept{Checked: 1}, w.sweep())
	assert.Equal(t, agent.Who, w.room(r.ID).Agent.Who)
}

// TestTwoSweepsOfALeftQuestion: only one ends it.
func TestTwoSweepsOfALeftQuestion(t *testing.T) {
	w, _ := newNight(t)
	customer, r := w.leftRoom()
	w.Clock.Advance(keepLeft)
	slow := w.meanwhile("ChangeRoom", func() { assert.Equal(t, 1, w.sweep().Ended) })
	done, err := slow.Sweep(t.Context())
	require.NoError(t, err)
	assert.Equal(t, chat.Swept{Checked: 1}, done)
	assert.Equal(t, []string{"opened", "do you have this in blue?", "ended"}, w.history(customer))
	assert.Equal(t, chat.Expired, w.room(r.ID).Reason)
}

// TestTwoSweepsKeep: only one keeps a chat.
func TestTwoSweepsKeep(t *testing.T) {
	w, hours := newNight(t)
	hours.Set("", chat.Opening{Open: true})
	agent := w.onlineAgent()
	customer, _ := w.WaitingRoom(t)
	w.disconnect(customer)
	w.disconnect(agent)
	w.Clock.Advance(tenMinutes)
	slow := w.meanwhile("ChangeRoom", func() { assert.Equal(t, 1, w.sweep().Released) })
	done, err := slow.Sweep(t.Context())
	require.NoError(t, err)
	assert.Equal(t, chat.Swept{Checked: 1}, done)
	assert.Equal(t, []string{"opened", "left"}, w.history(customer))
}

// TestCustomerIsBackAsItExpires: who acts first wins.
func TestCustomerIsBackAsItExpires(t *testing.T) {
	for name, act := range map[string]func(w *world, customer chat.Caller, room chat.RoomID){
		"a join": func(w *world, customer chat.Caller, _ chat.RoomID) {
			w.join(w.Reconnect(customer), chat.CustomerJoin{})
		},
		"a text": func(w *world, customer chat.Caller, room chat.RoomID) {
			w.send(w.Reconnect(customer), room, 2, "still interested")
		},
		"a take": func(w *world, _ chat.Caller, room chat.RoomID) { w.take(w.onlineAgent(), room) },
	} {
		t.Run(name, func(t *testing.T) {
			w, _ := newNight(t)
			customer, r := w.leftRoom()
			w.Clock.Advance(keepLeft)
			done, err := w.meanwhile("ChangeRoom", func() { act(w, customer, r.ID) }).Sweep(t.Context())
			require.NoError(t, err)
			assert.Zero(t, done.Ended)
			assert.NotEqual(t, chat.StatusEnded, w.room(r.ID).Status)
			assert.NotContains(t, w.history(customer), "ended")
		})
	}
}

// TestAChatWithWhoIsHereIsOrdinary: a question that was kept, and that an agent takes while its customer is here, is a chat as any other.
func TestAChatWithWhoIsHereIsOrdinary(t *testing.T) {
	for name, here := range map[string]bool{"here": true, "gone": false} {
		t.Run(name, func(t *testing.T) {
			w, _ := newNight(t)
			customer, r := w.keptRoom()
			require.NotZero(t, r.Kept)
			if !here {
				w.disconnect(customer)
			}
			agent := w.onlineAgent()
			_, err := w.Service.Take(t.Context(), agent, r.ID)
			require.NoError(t, err)
			if here {
				w.disconnect(customer)
			}
			w.Clock.Advance(tenMinutes)
			w.sweep()
			got := w.room(r.ID)
			assert.Equal(t, here, got.Kept == 0)
			if here {
				assert.Equal(t, chat.CustomerLeft, got.Reason)
			} else {
				assert.Equal(t, chat.StatusActive, got.Status)
			}
		})
	}
}
