package gateway_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/gateway"
)

var update = flag.Bool("update", false, "write testdata/*.golden again")

// TestEvents: what each sample event calls of the service, and how its client is answered.
func TestEvents(t *testing.T) {
	for _, name := range eventNames(t) {
		t.Run(name, func(t *testing.T) {
			s := &script{}
			response := handle(t, controller(s, io.Discard), sample(t, name))
			golden(t, name, s.calls, response.StatusCode, response.Body)
		})
	}
}

func TestSweepEvent(t *testing.T) {
	body, err := os.ReadFile(filepath.Join(eventDir, "sweep.json"))
	require.NoError(t, err)
	var event gateway.SweepEvent
	require.NoError(t, json.Unmarshal(body, &event))
	s := &script{}
	done, err := controller(s, io.Discard).Sweep()(t.Context(), event)
	require.NoError(t, err)
	assert.Equal(t, gateway.Swept{Checked: 3, Ended: 1, Counted: 2}, done)
	all := []call{{Method: "Sweep"}, {Method: "Count"}, {Method: "Sample"}}
	assert.Equal(t, all, s.calls)

	s = &script{err: assert.AnError}
	_, err = controller(s, io.Discard).Sweep()(t.Context(), event)
	require.ErrorIs(t, err, assert.AnError)
	assert.Equal(t, all, s.calls, "one that fails keeps none of the others")
}

// TestRestat: the sweep counts a range again, and does nothing else.
func TestRestat(t *testing.T) {
	s := &script{}
	done, err := controller(s, io.Discard).Sweep()(t.Context(), gateway.SweepEvent{Restat: &gateway.Range{From: 1000, To: 2000}})
	require.NoError(t, err)
	assert.Equal(t, gateway.Swept{Rest: 1500}, done)
	assert.Equal(t, []call{{Method: "Recount", Argument: []chat.Millis{1000, 2000}}}, s.calls)
}

// TestEmptyAnswers: an empty list is [], never null; only a room may be null.
func TestEmptyAnswers(t *testing.T) {
	for _, c := range []struct {
		name, route string
		side        chat.Side
		want        string
	}{
		{"no room yet", "join", chat.Customer, `{"type":"room","room":null,"messages":[],"void":[],"through":0,"more":false,"hours":{"state":"nobody"}}`},
		{"nothing on the desk", "join", chat.Agent, `{"type":"desk","agent":{"id":"a_6f1c2d84-3b5e-4a7f-9c21-8e0d4b7a5c13","name":""},` +
			`"status":"online","rooms":[],"queue":[],"waiting":0,"left":0,"agents":[]}`},
		{"no past", "history", chat.Customer, `{"type":"history","messages":[]}`},
		{"no chats", "chats", chat.Agent, `{"type":"chats","rooms":[]}`},
		{"no figures", "stats", chat.Agent, `{"type":"stats","rows":[]}`},
		{"no hours", "hours", chat.Agent, `{"type":"hours","sites":[],"version":0,"hours":null,"now":{"state":"open"}}`},
		{"nothing canned", "cannedList", chat.Agent, `{"type":"canned","items":[]}`},
		{"nobody waits", "queue", chat.Agent, `{"type":"queue","rooms":[],"mine":[],"agents":[],"waiting":0,"left":0}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			response := handle(t, controller(&script{empty: true}, io.Discard), frameEvent(t, c.side, c.route, `{"from":1,"to":2,"by":"day"}`))
			assert.JSONEq(t, c.want, response.Body)
		})
	}
}

// TestNothingIsFound: the empty lists of a page of the queue.
func TestNothingIsFound(t *testing.T) {
	response := handle(t, controller(&script{empty: true}, io.Discard), frameEvent(t, chat.Agent, "endWaiting", `{"act":"look"}`))
	assert.JSONEq(t, `{"type":"waiting","checked":0,"found":0,"ended":0,"blocked":0,"failed":0,"rooms":[],"groups":[]}`, response.Body)
}

// TestDeskOfAnAdmin: a console learns from the token alone whether to offer an admin's actions.
func TestDeskOfAnAdmin(t *testing.T) {
	event := frameEvent(t, chat.Agent, "join", `{"admin":true}`)
	desk := func() string { return handle(t, controller(&script{empty: true}, io.Discard), event).Body }
	assert.NotContains(t, desk(), "admin")
	event.RequestContext.Authorizer.(map[string]any)[gateway.ContextAdmin] = gateway.ContextTrue
	assert.Contains(t, desk(), `"agent":{"id":"a_6f1c2d84-3b5e-4a7f-9c21-8e0d4b7a5c13","name":"","admin":true}`)
}

func golden(t *testing.T, name string, calls []call, status int, body string) {
	t.Helper()
	var got bytes.Buffer
	write := json.NewEncoder(&got)
	write.SetIndent("", "  ")
	answer := json.RawMessage("null")
	if body != "" {
		answer = json.RawMessage(body)
	}
	require.NoError(t, write.Encode(map[string]any{"calls": calls, "status": status, "answer": answer}))
	path := filepath.Join("testdata", name+".golden")
	if *update {
		require.NoError(t, os.WriteFile(path, got.Bytes(), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), got.String())
}
