package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/coder/websocket"
)

// floor measures the least that the stack takes, all through the run, over a connection of its own: a ping, a function that has nothing to
// do, and on an emulator a PutItem and a post to @connections without any function.
type floor struct {
	*crew
	conn   *websocket.Conn
	frames chan struct{} // one for each frame that arrives
	id     string        // of the connection; empty on AWS, where both need a permission
}

const (
	floorEvery = 250 * time.Millisecond
	floorWait  = 10 * time.Second
	floorKey   = "load-floor" // of the item that is put, and deleted in the end
)

// openFloor connects as one more customer, who begins no chat.
func (c *crew) openFloor(ctx context.Context) (*floor, error) {
	who := "floor-" + c.name
	f := &floor{crew: c, frames: make(chan struct{}, 16)}
	var err error
	if f.conn, err = c.dial(ctx, nil, func() (string, error) { return c.stack.Customer(who, nil) }); err != nil {
		return nil, err
	}
	go func() {
		for {
			if _, _, err := f.conn.Read(ctx); err != nil {
				return
			}
			f.frames <- struct{}{}
		}
	}()
	if c.stack.AWS != "" {
		f.id, err = f.connection(ctx, "c_"+who)
	}
	return f, err
}

// connection finds the id of a person's connection.
func (f *floor) connection(ctx context.Context, who string) (string, error) {
	in := map[string]any{
		"TableName": f.stack.Tables["connections"], "FilterExpression": "who = :who",
		"ExpressionAttributeValues": map[string]any{":who": map[string]string{"S": who}},
	}
	for {
		var out struct {
			Items            []struct{ ConnectionID struct{ S string } }
			LastEvaluatedKey map[string]any
		}
		if err := f.dynamo(ctx, "Scan", in, &out); err != nil {
			return "", err
		}
		if len(out.Items) > 0 {
			return out.Items[0].ConnectionID.S, nil
		}
		if in["ExclusiveStartKey"] = out.LastEvaluatedKey; len(out.LastEvaluatedKey) == 0 {
			return "", errors.New("the table of connections has no row of one that is open")
		}
	}
}

func (f *floor) dynamo(ctx context.Context, action string, in, out any) error {
	return f.stack.Call(ctx, "dynamodb", "DynamoDB_20120810."+action, in, out)
}

// measure measures one of them after the other, until the context ends.
func (f *floor) measure(ctx context.Context) {
	defer f.close()
	do := map[step]func(context.Context) error{
		pingFloor:     func(ctx context.Context) error { return f.ask(ctx, `{"action":"ping"}`) },
		functionFloor: func(ctx context.Context) error { return f.ask(ctx, `{"action":"message"}`) }, // invalid: refused before any call
	}
	if f.id != "" {
		do[putFloor], do[postFloor] = f.put, f.post
	}
	for {
		for s := pingFloor; s < steps; s++ {
			if do[s] == nil {
				continue
			}
			if !rest(ctx, floorEvery) {
				return
			}
			begun := time.Now()
			if err := do[s](ctx); err == nil {
				f.figures.add(s, time.Since(begun))
			} else if ctx.Err() == nil {
				f.figures.refused(fmt.Sprint("of the floor: ", err))
				return
			}
		}
	}
}

// ask sends a frame and waits for one.
func (f *floor) ask(ctx context.Context, frame string) error {
	if err := f.conn.Write(ctx, websocket.MessageText, []byte(frame)); err != nil {
		return err
	}
	return f.arrived(ctx)
}

func (f *floor) arrived(ctx context.Context) error {
	select {
	case <-f.frames:
		return nil
	case <-time.After(floorWait):
		return errors.New("no answer")
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (f *floor) key() map[string]any {
	return map[string]any{"connectionId": map[string]string{"S": floorKey}}
}

func (f *floor) put(ctx context.Context) error {
	return f.dynamo(ctx, "PutItem", map[string]any{"TableName": f.stack.Tables["connections"], "Item": f.key()}, nil)
}

// post returns when the gateway has answered. The frame that arrives is not waited for in time, but must not be taken for another answer.
func (f *floor) post(ctx context.Context) error {
	at := strings.Replace(f.stack.WS, "ws://", "http://", 1) + "/@connections/" + f.id
	body, err := json.Marshal(map[string]string{"type": "floor"})
	if err != nil {
		return err
	}
	if _, _, err := f.stack.Send(ctx, http.MethodPost, "execute-api", at, nil, body); err != nil {
		return err
	}
	return f.arrived(ctx)
}

func (f *floor) close() {
	_ = f.conn.CloseNow()
	if f.id != "" {
		_ = f.dynamo(context.WithoutCancel(f.life), "DeleteItem", map[string]any{"TableName": f.stack.Tables["connections"], "Key": f.key()}, nil)
	}
}
