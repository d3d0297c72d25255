package chat_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

const tenMinutes = 10 * time.Minute

// TestSweepAbandons runs the sweep each minute after a customer left, 7 s after their start, in each way there is.
func TestSweepAbandons(t *testing.T) {
	for name, trial := range map[string]struct {
		leave func(w *world, customer chat.Caller)
		ends  int // the run that ends the room
	}{
		"by a $disconnect": {func(w *world, customer chat.Caller) { w.disconnect(customer) }, 11},
		"on a half-open connection": {func(w *world, customer chat.Caller) {
			w.Pusher.SetLastActive(customer.Conn, w.Clock.Now())
		}, 11},
		"without a $disconnect, first seen by the sweep": {func(w *world, customer chat.Caller) {
			w.Pusher.Fail(customer.Conn, chat.ErrGone)
		}, 20},
		"not at all, until the first check": {func(w *world, customer chat.Caller) {
			w.Pusher.SetLastActive(customer.Conn, w.Clock.Now().After(8*time.Minute))
		}, 20},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			agent := w.onlineAgent()
			customer, r := w.WaitingRoom(t)
			w.Clock.Advance(7 * time.Second)
			trial.leave(w, customer)
			w.Pusher.Forget()
			for run := range 30 {
				w.Clock.Set(r.Created.After(time.Duration(run) * time.Minute))
				ended := w.sweep().Ended
				assert.Equal(t, run == trial.ends, ended == 1, "run %d", run)
			}
			got := w.room(r.ID)
			assert.Equal(t, chat.StatusEnded, got.Status)
			assert.Equal(t, chat.Abandoned, got.Reason)
			assert.Equal(t, r.Created.After(time.Duration(trial.ends)*time.Minute), got.EndedAt)
			assert.Equal(t, []string{"opened", "ended"}, w.history(customer))
			assert.Equal(t, []string{"remove " + string(r.ID)}, w.pushesTo(agent))
		})
	}
}

// TestSweepAtTheExactEdge: the customer leaves when the room is opened, so that the first check is the edge itself.
func TestSweepAtTheExactEdge(t *testing.T) {
	for name, trial := range map[string]struct {
		after time.Duration
		want  chat.Swept
	}{
		"a millisecond before": {tenMinutes - time.Millisecond, chat.Swept{}},
		"at the edge":          {tenMinutes, chat.Swept{Checked: 1, Ended: 1}},
		"days later":           {72 * time.Hour, chat.Swept{Checked: 1, Ended: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer, _ := w.WaitingRoom(t)
			w.disconnect(customer)
			w.Clock.Advance(trial.after)
			assert.Equal(t, trial.want, w.sweep())
		})
	}
	w := newWorld(t)
	customer, r := w.WaitingRoom(t)
	w.Clock.Advance(time.Millisecond)
	w.disconnect(customer)
	w.Clock.Set(r.SweepAt)
	assert.Equal(t, chat.Swept{Checked: 1}, w.sweep(), "gone a millisecond too short")
	w.Clock.Advance(time.Millisecond)
	assert.Equal(t, chat.Swept{Checked: 1, Ended: 1}, w.sweep())
}

// TestSweepOnlyReschedules: rooms that are checked and nothing else.
func TestSweepOnlyReschedules(t *testing.T) {
	for name, given := range map[string]func(w *world) chat.Room{
		"a customer who waits": func(w *world) chat.Room {
			_, r := w.WaitingRoom(w.t)
			return r
		},
		"a customer whose connection was last active 5 min ago": func(w *world) chat.Room {
			customer, r := w.WaitingRoom(w.t)
			w.Pusher.SetLastActive(customer.Conn, r.SweepAt.After(-5*time.Minute))
			return r
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			r := given(w)
			w.Clock.Set(r.SweepAt)
			before := w.room(r.ID)
			w.Pusher.Forget()
			assert.Equal(t, chat.Swept{Checked: 1}, w.sweep())
			before.Rev++
			before.SweepAt = w.Clock.Now().After(w.Service.Rules.Recheck)
			assert.Equal(t, before, w.room(r.ID))
			w.assertNoPushes()
			assert.Equal(t, chat.Swept{}, w.sweep())
		})
	}
}

// TestSweepRecordsPresence: what it learns of a connection is stored, and told to the agent.
func TestSweepRecordsPresence(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.Clock.Advance(5 * time.Minute)
	w.Pusher.SetLastActive(customer.Conn, w.Clock.Now().After(-time.Second))
	w.send(agent, r.ID, 1, "are you there?")
	w.Clock.Set(r.SweepAt)
	w.Pusher.Forget()
	w.sweep()
	assert.Equal(t, r.Created.After(5*time.Minute-time.Second), w.room(r.ID).Customer.Seat.Gone, "since the connection was last active")
	assert.Equal(t, []string{"presence customer false"}, w.pushesTo(agent))

	w.Clock.Set(w.room(r.ID).SweepAt)
	w.Pusher.SetLastActive(customer.Conn, w.Clock.Now())
	w.Pusher.Forget()
	w.sweep()
	assert.True(t, w.room(r.ID).Customer.Seat.Online())
	assert.Equal(t, []string{"presence customer true"}, w.pushesTo(agent))
}

