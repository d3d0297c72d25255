package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTypingAndReadReachTheOtherSideAlone(t *testing.T) {
	s := runningStack(t)
	c, room, _, _ := s.customer(t)
	stranger, _, _, _ := s.customer(t)
	a := s.agent(t, 0)
	no := take(a, room).num("room", "no")
	seq := say(c, room, 1, "hello").num("seq")

	typing := c.prompt(func() { a.send("typing", frame{"room": room}) }, "typing", func(f frame) bool { return f.str("type") == "typing" })
	assert.Equal(t, "agent", typing.str("who"))
	beyond := func() { a.send("read", frame{"room": room, "seq": 1000}) } // the newest place: cut to it
	read := c.prompt(beyond, "read", func(f frame) bool { return f.str("type") == "read" })
	assert.Equal(t, seq, read.num("seq"))
	assert.Equal(t, "agent", read.str("who"))

	answer := say(a, room, no+1, "hi").num("seq")
	c.send("read", frame{"room": room, "seq": answer})
	a.await("read", func(f frame) bool { return f.str("type") == "read" && f.str("who") == "customer" })
	c.send("read", frame{"room": room, "seq": 1}) // a mark never goes back
	c.ping()
	f := c.ask("join", frame{"room": room})
	assert.Equal(t, answer, f.num("room", "read", "customer"))
	assert.Equal(t, seq, f.num("room", "read", "agent"))

	stranger.ping()
	for _, f := range stranger.frames() {
		assert.NotContains(t, []string{"typing", "read", "message", "presence"}, f.str("type"))
	}
}

func TestTheQueueIsPushedToWhoIsOnline(t *testing.T) {
	s := runningStack(t)
	online, away := s.agent(t, 0), s.agent(t, 1)
	require.Equal(t, "ok", away.ask("status", frame{"status": "away"}).str("type"))
	defer func() { s.agent(t, 1).ask("status", frame{"status": "online"}) }()
	c, room, _, _ := s.customer(t)
	online.await("the room's arrival", func(f frame) bool { return f.str("type") == "queue" && f.str("add", "id") == room })
	require.Equal(t, "ended", c.ask("end", frame{"room": room}).str("room", "status"))
	online.await("its removal", func(f frame) bool { return f.str("type") == "queue" && f.str("remove") == room })
	away.ping()
	for _, f := range away.frames() {
		assert.NotEqual(t, "queue", f.str("type"))
	}
	desk := s.agent(t, 1).ask("join", frame{})
	assert.Equal(t, "away", desk.str("status"), "it outlives the connection")
}

func TestAnEndIsToldToBothSidesAndIsTheSameAnswerAgain(t *testing.T) {
	s := runningStack(t)
	c, room, _, _ := s.customer(t)
	a := s.agent(t, 0)
	no := take(a, room).num("room", "no")
	require.Equal(t, "ended", c.ask("end", frame{"room": room}).str("room", "status"))
	told := func(f frame) bool { return f.str("type") == "message" && f.str("message", "event") == "ended" }
	assert.Equal(t, "system", a.await("the end", told).str("message", "from"))
	c.await("the end", told)
	ended := a.await("the room", func(f frame) bool { return f.str("type") == "room" && f.str("room", "status") == "ended" })
	assert.Equal(t, "customer_ended", ended.str("room", "reason"))
	again := a.ask("end", frame{"room": room})
	assert.Equal(t, "ended", again.str("room", "status"))
	assert.Equal(t, "customer_ended", again.str("room", "reason"))
	assert.Equal(t, "ended", a.ask("message", frame{"room": room, "no": no + 1, "text": "too late"}).str("code"))
}
