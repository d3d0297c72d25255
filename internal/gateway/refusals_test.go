package gateway_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/gateway"
)

// refusalCase is a frame and the error that answers it. In the frame, ROOM, AGENT and ADMIN stand for ids, and
// {"times": ["x", 65]} for a string of 65 x.
type refusalCase struct {
	At    string          `json:"at"`
	By    string          `json:"by"`
	Frame json.RawMessage `json:"frame"`
	Error *refusal        `json:"error"` // null: it is taken
}

type refusal struct {
	Code     chat.Code `json:"code"`
	Retry    bool      `json:"retry,omitempty"`
	Room     string    `json:"room,omitempty"`
	No       int       `json:"no,omitempty"`
	Expected int       `json:"expected,omitempty"`
}

// TestRefusals: the errors for frames at the limits. The test server of the browser's clients must give the same ones
// (web/client/testing/server.test.ts). With -update only the errors are written again.
func TestRefusals(t *testing.T) {
	path := filepath.Join("testdata", "refusals.golden")
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	var all []refusalCase
	require.NoError(t, json.Unmarshal(want, &all))
	require.NotEmpty(t, all)
	for i := range all {
		all[i].Error = refusalOf(t, all[i])
	}
	got := encodeLines(t, all)
	if *update {
		require.NoError(t, os.WriteFile(path, got, 0o644))
		want = got
	}
	assert.Equal(t, string(want), string(got))
}

// encodeLines writes one line for each case.
func encodeLines(t *testing.T, all []refusalCase) []byte {
	var lines bytes.Buffer
	write := json.NewEncoder(&lines)
	write.SetEscapeHTML(false)
	for _, one := range all {
		require.NoError(t, write.Encode(one))
	}
	list := strings.Join(strings.Split(strings.TrimSpace(lines.String()), "\n"), ",\n  ")
	return []byte("[\n  " + list + "\n]\n")
}

func refusalOf(t *testing.T, one refusalCase) *refusal {
	people := callers()
	by := map[string]chat.Caller{"customer": people[0], "agent": people[1], "admin": people[2], "stranger": people[3], "colleague": people[4]}
	at := map[string]stage{"nobody": nobody, "queued": queued, "talking": talking, "ended": ended}
	who, known := by[one.By]
	require.True(t, known, one.By)
	begun, known := at[one.At]
	require.True(t, known, one.At)

	var frame map[string]any
	require.NoError(t, json.Unmarshal([]byte(strings.NewReplacer(
		`"ROOM"`, `"`+string(roomID)+`"`, `"AGENT"`, `"`+string(people[1].Who)+`"`, `"ADMIN"`, `"`+string(people[2].Who)+`"`,
	).Replace(string(one.Frame))), &frame))
	body, err := json.Marshal(expandTimes(frame))
	require.NoError(t, err)
	action, _ := frame["action"].(string)
	if _, known := gateway.Routes()[action]; !known {
		action = "$default"
	}
	s := newScene(t, begun)
	before := s.stored(t)
	s.pusher.Forget()
	answer := answerOf(t, s.controller, eventOf(action, who, string(body)))
	for _, push := range s.pusher.Frames(who.Conn) { // of a route that has no answer
		if _, is := push.(chat.Refused); is {
			posted, err := gateway.Encode(push)
			require.NoError(t, err)
			answer = string(posted)
		}
	}
	if !strings.HasPrefix(answer, `{"type":"error"`) {
		return nil
	}
	var e refusal
	require.NoError(t, json.Unmarshal([]byte(answer), &e))
	assert.Equal(t, before, s.stored(t), "what is refused changes nothing: %s", one.Frame)
	if e.Room == string(roomID) {
		e.Room = "ROOM"
	}
	return &e
}

// expandTimes expands the {"times": …} of a frame.
func expandTimes(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = expandTimes(v[i])
		}
	case map[string]any:
		if times, ok := v["times"].([]any); ok {
			return strings.Repeat(times[0].(string), int(times[1].(float64)))
		}
		for key := range v {
			v[key] = expandTimes(v[key])
		}
	}
	return v
}
