package e2e_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// customer starts a chat as a new customer.
func (s stack) customer(t *testing.T) (c *client, room, token, who string) {
	t.Helper()
	sub := unique("cust")
	token = s.customerToken(t, sub)
	c = s.connect(t, token)
	last := c.ask("join", frame{})
	require.Equal(t, "room", last.str("type"), "%v", last)
	require.Nil(t, last["room"], "a new customer has no room")
	room = c.ask("join", frame{"start": true}).str("room", "id")
	require.NotEmpty(t, room)
	return c, room, token, "c_" + sub
}

// agent logs an agent in and joins.
func (s stack) agent(t *testing.T, i int) *client {
	t.Helper()
	c := s.connect(t, s.agentToken(t, s.Agents[i]))
	require.Equal(t, "desk", c.ask("join", frame{}).str("type"))
	return c
}

func say(c *client, room string, no int, text string) frame {
	c.t.Helper()
	f := c.ask("message", frame{"room": room, "no": no, "text": text})
	require.Equal(c.t, "ack", f.str("type"), "%v", f)
	return f
}

func take(c *client, room string) frame {
	c.t.Helper()
	f := c.ask("take", frame{"room": room})
	require.Equal(c.t, "room", f.str("type"), "%v", f)
	return f
}

func TestReconnectKeepsTheRoom(t *testing.T) {
	s := runningStack(t)
	c, room, token, _ := s.customer(t)
	a := s.agent(t, 0)
	no := take(a, room).num("room", "no")
	say(c, room, 1, "before")
	a.text("before")
	since := say(a, room, no+1, "answer").num("seq")
	c.text("answer")

	c.drop()
	gone := a.await("presence", func(f frame) bool { return f.str("type") == "presence" && f["online"] == false })
	assert.Equal(t, "customer", gone.str("who"))
	say(a, room, no+2, "while you were gone")

	back := s.connect(t, token)
	f := back.ask("join", frame{"room": room, "since": since})
	assert.Equal(t, room, f.str("room", "id"), "the same room")
	assert.Equal(t, "active", f.str("room", "status"))
	assert.Equal(t, []string{"while you were gone"}, f.texts())
	say(back, room, f.num("room", "no")+1, "after")
	a.text("after")

	all := back.ask("join", frame{"room": room, "since": 0})
	assert.Equal(t, []string{"before", "answer", "while you were gone", "after"}, all.texts())
}

func TestLateDisconnectIsANoOp(t *testing.T) {
	s := runningStack(t)
	c, room, token, who := s.customer(t)
	a := s.agent(t, 0)
	no := take(a, room).num("room", "no")
	ids := s.connectionsOf(t, who)
	require.Len(t, ids, 1)

	c.stayAway()
	back := s.connect(t, token)
	require.Equal(t, room, back.ask("join", frame{"room": room}).str("room", "id"))
	c.closed()

	data, err := os.ReadFile("../../events/disconnect-late.json")
	require.NoError(t, err)
	for range 2 { // and it comes twice
		var event map[string]any
		require.NoError(t, json.Unmarshal(data, &event))
		s.invoke(t, "disconnect", event)
		ctx := event["requestContext"].(map[string]any)
		ctx["connectionId"] = ids[0] // by the id alone, as the file stands
		s.invoke(t, "disconnect", event)
		ctx["authorizer"] = map[string]string{"who": who, "role": "customer", "at": "1764000000000000000"}
		s.invoke(t, "disconnect", event)
	}
	f := back.ask("join", frame{"room": room})
	assert.Equal(t, "active", f.str("room", "status"))
	say(a, room, no+1, "still there?")
	back.text("still there?")
	say(back, room, 1, "of course")
	a.text("of course")
}

