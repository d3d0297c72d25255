package chat_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// team makes so many agents who are online, and returns the last.
func (w *world) team(n int) (last chat.Caller) {
	w.t.Helper()
	for range n {
		last = w.onlineAgent()
	}
	return last
}

// TestFramesOfAChatInALargeTeam: how many frames are posted for one chat. Once it was two for each agent who was online.
func TestFramesOfAChatInALargeTeam(t *testing.T) {
	w := newWorld(t)
	agent := w.team(300)
	w.Pusher.Forget()
	customer, r := w.WaitingRoom(t)
	begun := len(w.Pusher.Sent())
	w.take(agent, r.ID)
	taken := len(w.Pusher.Sent()) - begun
	w.end(agent, r.ID)
	all := len(w.Pusher.Sent())
	t.Logf("300 agents online: %d frames when a chat begins, %d when it is taken, %d when it ends", begun, taken, all-taken-begun)
	assert.LessOrEqual(t, all, 96)
	assert.Equal(t, []string{"message 2 system taken", "room active 2 for customer", "presence agent true", "message 3 system ended", "room ended 3 for customer"}, w.pushesTo(customer))
	for _, sent := range w.Pusher.Sent() {
		assert.False(t, sent.Close)
	}
}

// TestFreeAgentsAreTold: of many, those with the fewest open chats are told, whatever their number is.
func TestFreeAgentsAreTold(t *testing.T) {
	for name, trial := range map[string]struct{ busy, free, want int }{
		"a small team":              {3, 2, 5},
		"as many as are told":       {5, chat.MaxTold - 5, chat.MaxTold},
		"a large team":              {20, chat.MaxTold, chat.MaxTold},
		"a large team that is busy": {chat.MaxTold + 9, 1, chat.MaxTold},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			var busy, free []chat.Caller
			for range trial.busy {
				_, agent, _ := w.ActiveRoom(t)
				busy = append(busy, agent)
			}
			for range trial.free {
				free = append(free, w.onlineAgent())
			}
			w.awayAgent()
			w.Pusher.Forget()
			_, r := w.WaitingRoom(t)
			told := func(agents []chat.Caller) (n int) {
				for _, a := range agents {
					if len(w.pushesTo(a)) > 0 {
						assert.Equal(t, []string{"add " + string(r.ID)}, w.pushesTo(a))
						n++
					}
				}
				return n
			}
			assert.Equal(t, trial.want, told(busy)+told(free))
			assert.Equal(t, min(trial.free, trial.want), told(free))
			for _, a := range busy[:1] { // those who were not told see it with their next answer to queue
				list, err := w.Service.Queue(t.Context(), a)
				require.NoError(t, err)
				assert.Equal(t, r.ID, list.Rooms[0].Room.ID)
			}
		})
	}
}

// TestAnswersDoNotWaitForALargeTeam: with 10 ms a call, 300 agents online delay nobody's answer.
func TestAnswersDoNotWaitForALargeTeam(t *testing.T) {
	took := func(agents int) (times map[string]time.Duration) {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t)
			agent := w.team(agents)
			customer, other := w.Customer(), w.Customer()
			s := w.slowly(10 * time.Millisecond)
			times = map[string]time.Duration{}
			timed := func(name string, do func() error) {
				t.Helper()
				began := time.Now()
				require.NoError(t, do(), name)
				times[name] = time.Since(began)
			}
			var r chat.RoomID
			start := func(c chat.Caller) func() error {
				return func() error {
					page, err := s.JoinCustomer(t.Context(), c, chat.CustomerJoin{Start: true})
					if err == nil {
						r = page.View.Room.ID
					}
					return err
				}
			}
			timed("start", start(customer))
			timed("first text", func() error {
				_, err := s.Message(t.Context(), customer, r, 1, "hello")
				return err
			})
			timed("take", func() error {
				_, err := s.Take(t.Context(), agent, r)
				return err
			})
			timed("release", func() error {
				_, err := s.Release(t.Context(), agent, r)
				return err
			})
			timed("end", func() error {
				_, err := s.End(t.Context(), customer, r)
				return err
			})
			timed("another start", start(other))
		})
		return times
	}
	small, large := took(3), took(300)
	for name, few := range small {
		ratio := large[name].Seconds() / few.Seconds()
		t.Logf("%-14s %v with 3 agents online, %v with 300: %.2f", name, few, large[name], ratio)
		assert.LessOrEqual(t, ratio, 1.5, name)
	}
}
