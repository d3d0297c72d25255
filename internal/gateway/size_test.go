package gateway_test

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/gateway"
	"rejoin/internal/memory"
	"rejoin/internal/proof/contract"
)

// verboseCustomer is a customer whose texts are as long as they may be, with characters that take six bytes each on
// the wire.
func verboseCustomer(t *testing.T, w *contract.World, i int) (chat.Caller, chat.RoomID) {
	t.Helper()
	c := w.Reconnect(chat.Caller{Who: chat.PersonID(fmt.Sprintf("c_%0128d", i)), Side: chat.Customer, Name: strings.Repeat("<", 64)})
	page, err := w.Service.JoinCustomer(t.Context(), c, chat.CustomerJoin{Start: true, Profile: chat.Profile{
		Topic: strings.Repeat("&", 100), Page: chat.Page{URL: "https://shop.example/?" + strings.Repeat("&", 1978), Title: strings.Repeat(">", 200)},
	}})
	require.NoError(t, err)
	room := page.View.Room.ID
	_, err = w.Service.Message(t.Context(), c, room, 1, strings.Repeat(">", chat.MaxText))
	require.NoError(t, err)
	return c, room
}

// TestPagesFitAFrame: a page of the service, as JSON, is no larger than a frame, with the longest possible ids, names
// and words.
func TestPagesFitAFrame(t *testing.T) {
	w := contract.NewWorld(t, memory.NewStore())
	admin := w.Admin()
	for i := range 40 {
		c, room := verboseCustomer(t, w, i)
		for range 1 + i%3 {
			agent := w.Agent()
			agent.Who, agent.Name = chat.PersonID(fmt.Sprintf("a_%0255d", i)), strings.Repeat("<", 64)
			_, err := w.Service.JoinAgent(t.Context(), agent, chat.AgentJoin{})
			require.NoError(t, err)
			_, err = w.Service.Take(t.Context(), agent, room)
			require.NoError(t, err)
			_, err = w.Service.Release(t.Context(), agent, room)
			require.NoError(t, err)
		}
		_, err := w.Service.End(t.Context(), c, room)
		require.NoError(t, err)
		require.NoError(t, w.Service.Rate(t.Context(), c, room, chat.Rating{Score: 5, Comment: strings.Repeat("<", 25*i)}))
		w.Clock.Advance(time.Minute)
		_, err = w.Service.CannedPut(t.Context(), admin, chat.CannedPut{
			Key: fmt.Sprintf("%064d", i), Scope: chat.Shared, Title: strings.Repeat("<", chat.MaxTitle), Text: strings.Repeat("&", 100*i+1),
		})
		require.NoError(t, err)
	}
	for route, list := range map[string]string{"chats": "rooms", "cannedList": "items"} {
		c := controller(&script{}, io.Discard)
		c.Service = w.Service
		for cursor, entries, pages := "", 0, 0; ; pages++ {
			to := w.Clock.Now()
			event := frameEvent(t, chat.Agent, route, fmt.Sprintf(`{"from":%d,"to":%d,"cursor":%q}`, to.After(-chat.MaxSpan), to, cursor))
			event.RequestContext.Authorizer = map[string]any{
				gateway.ContextWho: string(admin.Who), gateway.ContextRole: "agent", gateway.ContextAdmin: "true", gateway.ContextAt: "1795478399512483920",
			}
			body := handle(t, c, event).Body
			assert.LessOrEqual(t, len(body), 29<<10, "%s: 28 KB of entries, and the frame around them", route)
			var frame map[string]any
			require.NoError(t, json.Unmarshal([]byte(body), &frame))
			require.NotEqual(t, "error", frame["type"], body)
			entries += len(frame[list].([]any))
			if frame["cursor"] == nil {
				assert.Equal(t, 40, entries)
				assert.Greater(t, pages, 1)
				break
			}
			cursor = frame["cursor"].(string)
		}
	}
}

// TestDesksFitAMessage: an agent gets their desk and the queue whatever the customers wrote. The rest of the queue
// shows once the first have been taken.
func TestDesksFitAMessage(t *testing.T) {
	for _, held := range []int{0, 1, 20, 60, 150} {
		w := contract.NewWorld(t, memory.NewStore())
		c := controller(&script{}, io.Discard)
		c.Service = w.Service
		agent := w.Agent()
		require.NotEmpty(t, answer(t, c, "join", agent, "{}"))
		var names []string
		for i := range held + 160 {
			_, room := verboseCustomer(t, w, i)
			if i < held {
				_, err := w.Service.Take(t.Context(), agent, room)
				require.NoError(t, err)
				names = append([]string{fmt.Sprintf(`{"room":%q,"since":0}`, room)}, names...)
			}
		}
		desk, queue := answer(t, c, "join", w.Reconnect(agent), "{}"), answer(t, c, "queue", w.Reconnect(agent), "{}")
		if held <= 60 {
			assert.Len(t, desk["rooms"], held)
		} else {
			assert.Greater(t, len(desk["rooms"].([]any)), 60, "as many as fit")
			newest := answer(t, c, "join", w.Reconnect(agent), fmt.Sprintf(`{"rooms":[%s]}`, strings.Join(names[:chat.MaxJoinRooms], ",")))
			assert.GreaterOrEqual(t, len(newest["rooms"].([]any)), chat.MaxJoinRooms, "named rooms fit in any case")
			assert.Len(t, queue["mine"], held)
		}
		assert.NotEmpty(t, desk["queue"])
		assert.Greater(t, len(queue["rooms"].([]any)), 50)
		for _, list := range []map[string]any{desk, queue} {
			assert.EqualValues(t, 160, list["waiting"])
		}
	}
}

// answer is the answer to an agent's frame. It checks that API Gateway can carry it.
func answer(t *testing.T, c *gateway.Controller, route string, agent chat.Caller, fields string) (frame map[string]any) {
	t.Helper()
	body := handle(t, c, eventOf(route, agent, fields)).Body
	assert.LessOrEqual(t, len(body), maxPush, route)
	require.NoError(t, json.Unmarshal([]byte(body), &frame))
	require.NotEqual(t, "error", frame["type"], body)
	return frame
}
