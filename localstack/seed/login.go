package main

import (
	"context"
	"fmt"

	"github.com/golang-jwt/jwt/v5"

	"rejoin/localstack/people"
)

// customer signs a token as the shop's server would.
func customer(s people.Stack, c conversation) (string, error) {
	return s.Customer(c.sub, jwt.MapClaims{"name": c.name, "email": c.email})
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
