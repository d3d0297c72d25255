package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/coder/websocket"

	"rejoin/internal/proof/sim/client"
	"rejoin/localstack/device"
)

// page is a person's page, and when what it asked was answered. The fields belong to the device's goroutine.
type page struct {
	*device.Device
	run      *crew
	agents   bool                 // it is an agent's
	opened   time.Time            // when the newest connection opened
	answered map[string]time.Time // by the action of the frame that was answered
}

// openPage opens a person's page until the context ends.
func (c *crew) openPage(ctx context.Context, name string, agent bool, token func() (string, error)) *page {
	p := &page{run: c, agents: agent, answered: map[string]time.Time{}}
	p.Device = device.New(ctx, device.Options{
		Name: name, Agent: agent, Report: c.ledger, Rand: rand.New(rand.NewPCG(c.seed, uint64(c.pages.Add(1)))), Received: p.received,
		Dial: func(ctx context.Context) (*websocket.Conn, error) {
			begun := time.Now()
			conn, err := c.dial(ctx, nil, token)
			if err == nil {
				now := time.Now()
				p.timed(connect, now.Sub(begun))
				p.Post(func() { p.opened = now })
			} else if ctx.Err() == nil {
				c.figures.refused(err.Error())
			}
			return conn, err
		},
	})
	p.Do(p.Open)
	return p
}

// dial opens a socket. Its error is short, and holds no token.
func (c *crew) dial(ctx context.Context, through *http.Client, token func() (string, error)) (*websocket.Conn, error) {
	t, err := token()
	if err != nil {
		return nil, fmt.Errorf("no token: %w", err)
	}
	conn, response, err := websocket.Dial(ctx, c.stack.WS+"?token="+url.QueryEscape(t), &websocket.DialOptions{HTTPClient: through}) //nolint:bodyclose // the library has read it
	switch {
	case err == nil:
		return conn, nil
	case response != nil:
		return nil, fmt.Errorf("not let in: %d", response.StatusCode)
	}
	return nil, errNotReached
}

// received notes what a frame answers.
func (p *page) received(frame []byte) {
	var f struct{ Type, Re, Code string }
	_ = json.Unmarshal(frame, &f)
	switch {
	case f.Type == "error":
		p.run.figures.refused(f.Code)
	case f.Type == "":
		p.run.figures.refused("an error of the gateway's")
	case f.Re == "" && f.Type != "ack" && f.Type != "pong":
		p.run.figures.pushed(f.Type)
	}
	if action, _, ok := strings.Cut(f.Re, ":"); ok { // ids of the client's frames are its actions with a number
		p.answered[action] = time.Now()
	}
}

// ask does something at the page, waits for the answer to that action, and returns how long it took.
func (p *page) ask(ctx context.Context, action string, do func()) (took time.Duration, ok bool) {
	var begun time.Time
	p.Do(func() {
		delete(p.answered, action)
		begun = time.Now()
		do()
	})
	at, ok := p.Until(ctx, func() bool { return !p.answered[action].IsZero() })
	return at.Sub(begun), ok
}

// joined waits for the answer to the first join.
func (p *page) joined(ctx context.Context) bool {
	at, ok := p.Until(ctx, p.ready)
	if ok {
		p.Do(func() { p.timed(join, at.Sub(p.opened)) })
	}
	return ok
}

// timed adds how long a customer's step took. Agents come before the run begins.
func (p *page) timed(s step, d time.Duration) {
	if !p.agents {
		p.run.figures.add(s, d)
	}
}

func (p *page) ready() bool { return p.Session().Joined() }

// thread is a room as the page knows it; nil if it does not.
func (p *page) thread(room string) *client.Thread {
	for _, t := range p.Session().Rooms() {
		if t.ID == room {
			return t
		}
	}
	return nil
}
