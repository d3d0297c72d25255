package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"rejoin/localstack/people"
)

// agent is an agent at their console, who takes the chats of this run as long as they hold few enough.
type agent struct {
	*page
	holds int // in the device's goroutine
	most  int
}

const (
	agentPassword = "Under-load-1"
	tokenMargin   = 2 * time.Minute // a log-in is renewed so long before it expires
	loginsAtOnce  = 8
	comeWithin    = 30 * time.Second // many agents come at different times, or they would all ask for the queue at once from then on
	few           = 10
)

// openAgents opens the pages of all agents, and waits until each has joined.
func (c *crew) openAgents(ctx context.Context) error {
	accounts, err := c.accounts()
	if err != nil {
		return err
	}
	begun, failed := make(chan people.Login), make(chan error, len(accounts))
	var all sync.WaitGroup
	for range loginsAtOnce {
		all.Go(func() {
			for account := range begun {
				failed <- c.openAgent(ctx, account)
			}
		})
	}
	for i, account := range accounts {
		if len(accounts) > few && !rest(ctx, comeWithin/time.Duration(len(accounts))) {
			break
		}
		c.show(fmt.Sprintf("%d of %d agents", i+1, len(accounts)))
		begun <- account
	}
	close(begun)
	all.Wait()
	close(failed)
	for err := range failed {
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// accounts are the agents who come to work. On an emulator they are created, once for all runs, since somebody may work with those of the
// stack meanwhile: of two who log in as one agent, only the newest connection counts.
func (c *crew) accounts() ([]people.Login, error) {
	if c.stack.AWS == "" {
		if known := len(c.stack.Agents); known < c.agents {
			return nil, fmt.Errorf("the stack's file names %d agents: AGENTS=%d are too many", known, c.agents)
		}
		return c.stack.Agents[:c.agents], nil
	}
	accounts := make([]people.Login, c.agents)
	for i := range accounts {
		accounts[i] = people.Login{Username: fmt.Sprint("load-", i+1), Password: agentPassword}
	}
	return accounts, nil
}

func (c *crew) openAgent(ctx context.Context, account people.Login) error {
	token, err := c.stack.LogIn(ctx, account.Username, account.Password)
	if err != nil && account.Password == agentPassword {
		if err = c.stack.CreateAgent(ctx, account.Username, account.Password); err == nil {
			token, err = c.stack.LogIn(ctx, account.Username, account.Password)
		}
	}
	if err != nil {
		return fmt.Errorf("log-in of %s: %w", account.Username, err)
	}
	login := &login{crew: c, account: account, token: token}
	a := &agent{most: (c.chats+c.agents-1)/c.agents + 1}
	a.page = c.openPage(c.life, account.Username, true, login.renewed)
	if !a.joined(ctx) {
		return fmt.Errorf("%s has not joined", account.Username)
	}
	c.came(a)
	go a.work(c.life)
	return nil
}

// login is an agent's log-in, which is renewed before it expires.
type login struct {
	*crew
	account people.Login
	mu      sync.Mutex
	token   string
}

func (l *login) renewed() (string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	claims := jwt.MapClaims{}
	if _, _, err := jwt.NewParser().ParseUnverified(l.token, claims); err != nil {
		return "", err
	}
	expires, err := claims.GetExpirationTime()
	if err == nil && time.Until(expires.Time) < tokenMargin {
		l.token, err = l.stack.LogIn(l.life, l.account.Username, l.account.Password)
	}
	return l.token, err
}

// work takes one chat after another.
func (a *agent) work(ctx context.Context) {
	for {
		var room string
		var to chan<- *agent
		_, ok := a.Until(ctx, func() bool {
			if a.holds >= a.most {
				return false
			}
			for _, room = range a.Agent.Queue() {
				if to = a.run.lobby.claim(room); to != nil {
					a.holds++
					return true
				}
			}
			return false
		})
		if !ok {
			return
		}
		took, ok := a.ask(ctx, "take", func() { a.Agent.Take(room) })
		if !ok {
			return
		}
		got := false
		a.Do(func() {
			t := a.thread(room)
			if got = t != nil && t.Mine; !got {
				a.holds--
			}
		})
		if !got { // somebody else has it, or its customer ended it
			a.run.lobby.put(room, to)
			continue
		}
		a.run.figures.add(take, took)
		to <- a
	}
}

// done gives an agent's place to another chat.
func (a *agent) done() { a.Post(func() { a.holds-- }) }
