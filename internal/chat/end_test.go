package chat_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func TestEnd(t *testing.T) {
	for name, trial := range map[string]struct {
		by             func(w *world, customer, agent chat.Caller) chat.Caller
		want           chat.Reason
		side           chat.Side
		customer, told []string
	}{
		"by the customer": {
			func(_ *world, customer, _ chat.Caller) chat.Caller { return customer }, chat.CustomerEnded, chat.Customer,
			[]string{"message 3 system ended"}, []string{"message 3 system ended", "room ended 3 for agent"},
		},
		"by the agent": {
			func(_ *world, _, agent chat.Caller) chat.Caller { return agent }, chat.AgentEnded, chat.Agent,
			[]string{"message 3 system ended", "room ended 3 for customer"}, []string{"message 3 system ended"},
		},
		"by an admin": {
			func(w *world, _, _ chat.Caller) chat.Caller { return w.Admin() }, chat.AgentEnded, chat.Agent,
			[]string{"message 3 system ended", "room ended 3 for customer"},
			[]string{"message 3 system ended", "room ended 3 for agent"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer, agent, r := w.ActiveRoom(t)
			w.onlineAgent()
			by := trial.by(w, customer, agent)
			w.Pusher.Forget()
			v := w.end(by, r.ID)
			assert.Equal(t, chat.StatusEnded, v.Room.Status)
			assert.Equal(t, trial.want, v.Room.Reason)
			assert.Equal(t, trial.side, v.Side)
			assert.Equal(t, w.Clock.Now(), v.Room.EndedAt)
			assert.Zero(t, v.Room.SweepAt, "the sweep checks it no more")
			assert.Equal(t, v.Room.Seq, v.Room.Settled)
			assert.Equal(t, v.Room, w.room(r.ID))
			assert.Equal(t, trial.customer, w.pushesTo(customer))
			assert.Equal(t, trial.told, w.pushesTo(agent))
			assert.Len(t, w.Pusher.Sent(), len(trial.customer)+len(trial.told), "nobody else is told")
		})
	}
}

func TestEndOfAWaitingRoom(t *testing.T) {
	w := newWorld(t)
	agent, away := w.onlineAgent(), w.awayAgent()
	customer, r := w.WaitingRoom(t)
	w.Pusher.Forget()
	v := w.end(customer, r.ID)
	assert.Zero(t, v.Position)
	assert.Equal(t, []string{"remove " + string(r.ID)}, w.pushesTo(agent))
	assert.Empty(t, w.pushesTo(away))
	assert.Equal(t, []string{"message 2 system ended"}, w.pushesTo(customer))
	queue, err := w.Store.Queue(t.Context(), chat.ListWaiting, "", "", 0)
	require.NoError(t, err)
	assert.Empty(t, queue)
}

func TestEndRepeated(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	first := w.end(customer, r.ID)
	w.Clock.Advance(chat.Grace)
	for _, c := range []chat.Caller{customer, agent, w.Admin()} {
		w.Pusher.Forget()
		v := w.end(c, r.ID)
		assert.Equal(t, first.Room, v.Room, "the same answer, whoever ended it")
		other, line := agent, "room ended 3 for agent"
		if c.Side == chat.Agent {
			other, line = customer, "room ended 3 for customer"
		}
		assert.Equal(t, []string{line}, w.pushesTo(other), "the first may have died before it told")
	}
	assert.Equal(t, []string{"opened", "taken", "ended"}, w.history(customer))
}

func TestEndByAnAdminWhoseConnectionIsOld(t *testing.T) {
	w := newWorld(t)
	customer, _, r := w.ActiveRoom(t)
	admin := w.Admin()
	w.joinAgent(w.Reconnect(admin))
	w.unchanged(customer, r.ID, func() {
		_, err := w.Service.End(t.Context(), admin, r.ID)
		refused(t, chat.NotCurrent, err)
	})
	_, err := w.Service.End(t.Context(), w.Admin(), r.ID+"0")
	refused(t, chat.NotFound, err)
}

// TestEndSettlesPendingTexts: a text that was numbered but not put when the room ended is never stored, neither by
// its slow writer nor by a repeat.
func TestEndSettlesPendingTexts(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	slow := w.meanwhile("PutMessage", func() { w.end(agent, r.ID) })
	_, err := slow.Message(t.Context(), customer, r.ID, 1, "last word")
	require.Error(t, err)
	assert.Contains(t, []chat.Code{chat.Ended, chat.OutOfOrder}, chat.AsError(err).Code)
	_, err = w.Service.Message(t.Context(), customer, r.ID, 1, "last word")
	refused(t, chat.Ended, err)
	assert.Equal(t, []string{"opened", "taken", "void", "ended"}, w.history(customer))

	page := w.join(customer, chat.CustomerJoin{Room: r.ID})
	assert.Equal(t, []int64{3}, page.Void)
	assert.Equal(t, int64(4), page.Through)
}

// TestEndSettlesEveryPlace: holes of both sides, old and young, before and after stored texts.
func TestEndSettlesEveryPlace(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.numberOnly(customer, r.ID, 1, "lost")
	w.numberOnly(agent, r.ID, 1, "lost as well")
	w.send(customer, r.ID, 2, "stored")
	w.numberOnly(agent, r.ID, 2, "lost too")
	w.end(customer, r.ID)
	assert.Equal(t, []string{"opened", "taken", "void", "void", "stored", "void", "ended"}, w.history(customer))
}

func TestEndWhileATextArrives(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	var ack chat.Ack
	busy := w.meanwhile("ChangeRoom", func() { ack = w.send(customer, r.ID, 1, "wait") })
	v, err := busy.End(t.Context(), agent, r.ID)
	require.NoError(t, err)
	assert.Equal(t, int64(4), v.Room.Seq)
	past := w.history(customer)
	assert.Equal(t, "ended", past[len(past)-1])
	assert.Equal(t, int64(3), ack.Seq)
	assert.Equal(t, "wait", past[2], "what was acknowledged before the end stays")
}

func TestEndGivesUpOnABusyRoom(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	no := 0
	busy := w.withStore(func(call string, applied bool) error {
		if call == "ChangeRoom" && !applied {
			no++
			w.send(customer, r.ID, no, fmt.Sprint("text ", no))
		}
		return nil
	})
	_, err := busy.End(t.Context(), agent, r.ID)
	assert.True(t, refused(t, chat.Unavailable, err).Retry())
	assert.Equal(t, chat.StatusActive, w.room(r.ID).Status)
	assert.NotContains(t, w.history(customer), "void")
}

// TestEndWithEachFault loses each call of an end, before or after it was applied: the repeat ends the room once.
func TestEndWithEachFault(t *testing.T) {
	for _, call := range []string{"Room", "MessagesWithoutText", "PutMessage", "ChangeRoom"} {
		for _, lost := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, applied %t", call, lost), func(t *testing.T) {
				w := newWorld(t)
				customer, agent, r := w.ActiveRoom(t)
				w.numberOnly(customer, r.ID, 1, "on its way")
				_, err := w.withStore(func(c string, applied bool) error {
					if c == call && applied == lost {
						return errDown
					}
					return nil
				}).End(t.Context(), agent, r.ID)
				require.ErrorIs(t, err, errDown)
				assert.Equal(t, chat.StatusEnded, w.end(agent, r.ID).Room.Status)
				assert.Equal(t, []string{"opened", "taken", "void", "ended"}, w.history(customer))
				assert.Contains(t, w.pushesTo(customer), "room ended 4 for customer")
			})
		}
	}
}
