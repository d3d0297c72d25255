package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const secret = "the secret that the stage was given"

// gateway accepts tokens of the secret, answers each of two frames with the same frame and an empty one, and closes with 1001.
func gateway(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key := func(*jwt.Token) (any, error) { return []byte(secret), nil }
		token, err := jwt.Parse(r.URL.Query().Get("token"), key, jwt.WithAudience("rejoin"), jwt.WithExpirationRequired())
		if err != nil {
			http.Error(w, "Forbidden", http.StatusForbidden)
			return
		}
		assert.Equal(t, "tea", r.URL.Query().Get("site"))
		subject, _ := token.Claims.GetSubject()
		assert.Equal(t, "day-one", subject)
		conn, err := websocket.Accept(w, r, nil)
		if !assert.NoError(t, err) {
			return
		}
		for range 2 {
			_, frame, err := conn.Read(r.Context())
			assert.NoError(t, err)
			assert.NoError(t, conn.Write(r.Context(), websocket.MessageText, frame))
			assert.NoError(t, conn.Write(r.Context(), websocket.MessageText, nil))
		}
		_ = conn.Close(websocket.StatusGoingAway, "")
	}))
	t.Cleanup(server.Close)
	return strings.Replace(server.URL, "http", "ws", 1)
}

func TestRun(t *testing.T) {
	var out bytes.Buffer
	frames := strings.NewReader(`{"action":"ping"}` + "\n" + `{"action":"join"}` + "\n")
	require.NoError(t, run(t.Context(), gateway(t), "tea", secret, "day-one", time.Hour, frames, &out))
	printed := regexp.MustCompile(`(?m)^ *[\d.]+ `).ReplaceAllString(out.String(), "")
	assert.Equal(t, `{"action":"ping"}`+"\n(an empty frame)\n"+`{"action":"join"}`+"\n(an empty frame)\nclosed with 1001\n", printed)
}

func TestRefused(t *testing.T) {
	var out bytes.Buffer
	err := run(t.Context(), gateway(t), "", "another", "day-one", time.Hour, strings.NewReader(""), &out)
	require.EqualError(t, err, "not let in: HTTP 403 Forbidden")
	err = run(t.Context(), "ws://127.0.0.1:1", "", secret, "day-one", time.Hour, strings.NewReader(""), &out)
	require.EqualError(t, err, "nothing answers there")
}