func TestTwoSweeps(t *testing.T) {
	w := newWorld(t)
	customer, r := w.WaitingRoom(t)
	w.disconnect(customer)
	w.Clock.Set(r.SweepAt)
	slow := w.meanwhile("ChangeRoom", func() {
		assert.Equal(t, chat.Swept{Checked: 1, Ended: 1}, w.sweep())
	})
	done, err := slow.Sweep(t.Context())
	require.NoError(t, err)
	assert.Equal(t, chat.Swept{Checked: 1}, done)
	assert.Equal(t, []string{"opened", "ended"}, w.history(customer))
}

// TestAReturnDuringTheSweepWins: somebody acts between the check and the end.
func TestAReturnDuringTheSweepWins(t *testing.T) {
	for name, trial := range map[string]struct {
		act  func(w *world, customer chat.Caller, room chat.RoomID)
		want chat.Status
	}{
		"a join": {func(w *world, customer chat.Caller, _ chat.RoomID) {
			w.join(w.Reconnect(customer), chat.CustomerJoin{})
		}, chat.StatusWaiting},
		"a text": {func(w *world, customer chat.Caller, room chat.RoomID) {
			w.send(w.Reconnect(customer), room, 1, "still here")
		}, chat.StatusWaiting},
		"a take": {func(w *world, _ chat.Caller, room chat.RoomID) { w.take(w.onlineAgent(), room) }, chat.StatusActive},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer, r := w.WaitingRoom(t)
			w.disconnect(customer)
			w.Clock.Set(r.SweepAt)
			done, err := w.meanwhile("ChangeRoom", func() { trial.act(w, customer, r.ID) }).Sweep(t.Context())
			require.NoError(t, err)
			assert.Zero(t, done.Ended)
			assert.Equal(t, trial.want, w.room(r.ID).Status)
			assert.NotContains(t, w.history(customer), "ended")
			assert.NotContains(t, w.history(customer), "void")
		})
	}
}

func TestSweepOfManyRooms(t *testing.T) {
	w := newWorld(t)
	const many = 900 // more than a page of every shard
	for range many {
		customer, _ := w.WaitingRoom(t)
		w.disconnect(customer)
	}
	w.Clock.Advance(tenMinutes)
	assert.Equal(t, chat.Swept{Checked: many, Ended: many}, w.sweep())
}

func TestSweepContinuesAfterAFailure(t *testing.T) {
	w := newWorld(t)
	broken, first := w.WaitingRoom(t)
	w.Pusher.Fail(broken.Conn, errDown)
	customer, second := w.WaitingRoom(t)
	w.disconnect(customer)
	w.Clock.Advance(tenMinutes)
	before := w.room(first.ID)
	done, err := w.Service.Sweep(t.Context())
	require.ErrorIs(t, err, errDown)
	assert.Equal(t, chat.Swept{Checked: 2, Failed: 1, Ended: 1}, done)
	assert.Equal(t, before, w.room(first.ID), "a room whose customer's presence is unknown")
	assert.Equal(t, chat.StatusEnded, w.room(second.ID).Status)
	for _, call := range []string{"DueRooms", "Room", "ChangeRoom"} {
		_, err = w.failing(call).Sweep(t.Context())
		assert.ErrorIs(t, err, errDown, call)
	}
}

// TestSweepIfEveryRoomFails: rooms that stay due are checked once in a run.
func TestSweepIfEveryRoomFails(t *testing.T) {
	w := newWorld(t)
	const many = 900
	w.openMany(many, func(int) chat.Millis { return w.Clock.Now() })
	w.Clock.Advance(tenMinutes)
	done, err := w.failing("ChangeRoom").Sweep(t.Context())
	require.ErrorIs(t, err, errDown)
	assert.ErrorContains(t, err, "and 892 more", "not the errors of all of them")
	assert.Equal(t, chat.Swept{Checked: many, Failed: many}, done)
}

func TestSweepStopsBeforeItsDeadline(t *testing.T) {
	w := newWorld(t)
	customer, r := w.WaitingRoom(t)
	w.disconnect(customer)
	w.Clock.Set(r.SweepAt.After(time.Minute))
	ctx, cancel := context.WithTimeout(t.Context(), time.Second) // less than a run's reserve
	defer cancel()
	done, err := w.Service.Sweep(ctx)
	require.NoError(t, err)
	assert.Equal(t, chat.Swept{Lag: 60_000}, done, "it tells how late the next run is")
	assert.Equal(t, 1, w.sweep().Ended, "the next run goes on")
}

func TestSweepWithALaggingIndex(t *testing.T) {
	w := newWorld(t)
	customer, ended := w.WaitingRoom(t)
	w.end(customer, ended.ID)
	_, early := w.WaitingRoom(t)
	before := []chat.Room{w.room(ended.ID), w.room(early.ID)}
	w.Service.Store = &laggingIndexes{Store: w.Store, due: []chat.Due{{Room: ended.ID}, {Room: early.ID}, {Room: "no such room"}}}
	assert.Equal(t, chat.Swept{Checked: 3}, w.sweep())
	assert.Equal(t, before, []chat.Room{w.room(ended.ID), w.room(early.ID)})
}
