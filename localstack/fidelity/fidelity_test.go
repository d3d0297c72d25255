package fidelity_test

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	manage "github.com/aws/aws-sdk-go-v2/service/apigatewaymanagementapi"
	"github.com/aws/aws-sdk-go-v2/service/apigatewaymanagementapi/types"
	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// rows are the tests of the rows of docs/fidelity.md, by the rows' names.
func rows(unpatched, patched emulator) map[string]func(t *testing.T) {
	all := map[string]func(t *testing.T){}
	for _, of := range []map[string]func(t *testing.T){emulatorRows(unpatched, patched), engineRows()} {
		for name, test := range of {
			all[name] = test
		}
	}
	return all
}

// TestTable: each row of docs/fidelity.md has its test, and each test its row.
func TestTable(t *testing.T) {
	body, err := os.ReadFile("../../docs/fidelity.md")
	require.NoError(t, err)
	var written, tested []string
	for _, row := range regexp.MustCompile("(?m)^\\| `([a-z-]+)` \\|").FindAllSubmatch(body, -1) {
		written = append(written, string(row[1]))
	}
	for name := range rows(emulator{}, emulator{}) {
		tested = append(tested, name)
	}
	slices.Sort(written)
	slices.Sort(tested)
	assert.Equal(t, tested, written)
}

// TestFidelity checks each row. A failure means that a release differs from AWS in another way, or no longer: then change or
// remove the row and the workaround.
func TestFidelity(t *testing.T) {
	if os.Getenv("REJOIN_TEST_STATE") == "" {
		t.Skip("REJOIN_TEST_STATE is not set: no stack was asked for")
	}
	for name, test := range rows(startUnpatched(t), stackEmulator(t)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t)
		})
	}
}

