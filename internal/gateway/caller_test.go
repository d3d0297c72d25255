package gateway_test

import (
	"encoding/json"
	"io"
	"maps"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/gateway"
)

// TestMalformedIdentity: an event whose identity the authorizer cannot have written does nothing.
func TestMalformedIdentity(t *testing.T) {
	with := func(changes map[string]any) map[string]any {
		values := map[string]any{gateway.ContextWho: "v_1", gateway.ContextRole: "customer", gateway.ContextAt: "1795478399512483920"}
		maps.Copy(values, changes)
		return values
	}
	for name, identity := range map[string]any{
		"none":              nil,
		"no object":         "v_1",
		"empty":             map[string]any{},
		"no who":            with(map[string]any{gateway.ContextWho: ""}),
		"who of no kind":    with(map[string]any{gateway.ContextWho: "x_1"}),
		"who without id":    with(map[string]any{gateway.ContextWho: "v_"}),
		"who not a string":  with(map[string]any{gateway.ContextWho: 1}),
		"agent as customer": with(map[string]any{gateway.ContextWho: "a_1"}),
		"customer as agent": with(map[string]any{gateway.ContextRole: "agent"}),
		"no such role":      with(map[string]any{gateway.ContextRole: "system"}),
		"customer as admin": with(map[string]any{gateway.ContextAdmin: gateway.ContextTrue}),
		"no age":            with(map[string]any{gateway.ContextAt: ""}),
		"age of words":      with(map[string]any{gateway.ContextAt: "now"}),
		"age as a number":   with(map[string]any{gateway.ContextAt: 1795478399512.0}),
		"age of zero":       with(map[string]any{gateway.ContextAt: "0"}),
		"age before time":   with(map[string]any{gateway.ContextAt: "-5"}),
		"end of words":      with(map[string]any{gateway.ContextUntil: "soon"}),
		"end before time":   with(map[string]any{gateway.ContextUntil: "-5"}),
		"age beyond int64":  with(map[string]any{gateway.ContextAt: "9223372036854775808"}),
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{}
			c := controller(s, io.Discard)
			event := sample(t, "message")
			event.RequestContext.Authorizer = identity
			var answer errorBody
			require.NoError(t, json.Unmarshal([]byte(handle(t, c, event).Body), &answer))
			assert.Equal(t, "unavailable", answer.Code)

			event = sample(t, "connect")
			event.RequestContext.Authorizer = identity
			assert.Equal(t, 500, handle(t, c, event).StatusCode, "the connection is refused")
			assert.Empty(t, s.calls)
		})
	}
}

func TestConnectFails(t *testing.T) {
	assert.Equal(t, 500, handle(t, controller(&script{err: assert.AnError}, io.Discard), sample(t, "connect")).StatusCode)
}

func TestNoConnection(t *testing.T) {
	s := &script{}
	event := sample(t, "disconnect-late")
	event.RequestContext.ConnectionID = ""
	assert.Equal(t, 500, handle(t, controller(s, io.Discard), event).StatusCode)
	assert.Empty(t, s.calls)
}

// TestExpiredToken: an agent may act only until their token expires, and then gets the error on which a client
// reconnects.
func TestExpiredToken(t *testing.T) {
	for name, tc := range map[string]struct {
		route, until string
		out          bool
	}{
		"to the last moment": {"queue", strconv.FormatInt(int64(start), 10), false},
		"a moment later":     {"queue", strconv.FormatInt(int64(start)-1, 10), true},
		"any frame":          {"message", "1", true},
		"a ping":             {"ping", "1", false},
		"without an end":     {"queue", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{}
			event := frameEvent(t, chat.Agent, tc.route, `{"id":"q1","room":"01KAT8Q5M0ZJ4V7N2XR9BCDEFG"}`)
			values := maps.Clone(event.RequestContext.Authorizer.(map[string]any))
			values[gateway.ContextUntil] = tc.until
			event.RequestContext.Authorizer = values
			body := handle(t, controller(s, io.Discard), event).Body
			if tc.out {
				assert.Contains(t, body, `"not_current"`)
				assert.Empty(t, s.calls)
				return
			}
			assert.NotContains(t, body, `"error"`)
		})
	}
}
