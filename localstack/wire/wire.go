// Package wire is a connection that asks one thing at a time. It knows the protocol's envelope, and none of the server's code.
package wire

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// Frame is a frame, by its fields.
type Frame map[string]any

// Room is the id of the answer's room.
func (f Frame) Room() string {
	room, _ := f["room"].(map[string]any)
	id, _ := room["id"].(string)
	return id
}

// Connection is a WebSocket with one request at a time.
type Connection struct {
	conn *websocket.Conn
	last int
}

// Connect opens a connection with a token.
func Connect(ctx context.Context, ws, token string) (*Connection, error) {
	conn, _, err := websocket.Dial(ctx, ws+"?token="+url.QueryEscape(token), nil)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	conn.SetReadLimit(128 << 10)
	return &Connection{conn: conn}, nil
}

// Close closes it, with a close frame.
func (c *Connection) Close() { _ = c.conn.Close(websocket.StatusNormalClosure, "") }

// Ask sends a frame and waits for its answer. It drops pushes that come before.
func (c *Connection) Ask(ctx context.Context, f Frame) (Frame, error) {
	c.last++
	f["id"] = strconv.Itoa(c.last)
	if err := wsjson.Write(ctx, c.conn, f); err != nil {
		return nil, err
	}
	for {
		var answer Frame
		if err := wsjson.Read(ctx, c.conn, &answer); err != nil {
			return nil, fmt.Errorf("%v: %w", f["action"], err)
		}
		_, typed := answer["type"]
		switch {
		case !typed, answer["type"] == "error":
			text, _ := json.Marshal(answer)
			return nil, fmt.Errorf("%v was answered by %s", f["action"], text)
		case answer["re"] == f["id"], answer["type"] == "ack":
			return answer, nil
		}
	}
}

// Send sends texts in order, with this side's next numbers.
func (c *Connection) Send(ctx context.Context, room string, texts []string) error {
	no, err := c.nextNumber(ctx, room)
	if err != nil {
		return err
	}
	for i, text := range texts {
		if _, err := c.Ask(ctx, Frame{"action": "message", "room": room, "no": no + i, "text": text}); err != nil {
			return err
		}
	}
	return nil
}

// nextNumber is the number of this side's next text: the room object's, plus one.
func (c *Connection) nextNumber(ctx context.Context, room string) (int, error) {
	answer, err := c.Ask(ctx, Frame{"action": "join", "room": room, "rooms": []Frame{{"room": room, "since": 0}}})
	if err != nil {
		return 0, err
	}
	parts := []any{map[string]any(answer)}
	if rooms, ok := answer["rooms"].([]any); ok {
		parts = rooms
	}
	for _, part := range parts {
		object, _ := part.(map[string]any)["room"].(map[string]any)
		if object["id"] == room {
			no, _ := object["no"].(float64)
			return int(no) + 1, nil
		}
	}
	return 0, fmt.Errorf("join shows no room %s", room)
}
