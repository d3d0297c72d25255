package gateway_test

import (
	"encoding/json"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/gateway"
)

// One target for each decoder. The sample events are the seeds.

func FuzzJoin(f *testing.F)     { fuzz(f, "join") }
func FuzzMessage(f *testing.F)  { fuzz(f, "message") }
func FuzzTyping(f *testing.F)   { fuzz(f, "typing") }
func FuzzRead(f *testing.F)     { fuzz(f, "read") }
func FuzzHistory(f *testing.F)  { fuzz(f, "history") }
func FuzzEnd(f *testing.F)      { fuzz(f, "end") }
func FuzzRate(f *testing.F)     { fuzz(f, "rate") }
func FuzzPing(f *testing.F)     { fuzz(f, "ping") }
func FuzzTake(f *testing.F)     { fuzz(f, "take") }
func FuzzRelease(f *testing.F)  { fuzz(f, "release") }
func FuzzTransfer(f *testing.F) { fuzz(f, "transfer") }
func FuzzQueue(f *testing.F)    { fuzz(f, "queue") }
func FuzzStatus(f *testing.F)   { fuzz(f, "status") }
func FuzzDefault(f *testing.F)  { fuzz(f, "$default") }

func FuzzChats(f *testing.F)        { fuzz(f, "chats") }
func FuzzCannedList(f *testing.F)   { fuzz(f, "cannedList") }
func FuzzCannedPut(f *testing.F)    { fuzz(f, "cannedPut") }
func FuzzCannedDelete(f *testing.F) { fuzz(f, "cannedDelete") }

// fuzz looks for a frame that is neither answered with an error nor understood as one good call of the service.
func fuzz(f *testing.F, route string) {
	for _, name := range eventNames(f) {
		if event := sample(f, name); event.Body != "" {
			f.Add(event.Body, event.RequestContext.RouteKey == "take")
		}
	}
	f.Add(`{"id":"x","rooms":[{"room":"R","since":1}],"before":"Ui4x","limit":2,"agent":"a_1","status":"online","no":1,"text":""}`, true)
	byCustomer, byAgent := sent(f, chat.Customer, route, ""), sent(f, chat.Agent, route, "")
	f.Fuzz(func(t *testing.T, body string, agent bool) {
		event := byCustomer
		if agent {
			event = byAgent
		}
		event.Body = body
		s := &script{}
		response := handle(t, controller(s, io.Discard), event)
		require.Equal(t, 200, response.StatusCode)

		var answer struct{ Type, Re, Code, Message string }
		if response.Body != "" {
			require.NoError(t, json.Unmarshal([]byte(response.Body), &answer))
			require.NotEmpty(t, answer.Type)
		}
		switch {
		case answer.Type == "error":
			require.Empty(t, s.calls)
			require.Contains(t, []string{"invalid", "forbidden", "too_long"}, answer.Code)
			require.NotEmpty(t, answer.Message)
		case route == "ping":
			require.Empty(t, s.calls)
		default:
			require.Len(t, s.calls, 1)
			good(t, s.calls[0])
		}
	})
}

// good checks what the service takes for granted.
func good(t *testing.T, c call) {
	t.Helper()
	switch asked := c.Asked.(type) {
	case chat.RoomID:
		goodRoom(t, asked, true)
	case chat.AgentStatus:
		assert.Contains(t, []chat.AgentStatus{chat.StatusOnline, chat.StatusAway}, asked)
	case chat.CustomerJoin:
		assert.Regexp(t, `^[0-9A-Za-z_-]{0,64}$`, asked.Device)
		goodRoom(t, asked.Room, false)
		assert.GreaterOrEqual(t, asked.Since, int64(0))
		assert.LessOrEqual(t, len([]rune(asked.Profile.Name)), 64)
		assert.LessOrEqual(t, len([]rune(asked.Profile.Topic)), 100)
		assert.LessOrEqual(t, len([]rune(asked.Profile.Page.Title)), 200)
		assert.Regexp(t, `^(https?://\S.*)?$`, asked.Profile.Page.URL)
		assert.LessOrEqual(t, len(asked.Profile.Page.URL), 2000)
	case chat.AgentJoin:
		assert.Regexp(t, `^[0-9A-Za-z_-]{0,64}$`, asked.Device)
		assert.LessOrEqual(t, len(asked.Holds), chat.MaxHoldings)
		for _, h := range asked.Holds {
			goodRoom(t, h.Room, true)
			assert.GreaterOrEqual(t, h.Since, int64(0))
		}
	case chat.HistoryAsk:
		goodRoom(t, asked.Room, c.Caller.Side == chat.Agent)
		assert.Positive(t, asked.Limit)
		assert.LessOrEqual(t, asked.Limit, chat.MaxPage)
		if asked.Before != (chat.Cursor{}) {
			goodRoom(t, asked.Before.Room, true)
			assert.Positive(t, asked.Before.Seq)
		}
	case chat.ChatsAsk:
		assert.GreaterOrEqual(t, asked.From, chat.Millis(0))
		assert.GreaterOrEqual(t, asked.To, chat.Millis(0))
		assert.Regexp(t, `(?s)^(a_.+)?$`, asked.Agent)
		assert.Contains(t, append(chat.Reasons(), ""), asked.Reason)
		assert.LessOrEqual(t, asked.Score, chat.MaxScore)
		assert.LessOrEqual(t, len([]rune(asked.Text)), 200)
		goodRoom(t, asked.After.Room, asked.After != (chat.ChatsPlace{}))
		assert.GreaterOrEqual(t, asked.After.Seq, int64(0))
	case chat.CannedPlace:
		if asked != (chat.CannedPlace{}) {
			goodCanned(t, asked.Scope, asked.Key, 0)
		}
	case chat.CannedPut:
		goodCanned(t, asked.Scope, asked.Key, asked.Version)
		assert.NotContains(t, asked.Title, "\n")
	case []any:
		if scope, canned := asked[0].(chat.Scope); canned {
			goodCanned(t, scope, asked[1].(string), asked[2].(int))
			return
		}
		goodRoom(t, asked[0].(chat.RoomID), true)
		switch second := asked[1].(type) {
		case int:
			assert.Positive(t, second)
		case int64:
			assert.GreaterOrEqual(t, second, int64(0))
		case chat.Rating:
			assert.GreaterOrEqual(t, second.Score, 1)
			assert.LessOrEqual(t, second.Score, chat.MaxScore)
		case chat.PersonID:
			assert.Regexp(t, `(?s)^[vca]_.+`, second)
		}
	default:
		assert.Equal(t, "Queue", c.Use)
	}
}

func goodRoom(t *testing.T, id chat.RoomID, required bool) {
	t.Helper()
	if id == "" && !required {
		return
	}
	assert.Regexp(t, `^[0-9A-Za-z_-]{1,64}$`, id)
}

func goodCanned(t *testing.T, scope chat.Scope, key string, version int) {
	t.Helper()
	assert.Contains(t, []chat.Scope{chat.Shared, chat.Mine}, scope)
	assert.Regexp(t, `^[0-9A-Za-z_-]{1,64}$`, key)
	assert.GreaterOrEqual(t, version, 0)
}

// FuzzEncode looks for a push that is no valid frame.
func FuzzEncode(f *testing.F) {
	f.Add("Hello", "Mina", int64(4))
	f.Fuzz(func(t *testing.T, text, name string, seq int64) {
		m := chat.Message{Room: roomID, Seq: seq, From: chat.Customer, By: name, Text: text}
		body, err := gateway.Encode(chat.MessagePush{Message: m})
		require.NoError(t, err)
		require.True(t, json.Valid(body))
	})
}
