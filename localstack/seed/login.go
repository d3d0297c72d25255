package main

import (
	"context"
	"fmt"

	"github.com/golang-jwt/jwt/v5"

	"rejoin/localstack/people"
	"rejoin/localstack/wire"
)

// customer signs a token as the shop's server would.
func customer(s people.Stack, c conversation) (string, error) {
	return s.Customer(c.sub, jwt.MapClaims{"name": c.name, "email": c.email})
}

// console logs an agent in and joins, which also stores the agent's name.
func console(ctx context.Context, s people.Stack, username string) (*wire.Connection, error) {
	token, err := agent(ctx, s, username)
	if err != nil {
		return nil, err
	}
	line, err := wire.Connect(ctx, s.WS, token)
	if err != nil {
		return nil, err
	}
	if _, err := line.Ask(ctx, wire.Frame{"action": "join"}); err != nil {
		line.Close()
		return nil, err
	}
	return line, nil
}

// agent logs an agent in and returns the ID token.
func agent(ctx context.Context, s people.Stack, username string) (string, error) {
	for _, a := range s.Agents {
		if a.Username == username {
			return s.LogIn(ctx, a.Username, a.Password)
		}
	}
	return "", fmt.Errorf("endpoints.json has no agent %s", username)
}
