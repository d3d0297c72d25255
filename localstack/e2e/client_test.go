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

// client is a person's page: it keeps every received frame, in order, and comes back when the server closes its connection.
type client struct {
	t     *testing.T
	dial  func() (*websocket.Conn, error)
	id    int
	mu    sync.Mutex
	more  chan struct{}   // closed and replaced when something below changes
	conn  *websocket.Conn // the newest
	open  bool            // whether frames may be sent on it
	backs int             // how often it came back, or tried to
	got   []frame
	away  bool // for good, once the connection is closed
	over  bool // it has no connection, and opens none any more
}

// maxBacks is how often a client comes back. So a server that throws everybody out still fails a test.
const maxBacks = 3

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
	c := &client{t: t, more: make(chan struct{}), open: true}
	c.dial = func() (*websocket.Conn, error) {
		conn, _, err := s.dial(t, token, nil)
		if err == nil {
			conn.SetReadLimit(1 << 20)
		}
		return conn, err
	}
	var err error
	c.conn, err = c.dial()
	require.NoError(t, err)
	var listening sync.WaitGroup
	listening.Go(c.listen)
	t.Cleanup(func() {
		c.drop()
		listening.Wait()
	})
	return c
}

func (c *client) listen() {
	for conn := c.conn; conn != nil; conn = c.comeBack() {
		for {
			_, data, err := conn.Read(context.Background())
			if err != nil {
				break
			}
			var f frame
			_ = json.Unmarshal(data, &f)
			c.change(func() { c.take(f) })
		}
	}
	c.change(func() { c.over = true })
}

func (c *client) change(what func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	what()
	close(c.more)
	c.more = make(chan struct{})
}

const joinedAgain = "back" // the id of the `join` of a client that comes back

func (c *client) take(f frame) {
	c.got = append(c.got, f)
	c.away = c.away || f.str("type") == "replaced"
	switch {
	case f.str("re") != joinedAgain:
	case f.str("type") == "error":
		_ = c.conn.CloseNow() // the next connection is the next try
	default:
		c.got = append(c.got, c.missed(f)...)
		c.open = true
	}
}

// comeBack opens the next connection, as any client does whose connection the server has closed (docs/protocol.md), and joins if it had
// joined before. nil: it stays away. A function closes the connection of a customer if a post to it takes longer than a second
// (internal/chat/tell.go), as it may on a busy machine.
func (c *client) comeBack() *websocket.Conn {
	for c.goesOn() {
		conn, err := c.dial()
		if err != nil {
			continue
		}
		join := c.joinAgain()
		c.change(func() {
			c.conn, c.open = conn, join == ""
			if c.away { // since it was dialled
				_ = conn.CloseNow()
			}
		})
		if join != "" {
			_ = conn.Write(c.t.Context(), websocket.MessageText, []byte(join)) // if it fails, so does the next read
		}
		return conn
	}
	return nil
}

func (c *client) goesOn() (yes bool) {
	c.change(func() {
		yes = !c.away && c.backs < maxBacks
		c.open, c.backs = false, c.backs+1
	})
	return yes
}

// joinAgain is the frame that asks for all messages of the rooms that this client knows; "" if it has never joined. A customer's `join`
// needs to name none.
func (c *client) joinAgain() string {
	rooms, joined := []frame{}, false
	for _, f := range c.frames() {
		joined = joined || f.str("re") != "" && (f.str("type") == "desk" || f.str("type") == "room")
		known := frame{"room": f.str("room", "id"), "since": 0}
		if known.str("room") != "" && !slices.ContainsFunc(rooms, func(r frame) bool { return r["room"] == known["room"] }) {
			rooms = append(rooms, known)
		}
	}
	if !joined {
		return ""
	}
	data, _ := json.Marshal(frame{"action": "join", "id": joinedAgain, "rooms": rooms})
	return string(data)
}

