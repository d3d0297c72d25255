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
	"rejoin/internal/chat/chattest"
	"rejoin/internal/gateway"
)

// TestPagesFitAFrame holds that what the service puts on a page is, spelled out, no more than a frame: with the longest
// ids, names and words that may be, each character of which is six bytes on the wire.
func TestPagesFitAFrame(t *testing.T) {
	w := chattest.NewWorld(t, chattest.NewStore())
	admin := w.Admin()
	for i := range 40 {
		c := w.Newer(chat.Caller{Who: chat.PersonID(fmt.Sprintf("c_%0128d", i)), Side: chat.Customer, Name: strings.Repeat("<", 64)})
		part, err := w.Service.JoinCustomer(t.Context(), c, chat.CustomerJoin{Start: true, Profile: chat.Profile{Topic: strings.Repeat("&", 100)}})
		require.NoError(t, err)
		room := part.View.Room.ID
		_, err = w.Service.Message(t.Context(), c, room, 1, strings.Repeat(">", 4000))
		require.NoError(t, err)
		for range 1 + i%3 {
			agent := w.Agent()
			agent.Who, agent.Name = chat.PersonID(fmt.Sprintf("a_%0255d", i)), strings.Repeat("<", 64)
			_, err = w.Service.JoinAgent(t.Context(), agent, chat.AgentJoin{})
			require.NoError(t, err)
			_, err = w.Service.Take(t.Context(), agent, room)
			require.NoError(t, err)
			_, err = w.Service.Release(t.Context(), agent, room)
			require.NoError(t, err)
		}
		_, err = w.Service.End(t.Context(), c, room)
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
			event := sent(t, chat.Agent, route, fmt.Sprintf(`{"from":%d,"to":%d,"cursor":%q}`, to.After(-chat.MaxSpan), to, cursor))
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