func TestWaitingRoomKeepsItsPlaceWhenTheCustomerDrops(t *testing.T) {
	s := runningStack(t)
	first, room, token, _ := s.customer(t)
	before := first.ask("join", frame{"room": room}).num("room", "position")
	require.Positive(t, before)
	_, second, _, _ := s.customer(t)
	first.drop()
	s.customer(t)

	f := s.connect(t, token).ask("join", frame{"room": room})
	assert.Equal(t, "waiting", f.str("room", "status"))
	assert.Equal(t, before, f.num("room", "position"))

	a := s.agent(t, 0)
	var order []string
	for _, r := range a.ask("queue", frame{}).list("rooms") {
		order = append(order, r.str("id"))
	}
	assert.Less(t, slices.Index(order, room), slices.Index(order, second), "%v", order)
}

func TestOneOfTwoTakersWins(t *testing.T) {
	s := runningStack(t)
	a, b := s.agent(t, 0), s.agent(t, 1)
	for range 5 {
		_, room, _, _ := s.customer(t)
		answers := make([]frame, 2)
		var both sync.WaitGroup
		for i, agent := range []*client{a, b} {
			both.Go(func() { answers[i] = agent.ask("take", frame{"room": room}) })
		}
		both.Wait()
		got := []string{answers[0].str("type") + answers[0].str("code"), answers[1].str("type") + answers[1].str("code")}
		assert.ElementsMatch(t, []string{"room", "errortaken"}, got)
	}
}

func TestOneAgentInTwentyRooms(t *testing.T) {
	s := runningStack(t)
	a := s.agent(t, 0)
	const n = 20
	rooms, customers := make([]string, n), make([]*client, n)
	for i := range n {
		customers[i], rooms[i], _, _ = s.customer(t)
		no := take(a, rooms[i]).num("room", "no")
		say(a, rooms[i], no+1, fmt.Sprintf("hello %d", i))
	}
	for i, c := range customers {
		c.text(fmt.Sprintf("hello %d", i))
		say(c, rooms[i], 1, fmt.Sprintf("question %d", i))
	}
	for i := range n {
		assert.Equal(t, rooms[i], a.text(fmt.Sprintf("question %d", i)).str("room"))
	}
	for i, c := range customers {
		for _, f := range c.frames() {
			if f.str("type") == "message" {
				assert.Equal(t, rooms[i], f.str("room"), "nothing of another room")
			}
		}
	}
	mine, _ := a.ask("queue", frame{})["mine"].([]any)
	for _, room := range rooms {
		assert.Contains(t, mine, room)
	}
	a.drop() // and all of them again on a new line
	desk := s.connect(t, s.agentToken(t, s.Agents[0])).ask("join", frame{})
	var held []string
	for _, part := range desk.list("rooms") {
		held = append(held, part.str("room", "id"))
	}
	assert.Subset(t, held, rooms)
}

func TestRepeatIsStoredOnce(t *testing.T) {
	s := runningStack(t)
	c, room, _, _ := s.customer(t)
	a := s.agent(t, 0)
	take(a, room)
	first := say(c, room, 1, "once")
	for range 3 {
		again := say(c, room, 1, "once")
		assert.Equal(t, first["seq"], again["seq"])
		assert.Equal(t, first["at"], again["at"])
	}
	other := c.ask("message", frame{"room": room, "no": 1, "text": "another"})
	assert.Equal(t, "out_of_order", other.str("code"))
	assert.Equal(t, 2, other.num("expected"))
	ahead := c.ask("message", frame{"room": room, "no": 5, "text": "ahead"})
	assert.Equal(t, "out_of_order", ahead.str("code"))
	say(c, room, 2, "another")
	say(c, room, 1, "once") // older than the last
	assert.Equal(t, []string{"once", "another"}, c.ask("join", frame{"room": room}).texts())
}

