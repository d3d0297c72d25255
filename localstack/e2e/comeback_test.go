package e2e_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// throwOut closes the client's connections, as a function does, and waits until it has noticed.
func (c *client) throwOut(s stack, who string) {
	c.t.Helper()
	var backs int
	c.until("the connection", func() bool {
		backs = c.backs
		return c.open || c.over
	})
	for _, id := range s.connectionsOf(c.t, who) {
		at := strings.Replace(s.WS, "ws://", "http://", 1) + "/@connections/" + id
		_, _, _ = s.Send(c.t.Context(), http.MethodDelete, "execute-api", at, nil, nil) // an error if it is closed already
	}
	c.until("the end of the connection", func() bool { return c.backs > backs || c.over })
}

// missing throws the client out, and lets it come back once something has happened.
func (c *client) missing(s stack, who string, happens func()) {
	c.t.Helper()
	dial, gate := c.dial, make(chan struct{})
	c.change(func() {
		c.dial = func() (*websocket.Conn, error) {
			<-gate
			return dial()
		}
	})
	defer close(gate) // also if it fails
	c.throwOut(s, who)
	happens()
}

// TestAClientComesBack: the client of these tests learns what it missed, and comes back a few times only.
func TestAClientComesBack(t *testing.T) {
	s := runningStack(t)
	c, room, _, customer := s.customer(t)
	a := s.connect(t, s.agentToken(t, s.createAgent(t)))
	agent := a.ask("join", frame{}).str("agent", "id")
	no := take(a, room).num("room", "no")
	say(a, room, no+1, "before")
	c.text("before")

	c.missing(s, customer, func() { say(a, room, no+2, "meanwhile") })
	c.text("meanwhile")
	before := slices.DeleteFunc(c.frames(), func(f frame) bool { return f.str("message", "text") != "before" })
	assert.Len(t, before, 1, "it had that already")
	say(c, room, 1, "I am back")
	a.text("I am back")

	a.missing(s, agent, func() { require.Equal(t, "ended", c.ask("end", frame{"room": room}).str("room", "status")) })
	a.event(room, "ended")
	assert.Equal(t, "customer_ended", a.ended(room))

	for range maxBacks {
		require.False(t, c.isClosed())
		c.throwOut(s, customer)
	}
	c.closed()
}
