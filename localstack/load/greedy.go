package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"rejoin/localstack/people"
	"rejoin/localstack/wire"
)

// greedy is one script at one address that connects again and again, each time as a new visitor, and begins a chat each time.
type greedy struct {
	*crew
	mu      sync.Mutex
	answers map[string]int // what became of its connections
}

const (
	greedyAddress = "127.0.0.9"
	greedyHolds   = 5 * time.Second // a connection that was let in
	greedyAtOnce  = 2000            // connections under way or open: what this machine can hold
)

// storm waits for the second half of the time, and then connects until it is up.
func (g *greedy) storm(open context.Context) {
	if g.greedy == 0 || !rest(open, g.length/2) {
		return
	}
	g.figures.change(func(f *figures) { f.now = storm })
	g.answers = map[string]int{}
	through := &http.Client{Transport: &http.Transport{DialContext: (&net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(greedyAddress)}}).DialContext}}
	under := make(chan struct{}, greedyAtOnce)
	var all sync.WaitGroup
	for each := time.NewTicker(time.Second / time.Duration(g.greedy)); open.Err() == nil; {
		select {
		case <-each.C:
		case <-open.Done():
			each.Stop()
			continue
		}
		select {
		case under <- struct{}{}:
			all.Go(func() {
				g.note(g.visit(open, through))
				<-under
			})
		default:
			g.note("not tried: too many are under way")
		}
	}
	all.Wait()
}

func (g *greedy) note(answer string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.answers[answer]++
}

// visit connects as a new visitor, begins a chat and stays a while. It returns what came of it.
func (g *greedy) visit(ctx context.Context, through *http.Client) string {
	conn, err := g.dial(ctx, through, func() (string, error) {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			return "", err
		}
		return people.Visitor(key)
	})
	if err != nil {
		return err.Error()
	}
	defer func() { _ = conn.CloseNow() }()
	var answer struct{ Type, Code string }
	if wsjson.Write(ctx, conn, wire.Frame{"action": "join", "start": true}) != nil || wsjson.Read(ctx, conn, &answer) != nil {
		return "let in, and cut off"
	}
	if answer.Type != "room" {
		return "let in, and then " + answer.Type + " " + answer.Code
	}
	rest(ctx, greedyHolds)
	_ = conn.Close(websocket.StatusNormalClosure, "")
	return "let in, and a chat begun"
}
