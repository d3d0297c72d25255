package auth_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/auth"
)

const newSecret = "the secret that the shop changes to"

func TestParseSecrets(t *testing.T) {
	for value, want := range map[string][]auth.Secret{
		secret:                             {auth.Secret(secret)},
		secret + "\n":                      {auth.Secret(secret)},
		newSecret + "\n" + secret:          {auth.Secret(newSecret), auth.Secret(secret)},
		"\n" + newSecret + "\n\n" + secret: {auth.Secret(newSecret), auth.Secret(secret)},
	} {
		got, err := auth.ParseSecrets(value)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	for value, reason := range map[string]string{
		"": "empty", "\n": "empty", strings.Repeat("s", 31): "32 bytes", secret + "\nshort": "32 bytes",
	} {
		_, err := auth.ParseSecrets(value)
		require.ErrorContains(t, err, reason)
	}
}

// TestSecretsChangeOver: while a shop changes its secret, the old and the new one are valid, and no other.
func TestSecretsChangeOver(t *testing.T) {
	signed := func(secret string) string {
		return sign(t, jwt.SigningMethodHS256, []byte(secret), customerHeader(), customerClaims())
	}
	both := shop(newSecret, secret)
	for _, one := range []string{newSecret, secret} {
		got, err := verifier().Verify(t.Context(), both, signed(one))
		require.NoError(t, err)
		assert.Equal(t, "c_4711", got.Who)
	}
	requireRefusedAt(t, both, signed("a secret that the shop never had."), "signature is invalid")
	requireRefusedAt(t, shop(newSecret), signed(secret), "signature is invalid")
	requireRefusedAt(t, shop(), signed(""), "unverifiable")
}

func TestCachedSecrets(t *testing.T) {
	reads, value, down := 0, secret, error(nil)
	at := now()
	read := func(context.Context) (string, error) { reads++; return value, down }
	secrets := auth.CachedSecrets(read, func() time.Time { return at })
	is := func(want string) {
		t.Helper()
		got, err := secrets(t.Context())
		require.NoError(t, err)
		assert.Equal(t, []auth.Secret{auth.Secret(want)}, got)
	}
	assert.Zero(t, reads, "most connections need none")
	is(secret)
	at, value = at.Add(4*time.Minute), newSecret
	is(secret)
	assert.Equal(t, 1, reads)
	at = at.Add(time.Minute + time.Second)
	is(newSecret)

	at, down = at.Add(time.Hour), errors.New("down")
	is(newSecret)
	at, value, down = at.Add(time.Minute), "short", nil
	is(newSecret)
	assert.Equal(t, 4, reads, "the last valid value stays")
}

// TestSecretsAreNotReadAllAtOnce: functions that started together, as after an outage, do not keep reading SSM together, which
// allows an account 40 requests a second.
func TestSecretsAreNotReadAllAtOnce(t *testing.T) {
	const functions = 1000
	reads, at := 0, now()
	read := func(context.Context) (string, error) { reads++; return secret, nil }
	var all []func(context.Context) ([]auth.Secret, error)
	for range functions {
		all = append(all, auth.CachedSecrets(read, func() time.Time { return at }))
	}
	readsAfter := func(d time.Duration) int {
		before := reads
		at = at.Add(d)
		for _, one := range all {
			_, err := one(t.Context())
			require.NoError(t, err)
		}
		return reads - before
	}
	assert.Equal(t, functions, readsAfter(0))
	assert.Zero(t, readsAfter(4*time.Minute))
	early := readsAfter(30 * time.Second)
	assert.InDelta(t, functions/2, early, functions/4, "half of the minute over which the reads are spread")
	assert.Equal(t, functions-early, readsAfter(30*time.Second+time.Millisecond), "a change is seen within five minutes")
}

func TestSecretsOutOfReach(t *testing.T) {
	for name, tc := range map[string]struct {
		value string
		err   error
	}{"down": {secret, errors.New("down")}, "weak": {strings.Repeat("s", 31), nil}, "empty": {"", nil}} {
		t.Run(name, func(t *testing.T) {
			at := now()
			site := auth.Site{Secrets: auth.CachedSecrets(func(context.Context) (string, error) { return tc.value, tc.err }, func() time.Time { return at })}
			token := sign(t, jwt.SigningMethodHS256, []byte(tc.value), customerHeader(), customerClaims())
			identity, err := verifier().Verify(t.Context(), site, token)
			require.ErrorContains(t, err, "site secret")
			require.NotErrorIs(t, err, auth.ErrRefused, "the deployment is at fault, not the token")
			assert.Zero(t, identity)

			tc.value, tc.err, at = secret, nil, at.Add(5*time.Second)
			_, err = verifier().Verify(t.Context(), site, signCustomer(t, customerHeader(), customerClaims()))
			require.NoError(t, err, "an error is cached for 5 s only")
		})
	}
}
