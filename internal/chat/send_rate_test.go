package chat_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// TestSendTooFast: a side may write one burst at once and the next one once its window has passed. The other side and
// repeats are not affected.
func TestSendTooFast(t *testing.T) {
	for _, side := range []chat.Side{chat.Customer, chat.Agent} {
		t.Run(string(side), func(t *testing.T) {
			w := newWorld(t)
			w.Service.Rules = chat.DefaultRules()
			rules := w.Service.Rules
			customer, agent, r := w.ActiveRoom(t)
			from, other := customer, agent
			if side == chat.Agent {
				from, other = agent, customer
			}
			for no := 1; no <= rules.Burst; no++ {
				w.send(from, r.ID, no, fmt.Sprint(no))
			}
			tooFast := func(no int) {
				w.unchanged(customer, r.ID, func() {
					_, err := w.Service.Message(t.Context(), from, r.ID, no, "one more")
					assert.True(t, refused(t, chat.RateLimited, err).Retry())
				})
			}
			tooFast(rules.Burst + 1)
			w.send(other, r.ID, 1, "slow down")
			assert.Equal(t, rules.Burst, w.send(from, r.ID, rules.Burst, fmt.Sprint(rules.Burst)).No, "the last one, repeated")
			assert.Equal(t, 1, w.send(from, r.ID, 1, "1").No, "the first one, repeated")
			_, err := w.Service.Message(t.Context(), from, r.ID, rules.Burst+2, "ahead")
			outOfOrder(t, rules.Burst+1, err)

			w.Clock.Advance(rules.BurstWindow - time.Millisecond)
			tooFast(rules.Burst + 1)
			w.Clock.Advance(time.Millisecond)
			w.send(from, r.ID, rules.Burst+1, "one more")
			w.send(from, r.ID, rules.Burst+2, "and on")
		})
	}
}

// TestSlowSendersAreNeverHeldUp: a sender within the average rate is never refused.
func TestSlowSendersAreNeverHeldUp(t *testing.T) {
	w := newWorld(t)
	w.Service.Rules = chat.DefaultRules()
	customer, _, r := w.ActiveRoom(t)
	for no := 1; no <= 5*w.Service.Rules.Burst; no++ {
		w.send(customer, r.ID, no, fmt.Sprint(no))
		w.Clock.Advance(w.Service.Rules.BurstWindow / time.Duration(w.Service.Rules.Burst))
	}
}

// TestTooFastIsTheLastReason: if the sender may not write at all, they get that reason.
func TestTooFastIsTheLastReason(t *testing.T) {
	w := newWorld(t)
	w.Service.Rules.Burst = 1
	customer, agent, r := w.ActiveRoom(t)
	w.send(customer, r.ID, 1, "hello")
	w.send(agent, r.ID, 1, "hello")
	_, err := w.Service.Message(t.Context(), w.Customer(), r.ID, 2, "mine?")
	refused(t, chat.NotFound, err)
	_, err = w.Service.Message(t.Context(), w.Agent(), r.ID, 2, "mine?")
	refused(t, chat.Forbidden, err)
	w.join(w.Reconnect(customer), chat.CustomerJoin{Room: r.ID})
	_, err = w.Service.Message(t.Context(), customer, r.ID, 2, "from before")
	refused(t, chat.NotCurrent, err)
	w.end(agent, r.ID)
	_, err = w.Service.Message(t.Context(), agent, r.ID, 2, "after the end")
	refused(t, chat.Ended, err)
	require.Equal(t, []string{"opened", "taken", "hello", "hello", "ended"}, w.history(customer))
}