func TestThirtyPastTextsAcrossRooms(t *testing.T) {
	s := runningStack(t)
	c, room, _, _ := s.customer(t)
	var want []string
	for chat := range 3 {
		for i := range 12 {
			text := fmt.Sprintf("chat %d text %d", chat, i)
			say(c, room, i+1, text)
			want = append(want, text)
		}
		require.Equal(t, "ended", c.ask("end", frame{"room": room}).str("room", "status"))
		next := c.ask("join", frame{"room": room, "start": true}).str("room", "id")
		require.NotEqual(t, room, next)
		room = next
	}
	a := s.agent(t, 0)
	take(a, room)
	var got []string
	ask := frame{"room": room, "limit": 30}
	for page := 0; ; page++ {
		f := a.ask("history", ask)
		require.Equal(t, "history", f.str("type"), "%v", f)
		if page == 0 {
			assert.Len(t, f.list("messages"), 30)
		}
		got = append(f.texts(), got...)
		if f.str("before") == "" {
			break
		}
		ask["before"] = f.str("before")
	}
	assert.Equal(t, want, got)
}

func TestSecondTabReplacesTheFirst(t *testing.T) {
	s := runningStack(t)
	first, room, token, _ := s.customer(t)
	var second *client
	first.prompt(func() {
		second = s.connect(t, token)
		require.Equal(t, room, second.ask("join", frame{"room": room}).str("room", "id"))
	}, "replaced", func(f frame) bool { return f.str("type") == "replaced" })
	first.closed()
	say(second, room, 1, "from the second")
}

func TestAnOlderConnectionIsNotCurrent(t *testing.T) {
	s := runningStack(t)
	sub := unique("cust")
	old := s.connect(t, s.customerToken(t, sub))
	c := s.connect(t, s.customerToken(t, sub))
	room := c.ask("join", frame{"start": true}).str("room", "id")
	assert.Equal(t, "not_current", old.ask("join", frame{}).str("code"))
	assert.Equal(t, "not_current", old.ask("message", frame{"room": room, "no": 1, "text": "late"}).str("code"))
	say(c, room, 1, "mine")
}

func TestReleaseAndTransfer(t *testing.T) {
	s := runningStack(t)
	c, room, _, _ := s.customer(t)
	a := s.agent(t, 0)
	b := s.connect(t, s.agentToken(t, s.Agents[1]))
	heir := b.ask("join", frame{}).str("agent", "id")
	require.NotEmpty(t, heir)
	take(a, room)
	require.Equal(t, "waiting", a.ask("release", frame{"room": room}).str("room", "status"))
	require.Equal(t, "waiting", a.ask("release", frame{"room": room}).str("room", "status"), "repeated after a lost answer")
	no := take(a, room).num("room", "no")
	say(a, room, no+1, "one moment")
	f := a.ask("transfer", frame{"room": room, "agent": heir})
	require.Equal(t, heir, f.str("room", "agent", "id"), "%v", f)
	moved := b.await("the room", func(f frame) bool { return f.str("type") == "room" && f.str("room", "id") == room })
	assert.Equal(t, "forbidden", a.ask("message", frame{"room": room, "no": no + 2, "text": "too late"}).str("code"))
	part := b.ask("join", frame{"rooms": []frame{{"room": room, "since": 0}}}).list("rooms")
	i := slices.IndexFunc(part, func(p frame) bool { return p.str("room", "id") == room })
	require.GreaterOrEqual(t, i, 0)
	assert.Contains(t, part[i].texts(), "one moment")
	say(b, room, moved.num("room", "no")+1, "here I am")
	c.text("here I am")
}

func TestAnotherCustomersRoomDoesNotExist(t *testing.T) {
	s := runningStack(t)
	_, room, _, _ := s.customer(t)
	other, _, _, _ := s.customer(t)
	for action, fields := range map[string]frame{
		"message": {"room": room, "no": 1, "text": "hello"}, "typing": {"room": room}, "read": {"room": room, "seq": 1}, "end": {"room": room},
	} {
		assert.Equal(t, "not_found", other.ask(action, fields).str("code"), action)
	}
	f := other.ask("join", frame{"room": room, "since": 0})
	assert.NotEqual(t, room, f.str("room", "id"))
	assert.Equal(t, "forbidden", other.ask("take", frame{"room": room}).str("code"))
}
