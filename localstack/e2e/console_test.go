package e2e_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The logins that the stack makes, in order: an admin and two agents.
const (
	admin = iota
	minji
	alex
)

// aroundNow is a range around now; the functions use this machine's clock.
func aroundNow(more frame) frame {
	f := frame{"from": time.Now().Add(-time.Hour).UnixMilli(), "to": time.Now().Add(time.Hour).UnixMilli()}
	for k, v := range more {
		f[k] = v
	}
	return f
}

func TestARatedChatIsFoundByWhoHeldItAndByAdmins(t *testing.T) {
	s := runningStack(t)
	c, room, _, _ := s.customer(t)
	a := s.agent(t, minji)
	no := take(a, room).num("room", "no")
	word := unique("Parcel")
	say(c, room, 1, "어제 주문한 "+word+"를 환불해 주세요")
	say(a, room, no+1, "Of course.")
	assert.Equal(t, "forbidden", c.ask("rate", frame{"room": room, "score": 5}).str("code"), "it has not ended")
	require.Equal(t, "ended", a.ask("end", frame{"room": room}).str("room", "status"))

	require.Equal(t, "ok", c.ask("rate", frame{"room": room, "score": 2}).str("type"))
	require.Equal(t, "ok", c.ask("rate", frame{"room": room, "score": 5, "comment": "빨라요"}).str("type"))
	assert.Equal(t, "빨라요", c.ask("join", frame{"room": room}).str("room", "rating", "comment"))
	a.await("the rating", func(f frame) bool { return f.str("type") == "room" && f.num("room", "rating", "score") == 5 })

	ask := aroundNow(frame{"reason": "agent_ended", "rating": 5, "text": "환불 " + word})
	for _, who := range []*client{a, s.agent(t, admin)} {
		found := who.ask("chats", ask)
		require.Equal(t, "chats", found.str("type"), "%v", found)
		require.Len(t, found.list("rooms"), 1)
		row := found.list("rooms")[0]
		assert.Equal(t, room, row.str("id"))
		assert.Equal(t, 5, row.num("rating", "score"))
		assert.Len(t, row.list("agents"), 1)
		assert.Contains(t, row, "waited")
		assert.Contains(t, row, "talked")
		past := who.ask("history", frame{"room": room, "before": row.str("before"), "limit": 2})
		assert.Equal(t, []string{"Of course."}, past.texts(), "the end, and the last text before it")
	}
	stranger := s.agent(t, alex)
	assert.Empty(t, stranger.ask("chats", ask).list("rooms"))
	assert.Equal(t, "not_found", stranger.ask("history", frame{"room": room}).str("code"))
	others := aroundNow(frame{"agent": s.agent(t, minji).ask("join", frame{}).str("agent", "id")})
	assert.Equal(t, "forbidden", stranger.ask("chats", others).str("code"))
}

func TestTwoEditorsOfACannedMessageLoseNothing(t *testing.T) {
	s := runningStack(t)
	one, agent := s.agent(t, admin), s.agent(t, minji)
	key := unique("key")
	put := frame{"key": key, "scope": "shared", "title": "Greeting", "text": "안녕하세요"}
	assert.Equal(t, "forbidden", agent.ask("cannedPut", put).str("code"))
	for range 2 { // the answer to the first may have been lost
		stored := one.ask("cannedPut", put)
		require.Equal(t, "canned", stored.str("type"), "%v", stored)
		assert.Equal(t, 1, stored.list("items")[0].num("version"))
	}
	edit := frame{"key": key, "scope": "shared", "title": "Greeting", "text": "Hello", "version": 1, "position": -7}
	require.Equal(t, "canned", one.ask("cannedPut", edit).str("type"))
	late := frame{"key": key, "scope": "shared", "title": "Greeting", "text": "Hi", "version": 1}
	conflict := one.ask("cannedPut", late)
	assert.Equal(t, "conflict", conflict.str("code"))
	assert.Equal(t, "Hello", conflict.str("item", "text"))

	own := frame{"key": key, "scope": "mine", "title": "Mine", "text": "only mine"}
	require.Equal(t, "canned", agent.ask("cannedPut", own).str("type"))
	assert.Equal(t, []string{"Hello", "only mine"}, cannedTexts(agent, key))
	assert.Equal(t, []string{"Hello"}, cannedTexts(one, key))
	for range 2 {
		assert.Equal(t, "ok", one.ask("cannedDelete", frame{"key": key, "scope": "shared"}).str("type"))
		assert.Equal(t, "ok", agent.ask("cannedDelete", frame{"key": key, "scope": "mine"}).str("type"))
	}
	assert.Empty(t, cannedTexts(agent, key))
}

// cannedTexts reads the texts of the canned messages with this key, page by page.
func cannedTexts(c *client, key string) (texts []string) {
	c.t.Helper()
	for ask := (frame{}); ; {
		page := c.ask("cannedList", ask)
		require.Equal(c.t, "canned", page.str("type"), "%v", page)
		for _, item := range page.list("items") {
			if item.str("key") == key {
				texts = append(texts, item.str("text"))
			}
		}
		if page.str("cursor") == "" {
			return texts
		}
		ask = frame{"cursor": page.str("cursor")}
	}
}
