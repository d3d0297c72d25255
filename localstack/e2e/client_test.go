package e2e_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"
)

type frame map[string]any

func (f frame) str(path ...string) string { s, _ := f.at(path...).(string); return s }
func (f frame) num(path ...string) int    { n, _ := f.at(path...).(float64); return int(n) }
func (f frame) list(name string) []frame {
	var out []frame
	items, _ := f[name].([]any)
	for _, i := range items {
		if o, ok := i.(map[string]any); ok {
			out = append(out, o)
		}
	}
	return out
}

func (f frame) at(path ...string) any {
	var v any = map[string]any(f)
	for _, p := range path {
		o, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = o[p]
	}
	return v
}

// texts lists those messages of a frame that people wrote, in order.
func (f frame) texts() []string {
	out := []string{}
	for _, m := range f.list("messages") {
		if m.str("from") != "system" {
			out = append(out, m.str("text"))
		}
	}
	return out
}

// client is one connection. It keeps every received frame, in order.
type client struct {
	t    *testing.T
	conn *websocket.Conn
	id   int
	mu   sync.Mutex
	more chan struct{} // closed and replaced when a frame arrives
	got  []frame
	done bool
}

func (s stack) dial(t *testing.T, token string, header http.Header) (*websocket.Conn, *http.Response, error) {
	t.Helper()
	at := s.WS
	if token != "" {
		at += "?token=" + url.QueryEscape(token)
	}
	if s.Site != "" {
		at += "&site=" + s.Site
	}
	ctx, cancel := context.WithTimeout(t.Context(), timeout)
	defer cancel()
	return websocket.Dial(ctx, at, &websocket.DialOptions{HTTPHeader: header})
}

func (s stack) connect(t *testing.T, token string) *client {
	t.Helper()
	conn, _, err := s.dial(t, token, nil)
	require.NoError(t, err)
	conn.SetReadLimit(1 << 20)
	c := &client{t: t, conn: conn, more: make(chan struct{})}
	go c.listen()
	t.Cleanup(c.drop)
	return c
}

func (c *client) listen() {
	for {
		_, data, err := c.conn.Read(context.Background())
		var f frame
		if err == nil {
			_ = json.Unmarshal(data, &f)
		}
		c.mu.Lock()
		if err != nil {
			c.done = true
		} else {
			c.got = append(c.got, f)
		}
		close(c.more)
		c.more = make(chan struct{})
		c.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// drop ends the connection without a close frame.
func (c *client) drop() { _ = c.conn.CloseNow() }

func (c *client) raw(data string) {
	c.t.Helper()
	require.NoError(c.t, c.conn.Write(c.t.Context(), websocket.MessageText, []byte(data)))
}

// ask sends a frame and waits for its answer.
func (c *client) ask(action string, fields frame) frame {
	c.t.Helper()
	id := c.send(action, fields)
	return c.await("the answer to "+action, func(f frame) bool { return f.str("re") == id })
}

func (c *client) send(action string, fields frame) string {
	c.t.Helper()
	c.id++
	id := "f" + string(rune('a'+c.id%26)) + unique("")
	out := frame{"action": action, "id": id}
	for k, v := range fields {
		out[k] = v
	}
	data, err := json.Marshal(out)
	require.NoError(c.t, err)
	c.raw(string(data))
	return id
}

// await waits for a frame that matches, including frames that have already arrived.
func (c *client) await(what string, fits func(frame) bool) frame {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), timeout)
	defer cancel()
	for {
		c.mu.Lock()
		more, done := c.more, c.done
		if i := slices.IndexFunc(c.got, fits); i >= 0 {
			f := c.got[i]
			c.mu.Unlock()
			return f
		}
		c.mu.Unlock()
		if done {
			require.Fail(c.t, "the line closed", "waiting for %s; got %v", what, c.frames())
		}
		select {
		case <-more:
		case <-ctx.Done():
			require.Fail(c.t, "never came", "%s; got %v", what, c.frames())
		}
	}
}

// isClosed tells whether the connection has ended.
func (c *client) isClosed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.done
}

// closed waits until the server has closed the connection.
func (c *client) closed() {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), timeout)
	defer cancel()
	for {
		c.mu.Lock()
		more, done := c.more, c.done
		c.mu.Unlock()
		if done {
			return
		}
		select {
		case <-more:
		case <-ctx.Done():
			require.Fail(c.t, "the line is still open")
		}
	}
}

func (c *client) frames() []frame {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.got)
}

// ping is a barrier: it returns when everything sent before it on this connection has been handled.
func (c *client) ping() {
	c.t.Helper()
	before := len(c.pongs())
	c.raw(`{"action":"ping"}`)
	c.await("pong", func(frame) bool { return len(pongsOf(c.got)) > before })
}

func (c *client) pongs() []frame { return pongsOf(c.frames()) }

func pongsOf(got []frame) []frame {
	return slices.DeleteFunc(slices.Clone(got), func(f frame) bool { return f.str("type") != "pong" })
}

// text waits for a pushed text.
func (c *client) text(text string) frame {
	c.t.Helper()
	return c.await("the text "+text, func(f frame) bool { return f.str("type") == "message" && f.str("message", "text") == text })
}