// missed makes pushes of the answer to a `join`: the rooms as they are now, and the messages that this client has not been pushed. No
// test's rooms have more messages than one page.
func (c *client) missed(answer frame) (pushes []frame) {
	for _, part := range append(answer.list("rooms"), answer) { // a desk has parts, a room is one
		room := part.str("room", "id")
		if room == "" {
			continue
		}
		pushes = append(pushes, frame{"type": "room", "room": part["room"]})
		for _, m := range part.list("messages") {
			if !slices.ContainsFunc(c.got, func(f frame) bool {
				return f.str("type") == "message" && f.str("room") == room && f.num("message", "seq") == m.num("seq")
			}) {
				pushes = append(pushes, frame{"type": "message", "room": room, "message": map[string]any(m)})
			}
		}
	}
	return pushes
}

// drop ends the connection without a close frame.
func (c *client) drop() {
	c.stayAway()
	_ = c.newest().CloseNow()
}

func (c *client) newest() *websocket.Conn {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.conn
}

// stayAway makes the next close of the connection the last: the test expects one, or that there is none.
func (c *client) stayAway() { c.change(func() { c.away = true }) }

// raw sends a frame, once the client is back if it is not there.
func (c *client) raw(data string) {
	c.t.Helper()
	for {
		var conn *websocket.Conn
		var backs int
		c.until("the connection", func() bool {
			conn, backs = c.conn, c.backs
			return c.open || c.over
		})
		err := conn.Write(c.t.Context(), websocket.MessageText, []byte(data))
		if err == nil {
			return
		}
		c.until("the end of the connection", func() bool { return c.backs != backs || c.over })
		if c.isClosed() {
			require.Fail(c.t, "the line closed", "%v; got %v", err, c.frames())
		}
	}
}

// ask sends a frame and waits for its answer. Every frame may be repeated.
func (c *client) ask(action string, fields frame) frame {
	c.t.Helper()
	id, data := c.encode(action, fields)
	return c.prompt(func() { c.raw(data) }, "the answer to "+action, func(f frame) bool { return f.str("re") == id })
}

// send sends a frame that has no answer.
func (c *client) send(action string, fields frame) {
	c.t.Helper()
	_, data := c.encode(action, fields)
	c.raw(data)
}

func (c *client) encode(action string, fields frame) (id, data string) {
	c.t.Helper()
	c.id++
	id = "f" + string(rune('a'+c.id%26)) + unique("")
	out := frame{"action": action, "id": id}
	for k, v := range fields {
		out[k] = v
	}
	encoded, err := json.Marshal(out)
	require.NoError(c.t, err)
	return id, string(encoded)
}

// await waits for a frame that matches, including frames that have already arrived.
func (c *client) await(what string, fits func(frame) bool) frame {
	c.t.Helper()
	return c.prompt(func() {}, what, fits)
}

// prompt does what makes a frame arrive, and waits for it. If the client had to come back meanwhile, the frame may be lost: it is
// prompted again.
func (c *client) prompt(act func(), what string, fits func(frame) bool) (found frame) {
	c.t.Helper()
	for found == nil {
		var backs int
		c.until("the connection", func() bool {
			backs = c.backs
			return c.open || c.over
		})
		act()
		c.until(what, func() bool {
			if i := slices.IndexFunc(c.got, fits); i >= 0 {
				found = c.got[i]
			}
			return found != nil || c.over || c.open && c.backs != backs
		})
		if found == nil && c.isClosed() {
			require.Fail(c.t, "the line closed", "waiting for %s; got %v", what, c.frames())
		}
	}
	return found
}

// until waits until a condition holds. It is asked whenever something has changed.
func (c *client) until(what string, holds func() bool) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), timeout)
	defer cancel()
	for {
		c.mu.Lock()
		more, held := c.more, holds()
		c.mu.Unlock()
		if held {
			return
		}
		select {
		case <-more:
		case <-ctx.Done():
			require.Fail(c.t, "never came", "%s; got %v", what, c.frames())
		}
	}
}

// isClosed tells whether the connection has ended for good.
func (c *client) isClosed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.over
}

// closed waits until the server has closed the connection of a client that stays away.
func (c *client) closed() {
	c.t.Helper()
	c.until("the end of the connection", func() bool { return c.over })
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
	c.prompt(func() { c.raw(`{"action":"ping"}`) }, "pong", func(frame) bool { return len(pongsOf(c.got)) > before })
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
