package e2e_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestGreedIsBounded: what one person may do on a stack with the limits of a deployment, and that nobody else meets them.
func TestGreedIsBounded(t *testing.T) {
	t.Parallel()
	s := openStack(t, "REJOIN_TEST_QUICK")
	for name, play := range map[string]func(t *testing.T){
		"one chat after another": func(t *testing.T) {
			c := s.connect(t, s.customerToken(t, unique("cust")))
			require.Equal(t, "room", c.ask("join", frame{}).str("type"))
			var last string
			join := func(start bool) frame {
				fields := frame{"start": start}
				if last != "" {
					fields["room"] = last
				}
				return c.ask("join", fields)
			}
			const atOnce = 6 // StartsAtOnce in localstack/quick.json
			for range atOnce {
				room := join(true).str("room", "id")
				require.NotEqual(t, last, room)
				last = room
				require.Equal(t, "room", c.ask("end", frame{"room": last}).str("type"))
			}
			for range 2 {
				refused := join(true)
				assert.Equal(t, "rate_limited", refused.str("code"), "%v", refused)
				assert.Equal(t, true, refused.at("retry"))
			}
			assert.Equal(t, last, join(false).str("room", "id"), "and is served as ever")
			_, room, _, _ := s.customer(t)
			assert.NotEmpty(t, room, "as anybody else is")
		},
		"a flood of frames": func(t *testing.T) {
			other, room, _, _ := s.customer(t)
			token := s.customerToken(t, unique("cust"))
			c := s.connect(t, token)
			require.Equal(t, "room", c.ask("join", frame{}).str("type"))
			c.stayAway()
			for n := range 600 {
				if c.isClosed() {
					break
				}
				_ = c.newest().Write(t.Context(), websocket.MessageText, []byte(`{"action":"nothing"}`))
				if n == 200 {
					say(other, room, 1, "I wait")
				}
			}
			c.closed()
			told := slices.ContainsFunc(c.frames(), func(f frame) bool { return f.str("code") == "rate_limited" })
			assert.True(t, told, "it was told before")
			assert.Equal(t, "room", s.connect(t, token).ask("join", frame{}).str("type"), "a new connection is a new start")
		},
		"a blocked customer": func(t *testing.T) {
			c, room, token, _ := s.customer(t)
			a := s.newAgent(t)
			take(a, room)
			blocked := a.ask("block", frame{"room": room, "blocked": true})
			require.Equal(t, true, blocked.at("card", "blocked"), "%v", blocked)
			c.closed()
			assert.Equal(t, "agent_ended", c.ended(room), "they were told of the end before")
			_, response, err := s.dial(t, token, nil)
			require.Error(t, err)
			assert.Equal(t, http.StatusForbidden, response.StatusCode)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			play(t)
		})
	}
}
