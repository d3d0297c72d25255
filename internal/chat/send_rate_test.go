package chat_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// TestSendTooFast: a side writes as many texts in a moment as the rules say, and as many again once their time is over;
// the other side, and repeats, are not held up.
func TestSendTooFast(t *testing.T) {
	for _, side := range []chat.Side{chat.Customer, chat.Agent} {
		t.Run(string(side), func(t *testing.T) {
			w := newWorld(t)
			w.Service.Rules = chat.DefaultRules()
			rules := w.Service.Rules
			customer, agent, r := w.Talking(t)
			from, other := customer, agent
			if side == chat.Agent {
				from, other = agent, customer
			}
			for no := 1; no <= rules.Burst; no++ {
				w.say(from, r.ID, no, fmt.Sprint(no))
			}
			tooFast := func(no int) {
				w.unmoved(customer, r.ID, func() {
					_, err := w.Service.Message(t.Context(), from, r.ID, no, "one more")
					assert.True(t, refused(t, chat.RateLimited, err).Retry())
				})
			}
			tooFast(rules.Burst + 1)
			w.say(other, r.ID, 1, "slow down")
			assert.Equal(t, rules.Burst, w.say(from, r.ID, rules.Burst, fmt.Sprint(rules.Burst)).No, "the last one, repeated")
			assert.Equal(t, 1, w.say(from, r.ID, 1, "1").No, "the first one, repeated")
			_, err := w.Service.Message(t.Context(), from, r.ID, rules.Burst+2, "ahead")
			outOfOrder(t, rules.Burst+1, err)

			w.Clock.Advance(rules.BurstWindow - time.Millisecond)
			tooFast(rules.Burst + 1)
			w.Clock.Advance(time.Millisecond)
			w.say(from, r.ID, rules.Burst+1, "one more")
			w.say(from, r.ID, rules.Burst+2, "and on")
		})
	}
}

// TestSlowSendersAreNeverHeldUp: whoever writes no faster than the rules allow on average.
func TestSlowSendersAreNeverHeldUp(t *testing.T) {
	w := newWorld(t)
	w.Service.Rules = chat.DefaultRules()
	customer, _, r := w.Talking(t)
	for no := 1; no <= 5*w.Service.Rules.Burst; no++ {
		w.say(customer, r.ID, no, fmt.Sprint(no))
		w.Clock.Advance(w.Service.Rules.BurstWindow / time.Duration(w.Service.Rules.Burst))
	}
}

// TestTooFastIsTheLastReason: who may not write at all hears that.
func TestTooFastIsTheLastReason(t *testing.T) {
	w := newWorld(t)
	w.Service.Rules.Burst = 1
	customer, agent, r := w.Talking(t)
	w.say(customer, r.ID, 1, "hello")
	w.say(agent, r.ID, 1, "hello")
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
	require.Equal(t, []string{"opened", "taken", "hello", "hello", "ended"}, w.past(customer))
}
