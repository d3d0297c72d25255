package e2e_test

import (
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// keepAlive pings so that the connection is not silent, as a visible page does.
func (c *client) keepAlive() {
	go func() {
		for sleep(time.Second, c.t.Context().Done()) {
			_ = c.newest().Write(c.t.Context(), websocket.MessageText, []byte(`{"action":"ping"}`))
		}
	}()
}

// event waits for a system message in a room.
func (c *client) event(room, name string) frame {
	c.t.Helper()
	return c.await(name, func(f frame) bool {
		return f.str("type") == "message" && f.str("room") == room && f.str("message", "event") == name
	})
}

// ended waits for the end of a room, and returns the reason.
func (c *client) ended(room string) (reason string) {
	c.t.Helper()
	return c.await("the end", func(f frame) bool {
		return f.str("room", "id") == room && f.str("room", "status") == "ended"
	}).str("room", "reason")
}

// newAgent is this test's own agent.
func (s stack) newAgent(t *testing.T) *client {
	t.Helper()
	c := s.connect(t, s.agentToken(t, s.createAgent(t)))
	require.Equal(t, "desk", c.ask("join", frame{}).str("type"))
	return c
}

type item map[string]string

// set writes attributes of an item directly, without the functions.
func (s stack) set(t *testing.T, table, key, id string, values map[string]item) {
	t.Helper()
	names, with, sets := map[string]string{}, map[string]item{}, []string{}
	for name, value := range values {
		names["#"+name], with[":"+name] = name, value
		sets = append(sets, "#"+name+" = :"+name)
	}
	var out any
	s.call(t, "dynamodb", "DynamoDB_20120810.UpdateItem", map[string]any{
		"TableName": s.Tables[table], "Key": map[string]item{key: {"S": id}}, "UpdateExpression": "SET " + strings.Join(sets, ", "),
		"ExpressionAttributeNames": names, "ExpressionAttributeValues": with,
	}, &out)
}

// waitUntil calls a condition until it returns true.
func (s stack) waitUntil(t *testing.T, done func() bool) {
	t.Helper()
	late := time.Now().Add(timeout)
	for !done() {
		require.True(t, time.Now().Before(late), "it never came to this")
		sleep(200*time.Millisecond, t.Context().Done())
	}
}

// TestSweptByTheSchedule tests each rule of the sweep. Only the schedule runs the sweep.
func TestSweptByTheSchedule(t *testing.T) {
	t.Parallel()
	s := openStack(t, "REJOIN_TEST_QUICK")
	require.NotEmpty(t, s.Params["IdleAfter"], "its rules are not those of localstack/quick.json")
	for name, play := range map[string]func(t *testing.T){
		"both are there, and the customer is silent: warned, then ended": func(t *testing.T) {
			c, room, _, _ := s.customer(t)
			a := s.newAgent(t)
			no := take(a, room).num("room", "no")
			say(c, room, 1, "Hello?")
			say(a, room, no+1, "What can I do for you?")
			c.keepAlive()
			a.keepAlive()
			for _, who := range []*client{c, a} {
				who.event(room, "idle_warning")
			}
			for _, who := range []*client{c, a} {
				assert.Equal(t, "idle", who.ended(room))
			}
		},
		"both are there, and nobody answers: told, then back in the queue": func(t *testing.T) {
			c, room, _, _ := s.customer(t)
			a := s.newAgent(t)
			take(a, room)
			say(c, room, 1, "Hello?")
			c.keepAlive()
			a.keepAlive()
			for _, event := range []string{"unanswered_warning", "released"} {
				for _, who := range []*client{c, a} {
					who.event(room, event)
				}
			}
			require.Equal(t, "waiting", c.ask("join", frame{"room": room}).str("room", "status"))
		},
		"a customer is gone": func(t *testing.T) {
			c, room, token, _ := s.customer(t)
			a := s.newAgent(t)
			take(a, room)
			c.drop()
			a.keepAlive()
			assert.Equal(t, "customer_left", a.ended(room))
			back := s.connect(t, token).ask("join", frame{"room": room})
			assert.Equal(t, "customer_left", back.str("room", "reason"), "%v", back)
		},
		"a customer's line is half open": func(t *testing.T) {
			c, room, _, _ := s.customer(t)
			a := s.newAgent(t)
			take(a, room)
			say(c, room, 1, "Into a tunnel")
			a.keepAlive()
			assert.Equal(t, "customer_left", a.ended(room))
		},
		"an agent is gone": func(t *testing.T) {
			c, room, _, _ := s.customer(t)
			a, other := s.newAgent(t), s.newAgent(t)
			take(a, room)
			c.keepAlive()
			other.keepAlive()
			a.drop()
			c.event(room, "released")
			other.await("the room in the queue", func(f frame) bool {
				return f.str("type") == "queue" && f.str("add", "id") == room && f.num("add", "seq") > 1
			})
			assert.Equal(t, "active", take(other, room).str("room", "status"))
		},
		"an agent's line is half open": func(t *testing.T) {
			c, room, _, _ := s.customer(t)
			a := s.newAgent(t)
			take(a, room)
			say(c, room, 1, "Are you there?")
			c.keepAlive()
			c.event(room, "released")
		},
		"a queue that was left": func(t *testing.T) {
			a := s.newAgent(t)
			a.keepAlive()
			c, room, token, _ := s.customer(t)
			c.drop()
			a.await("its removal", func(f frame) bool { return f.str("type") == "queue" && f.str("remove") == room })
			back := s.connect(t, token).ask("join", frame{"room": room})
			assert.Equal(t, "abandoned", back.str("room", "reason"), "%v", back)
		},
		"a half-open line in the queue": func(t *testing.T) {
			a := s.newAgent(t)
			a.keepAlive()
			_, room, _, _ := s.customer(t)
			a.await("its removal", func(f frame) bool { return f.str("type") == "queue" && f.str("remove") == room })
		},
		"a customer who waits and is there keeps their place": func(t *testing.T) {
			c, room, _, _ := s.customer(t)
			c.keepAlive()
			gone, left, _, _ := s.customer(t)
			gone.drop()
			a := s.newAgent(t)
			a.keepAlive()
			a.await("the removal of another", func(f frame) bool { return f.str("type") == "queue" && f.str("remove") == left })
			assert.Equal(t, "waiting", c.ask("join", frame{"room": room}).str("room", "status"))
			c.ask("end", frame{"room": room})
		},
		"an agent's token has run out": func(t *testing.T) {
			who := s.createAgent(t)
			a := s.connect(t, s.agentToken(t, who))
			id := a.ask("join", frame{}).str("agent", "id")
			a.keepAlive()
			a.stayAway()
			for _, conn := range s.connectionsOf(t, id) {
				s.set(t, "connections", "connectionId", conn, map[string]item{"until": {"N": "1"}})
			}
			a.closed()
		},
		"an agent's $disconnect never came": func(t *testing.T) {
			a := s.connect(t, s.agentToken(t, s.createAgent(t)))
			id := a.ask("join", frame{}).str("agent", "id")
			other := s.newAgent(t)
			other.keepAlive()
			online := func() bool {
				for _, it := range other.ask("join", frame{}).list("agents") {
					if it.str("id") == id {
						return true
					}
				}
				return false
			}
			require.True(t, online())
			s.set(t, "agents", "agentId", id, map[string]item{"conn": {"S": "nowhere"}, "at": {"N": "1"}})
			s.waitUntil(t, func() bool { return !online() })
		},
		"a chat that has ended is counted": func(t *testing.T) {
			c, room, _, _ := s.customer(t)
			a := s.newAgent(t)
			a.keepAlive()
			id := a.ask("join", frame{}).str("agent", "id")
			no := take(a, room).num("room", "no")
			say(a, room, no+1, "Good day.")
			require.Equal(t, "ended", c.ask("end", frame{"room": room}).str("room", "status"))
			ask := aroundNow(frame{"by": "range", "tz": "Asia/Seoul", "agent": id})
			s.waitUntil(t, func() bool {
				rows := a.ask("stats", ask).list("rows")
				return len(rows) == 1 && rows[0].num("ended", "customer_ended") == 1
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			play(t)
		})
	}
}
