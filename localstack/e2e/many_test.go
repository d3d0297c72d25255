package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestManyAreEndedTogether: an admin ends, and blocks, what one place and one pattern began, and no other chat.
func TestManyAreEndedTogether(t *testing.T) {
	s := runningStack(t)
	words := unique("spam")
	var bad []*client
	var rooms []string
	for range 3 {
		c, room, _, _ := s.customer(t)
		say(c, room, 1, "buy "+words)
		bad, rooms = append(bad, c), append(rooms, room)
	}
	honest, stays, _, _ := s.customer(t)
	say(honest, stays, 1, "where is my order?")

	agent, admin := s.agent(t, minji), s.agent(t, admin)
	admin.ask("join", frame{})
	agent.ask("join", frame{})
	query := func(act string) frame { return frame{"act": act, "pattern": "BUY " + words} }
	assert.Equal(t, "forbidden", agent.ask("endWaiting", query("block")).str("code"))
	look := admin.ask("endWaiting", query("look"))
	require.Equal(t, "waiting", look.str("type"), "%v", look)
	require.Equal(t, 3, look.num("found"), "%v", look)
	from := look.list("rooms")[0].str("from")
	assert.Regexp(t, `^[\w-]{4}$`, from)

	fields := query("block")
	fields["from"] = from
	done := admin.ask("endWaiting", fields)
	assert.Equal(t, 3, done.num("ended"), "%v", done)
	assert.Equal(t, 3, done.num("blocked"), "%v", done)
	for i, c := range bad {
		assert.Equal(t, "agent_ended", c.ended(rooms[i]))
		c.closed()
	}
	assert.Equal(t, "waiting", honest.ask("join", frame{}).str("room", "status"))
	assert.Equal(t, "room", honest.ask("end", frame{"room": stays}).str("type"))
}
