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

func TestCustomer(t *testing.T) {
	claims := customerClaims().with(object{
		"name": "Ann Lee", "email": "ann@example.com", "cognito:groups": []string{admins}, "role": "agent",
	})
	got, err := verifier().Verify(t.Context(), shop(secret), signCustomer(t, customerHeader(), claims))
	require.NoError(t, err)
	assert.Equal(t, auth.Identity{Who: "c_4711", Name: "Ann Lee", Email: "ann@example.com"}, got)
}

func TestCustomerClaims(t *testing.T) {
	for name, tc := range map[string]struct {
		change object
		reason string // empty: accepted
	}{
		"every character of sub":  {object{"sub": "AZaz09._@-"}, ""},
		"longest sub":             {object{"sub": strings.Repeat("x", 128)}, ""},
		"sub too long":            {object{"sub": strings.Repeat("x", 129)}, "sub is too long"},
		"no sub":                  {object{"sub": nil}, "no sub"},
		"empty sub":               {object{"sub": ""}, "no sub"},
		"sub with a separator":    {object{"sub": "a#b"}, "sub has a character"},
		"sub with a space":        {object{"sub": "a b"}, "sub has a character"},
		"sub with a new line":     {object{"sub": "a\n"}, "sub has a character"},
		"sub with a zero":         {object{"sub": "a\x00"}, "sub has a character"},
		"sub that is not ASCII":   {object{"sub": "앤"}, "sub has a character"},
		"sub is a number":         {object{"sub": 12}, "sub is not a string"},
		"iat is text":             {object{"iat": "now"}, "invalid type"},
		"exp a day ahead":         {object{"exp": from(24*time.Hour + time.Minute)}, ""},
		"exp further ahead":       {object{"exp": from(24*time.Hour + time.Minute + time.Second)}, "more than a day"},
		"exp centuries ahead":     {object{"exp": 1 << 39}, "more than a day"},
		"iat in the future":       {object{"iat": from(61 * time.Second)}, "before issued"},
		"email is a list":         {object{"email": []string{"a@b.example"}}, "email is not a string"},
		"issuer means nothing":    {object{"iss": "anyone"}, ""},
		"name is null, as absent": {object{"name": jsonNull{}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			token := signCustomer(t, customerHeader(), customerClaims().with(tc.change))
			if tc.reason != "" {
				requireRefused(t, token, tc.reason)
				return
			}
			_, err := verifier().Verify(t.Context(), shop(secret), token)
			require.NoError(t, err)
		})
	}
}

type jsonNull struct{}

func (jsonNull) MarshalJSON() ([]byte, error) { return []byte("null"), nil }

func TestCustomerSecret(t *testing.T) {
	token := sign(t, jwt.SigningMethodHS256, []byte(secret+"!"), customerHeader(), customerClaims())
	requireRefused(t, token, "signature is invalid")
}