// emulatorRows compare the unpatched emulator with the running stack's.
func emulatorRows(unpatched, patched emulator) map[string]func(t *testing.T) {
	return map[string]func(t *testing.T){
		"connection-times": func(t *testing.T) {
			ask := func(e emulator) *manage.GetConnectionOutput {
				g := e.gateway(t)
				l := g.dial(t)
				l.send("{}")
				out, err := g.connections().GetConnection(t.Context(), &manage.GetConnectionInput{ConnectionId: aws.String(l.receive().RequestContext.ConnectionID)})
				require.NoError(t, err)
				return out
			}
			assert.Nil(t, ask(unpatched).LastActiveAt, "an SDK reads it now: the patch can go")
			out := ask(patched)
			require.NotNil(t, out.LastActiveAt)
			assert.WithinDuration(t, time.Now(), *out.LastActiveAt, timeout)
			assert.WithinDuration(t, time.Now(), *out.ConnectedAt, timeout)
			assert.NotEmpty(t, *out.Identity.SourceIp)
		},
		"unasked-answer": func(t *testing.T) {
			first := func(e emulator) string {
				l := e.gateway(t).dial(t)
				l.send(`{"action": "mute"}`)
				l.send(`{"action": "loud"}`)
				return l.receive().Body
			}
			assert.Contains(t, first(unpatched), "mute", "a route without a response is silent now: the patch can go")
			assert.Contains(t, first(patched), "loud")
		},
		"large-frame": func(t *testing.T) {
			frame := `{"pad": "` + strings.Repeat("x", 32<<10) + `"}`
			l := unpatched.gateway(t).dial(t)
			l.send(frame)
			assert.Equal(t, frame, l.receive().Body, "it is refused now: the patch can go")
			l = patched.gateway(t).dial(t)
			l.send(frame)
			_, _, err := l.conn.Read(t.Context())
			assert.Equal(t, websocket.StatusMessageTooBig, websocket.CloseStatus(err))
		},
		"large-post": func(t *testing.T) {
			post := func(e emulator) error {
				g := e.gateway(t)
				l := g.dial(t)
				l.send("{}")
				_, err := g.connections().PostToConnection(t.Context(), &manage.PostToConnectionInput{
					ConnectionId: aws.String(l.receive().RequestContext.ConnectionID), Data: make([]byte, 128<<10+1),
				})
				return err
			}
			require.NoError(t, post(unpatched), "it is refused now: the patch can go")
			var large *types.PayloadTooLargeException
			assert.True(t, errors.As(post(patched), &large))
		},
		"one-frame-at-a-time": func(t *testing.T) {
			l := patched.gateway(t).dial(t)
			l.send(`{"sleep": 1}`)
			l.send(`{"quick": true}`)
			assert.Contains(t, l.receive().Body, "sleep", "the second did not wait for the first")
			assert.Contains(t, l.receive().Body, "quick")
		},
		"late-disconnect": func(t *testing.T) {
			g := patched.gateway(t)
			l := g.dial(t)
			l.send(`{"sleep": 1}`)
			require.NoError(t, l.conn.CloseNow())
			told := g.handled(t, 2)
			assert.Equal(t, "MESSAGE DISCONNECT", told[0].EventType+" "+told[1].EventType, "it did not wait for the function that ran")
		},
		"close-code": func(t *testing.T) {
			g := patched.gateway(t)
			l := g.dial(t)
			require.NoError(t, l.conn.Close(websocket.StatusNormalClosure, "bye"))
			told := g.handled(t, 1)[0]
			assert.Equal(t, int(websocket.StatusAbnormalClosure), told.DisconnectStatusCode, "it tells how a client closed")
			assert.Empty(t, told.DisconnectReason)
		},
		"moving-start": func(t *testing.T) {
			l := patched.gateway(t).dial(t)
			l.send("{}")
			first := l.receive().RequestContext
			require.Eventually(t, func() bool {
				l.send("{}")
				return l.receive().RequestContext.ConnectedAt > first.ConnectedAt
			}, timeout, 10*time.Millisecond, "connectedAt is when the connection began")
		},
		"no-throttling": func(t *testing.T) {
			l := patched.gateway(t).dial(t)
			for range 20 { // the stage allows one per second
				l.send("{}")
			}
			for range 20 {
				l.receive()
			}
		},
		"platform-lines": func(t *testing.T) {
			g := patched.gateway(t)
			g.call(t, http.MethodPost, "lambda", "/2015-03-31/functions/"+g.function+"/invocations", "", map[string]any{"requestContext": map[string]any{}})
			log := g.call(t, http.MethodPost, "logs", "/", "Logs_20140328.FilterLogEvents", map[string]any{"logGroupName": "/aws/lambda/" + g.function})
			assert.Contains(t, fmt.Sprint(log["events"]), "START RequestId", "the log has no lines of the platform's own")
		},
		"late-lines": func(t *testing.T) {
			assert.NotContains(t, unpatched.lateLines(t), "Code", "a line that comes later than the answer is in the log now: the patch can go")
			assert.Contains(t, patched.lateLines(t), "Code")
		},
		"no-permissions": func(t *testing.T) {
			anyone := patched.call(t, http.MethodPost, "dynamodb", "/", "DynamoDB_20120810.ListTables", map[string]any{})
			assert.Contains(t, anyone, "TableNames", "a caller without permission is refused")
		},
		"page-headers": func(t *testing.T) {
			resp, err := http.Get(endpoints(t).Console)
			require.NoError(t, err)
			require.NoError(t, resp.Body.Close())
			assert.Equal(t, http.StatusOK, resp.StatusCode)
			assert.Empty(t, resp.Header.Get("Content-Security-Policy"), "pages come with the distribution's headers")
		},
		"groups-after-renewal": func(t *testing.T) {
			assert.NotContains(t, unpatched.renewed(t), "cognito:groups", "they are kept now: the patch can go")
			assert.Equal(t, []any{"admins"}, patched.renewed(t)["cognito:groups"])
		},
	}
}
