package e2e_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestAChatIsCountedOnce: one chat, and then its rating, change an agent's own figures once, however often the sweep runs.
func TestAChatIsCountedOnce(t *testing.T) {
	s := runningStack(t)
	a := s.agent(t, alex)
	a.ask("join", frame{})
	ask := aroundNow(frame{"by": "range", "tz": "Asia/Seoul"})
	figures := func() frame {
		t.Helper()
		answer := a.ask("stats", ask)
		require.Equal(t, "stats", answer.str("type"), "%v", answer)
		if rows := answer.list("rows"); len(rows) > 0 {
			return rows[0]
		}
		return frame{}
	}
	s.invoke(t, "sweep", frame{})
	before := figures()
	c, room, _, _ := s.customer(t)
	no := take(a, room).num("room", "no")
	say(c, room, 1, "Hello?")
	say(a, room, no+1, "Good day.")
	require.Equal(t, "ended", a.ask("end", frame{"room": room}).str("room", "status"))

	gains := func(want int, path ...string) {
		t.Helper()
		assert.Equal(t, want, figures().num(path...)-before.num(path...), "%v", path)
	}
	for range 2 {
		s.invoke(t, "sweep", frame{})
		gains(1, "started")
		gains(1, "answered")
		gains(1, "ended", "agent_ended")
		gains(1, "texts", "customer")
		gains(1, "texts", "agent")
		gains(1, "response", "n")
		gains(0, "rating", "n")
	}
	require.Equal(t, "ok", c.ask("rate", frame{"room": room, "score": 4}).str("type"))
	s.invoke(t, "sweep", frame{})
	gains(1, "started")
	gains(1, "rating", "n")
	gains(4, "rating", "sum")
	stranger := s.agent(t, minji)
	others := aroundNow(frame{"by": "day", "agent": a.ask("join", frame{}).str("agent", "id")})
	assert.Equal(t, "forbidden", stranger.ask("stats", others).str("code"))
	assert.Equal(t, "invalid", a.ask("stats", frame{"from": 0, "to": time.Now().UnixMilli(), "by": "hour"}).str("code"))
}
