package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

type frame map[string]any

// room is the id of the answer's room.
func (f frame) room() string {
	room, _ := f["room"].(map[string]any)
	id, _ := room["id"].(string)
	return id
}

// connection is a WebSocket with one request at a time.
type connection struct {
	conn *websocket.Conn
	last int
}

func connect(ctx context.Context, ws, token string) (*connection, error) {
	conn, _, err := websocket.Dial(ctx, ws+"?token="+url.QueryEscape(token), nil) //nolint:bodyclose // there is none after an upgrade, and the library closes any other
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	conn.SetReadLimit(128 << 10)
	return &connection{conn: conn}, nil
}

func (c *connection) close() { _ = c.conn.Close(websocket.StatusNormalClosure, "") }

// ask sends a frame and waits for its answer. It drops pushes that come before.
func (c *connection) ask(ctx context.Context, f frame) (frame, error) {
	c.last++
	f["id"] = strconv.Itoa(c.last)
	if err := wsjson.Write(ctx, c.conn, f); err != nil {
		return nil, err
	}
	for {
		var answer frame
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

// send sends texts in order, with this side's next numbers.
func (c *connection) send(ctx context.Context, room string, texts []string) error {
	no, err := c.nextNumber(ctx, room)
	if err != nil {
		return err
	}
	for i, text := range texts {
		if _, err := c.ask(ctx, frame{"action": "message", "room": room, "no": no + i, "text": text}); err != nil {
			return err
		}
	}
	return nil
}

// nextNumber is the number of this side's next text: the room object's, plus one.
func (c *connection) nextNumber(ctx context.Context, room string) (int, error) {
	answer, err := c.ask(ctx, frame{"action": "join", "room": room, "rooms": []frame{{"room": room, "since": 0}}})
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
