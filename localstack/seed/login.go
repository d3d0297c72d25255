package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// stack is the part of endpoints.json that seed reads.
type stack struct {
	Ws, Aws, Demo, ClientID, SiteSecret string
	Agents                              []struct{ Username, Password string }
}

func read(file string) (s stack, err error) {
	text, err := os.ReadFile(file) //nolint:gosec // the file that the caller names
	if err != nil {
		return s, err
	}
	return s, json.Unmarshal(text, &s)
}

// customer signs a token as the shop's server would.
func (s stack) customer(c conversation) (string, error) {
	return jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
		"aud": "rejoin", "sub": c.sub, "name": c.name, "email": c.email, "exp": time.Now().Add(time.Hour).Unix(),
	}).SignedString([]byte(s.SiteSecret))
}

// agent logs an agent in and returns the ID token.
func (s stack) agent(ctx context.Context, username string) (string, error) {
	for _, a := range s.Agents {
		if a.Username == username {
			return s.login(ctx, a.Username, a.Password)
		}
	}
	return "", fmt.Errorf("endpoints.json has no agent %s", username)
}

func (s stack) login(ctx context.Context, username, password string) (string, error) {
	body, err := json.Marshal(map[string]any{
		"ClientId": s.ClientID, "AuthFlow": "USER_PASSWORD_AUTH",
		"AuthParameters": map[string]string{"USERNAME": username, "PASSWORD": password},
	})
	if err != nil {
		return "", err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.Aws, bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/x-amz-json-1.1")
	request.Header.Set("X-Amz-Target", "AWSCognitoIdentityProviderService.InitiateAuth")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer func() { _ = response.Body.Close() }()
	var answer struct {
		AuthenticationResult struct{ IDToken string }
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return "", err
	}
	if answer.AuthenticationResult.IDToken == "" {
		return "", fmt.Errorf("log-in of %s: %s", username, response.Status)
	}
	return answer.AuthenticationResult.IDToken, nil
}
