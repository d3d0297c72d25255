package auth_test

import (
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/auth"
)

func TestAgent(t *testing.T) {
	for name, tc := range map[string]struct {
		change object
		want   auth.Identity
	}{
		"plain":             {object{}, auth.Identity{}},
		"admin":             {object{"cognito:groups": []string{"x", admins}}, auth.Identity{Admin: true}},
		"other groups":      {object{"cognito:groups": []string{"admins", "Chat-Admins", "chat-admins2"}}, auth.Identity{}},
		"groups as text":    {object{"cognito:groups": admins}, auth.Identity{}},
		"groups as numbers": {object{"cognito:groups": []any{1, object{"a": 1}}}, auth.Identity{}},
		"no use, no iat":    {object{"token_use": nil, "iat": nil}, auth.Identity{}},
		"name": {
			object{"name": "Bo", "preferred_username": "bob", "cognito:username": "b1", "email": "bo@example.com"},
			auth.Identity{Name: "Bo", Email: "bo@example.com"},
		},
		"blank name": {object{"name": " ", "preferred_username": "bob", "cognito:username": "b1"}, auth.Identity{Name: "bob"}},
		"given name": {object{"given_name": "Bo", "nickname": "bobby"}, auth.Identity{Name: "Bo"}},
		"nickname":   {object{"given_name": "", "nickname": "bobby"}, auth.Identity{Name: "bobby"}},
		"an address is no public name": {
			object{
				"name": "bo@example.com", "nickname": " bo@example.com ", "preferred_username": "bo@example.com",
				"cognito:username": "bo@example.com", "email": "bo@example.com",
			},
			auth.Identity{Email: "bo@example.com"},
		},
		"nor a name with an address in it": {
			object{"name": "Bo <bo@example.com>", "given_name": "(bo@example.com)", "nickname": "mail:bo@example.com", "preferred_username": "Bo"},
			auth.Identity{Name: "Bo"},
		},
		"nor is what one logs in with":   {object{"cognito:username": "b1"}, auth.Identity{}},
		"a name with a sign of its kind": {object{"name": "Bo @ Mugs", "cognito:username": "b1"}, auth.Identity{Name: "Bo @ Mugs"}},
		"only an e-mail":                 {object{"email": "bo@example.com"}, auth.Identity{Email: "bo@example.com"}},
	} {
		t.Run(name, func(t *testing.T) {
			tc.want.Who, tc.want.Agent = "a_11111111-2222", true
			got, err := verifier().Verify(t.Context(), named("mugs"), signAgent(t, agentHeader(), agentClaims().with(tc.change)))
			require.NoError(t, err)
			assert.Equal(t, from(time.Hour+time.Minute), got.Until.Unix(), "its end, and the leeway")
			got.Until = time.Time{}
			assert.Equal(t, tc.want, got)
		})
	}
}

func TestAgentRefused(t *testing.T) {
	for name, tc := range map[string]struct {
		header, claims object
		reason         string
	}{
		"no key id":                 {object{"kid": nil}, object{}, "no key id"},
		"key id is a number":        {object{"kid": 1}, object{}, "no key id"},
		"unknown key id":            {object{"kid": "key-2"}, object{}, "unknown key id"},
		"access token by its type":  {object{"typ": "at+jwt"}, object{}, "not an ID token"},
		"access token by its use":   {object{}, object{"token_use": "access"}, "not an ID token"},
		"use is a number":           {object{}, object{"token_use": 1}, "not an ID token"},
		"no issuer":                 {object{}, object{"iss": nil}, "missing required claim"},
		"another issuer":            {object{}, object{"iss": issuer + "/"}, "issuer"},
		"another client":            {object{}, object{"aud": "client-2"}, "audience"},
		"the customers' audience":   {object{}, object{"aud": "rejoin"}, "audience"},
		"only a client id":          {object{}, object{"aud": nil, "client_id": clientID}, "missing required claim"},
		"sub is a number":           {object{}, object{"sub": 12}, "sub is not a string"},
		"no sub":                    {object{}, object{"sub": nil}, "sub not accepted"},
		"sub with a space":          {object{}, object{"sub": "a b"}, "sub not accepted"},
		"sub that is not ASCII":     {object{}, object{"sub": "é"}, "sub not accepted"},
		"sub too long":              {object{}, object{"sub": strings.Repeat("x", 256)}, "sub not accepted"},
		"nickname is a number":      {object{}, object{"nickname": 5}, "nickname is not a string"},
		"email is a number":         {object{}, object{"email": 5}, "email is not a string"},
		"key offered in the header": {object{"kid": "key-2", "jku": "https://evil.example/keys"}, object{}, "unknown key id"},
	} {
		t.Run(name, func(t *testing.T) {
			requireRefused(t, signAgent(t, agentHeader().with(tc.header), agentClaims().with(tc.claims)), tc.reason)
		})
	}
	t.Run("signed by somebody else", func(t *testing.T) {
		token := sign(t, jwt.SigningMethodRS256, newRSA(2048), agentHeader(), agentClaims())
		requireRefused(t, token, "signature is invalid")
	})
}
