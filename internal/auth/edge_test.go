package auth_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/auth"
)

// TestEdgeSecret: nothing but a whole secret opens the door, and who has none costs no look-up.
func TestEdgeSecret(t *testing.T) {
	reads := 0
	edge := auth.NewEdge(func(context.Context) (string, error) { reads++; return newSecret + "\n" + secret, nil }, now)
	require.ErrorIs(t, edge.Check(t.Context(), nil), auth.ErrRefused)
	assert.Zero(t, reads)
	for _, value := range []string{newSecret, secret} {
		require.NoError(t, edge.Check(t.Context(), []string{value}))
		require.NoError(t, edge.Check(t.Context(), []string{"a client's own", value}))
	}
	for _, value := range []string{"", "x", secret[1:], secret + "x", newSecret + "\n" + secret, secret[:len(secret)-1] + "X"} {
		require.ErrorIs(t, edge.Check(t.Context(), []string{value}), auth.ErrRefused, value)
	}
	assert.Equal(t, 1, reads, "wrong secrets are looked up once a minute")
}

// TestEdgeSecretChanges: CloudFront may have the new secret before this function has read it.
func TestEdgeSecretChanges(t *testing.T) {
	at, value, down := now(), secret, error(nil)
	edge := auth.NewEdge(func(context.Context) (string, error) { return value, down }, func() time.Time { return at })
	require.NoError(t, edge.Check(t.Context(), []string{secret}))
	value = newSecret + "\n" + secret
	at = at.Add(time.Minute)
	require.NoError(t, edge.Check(t.Context(), []string{newSecret}))
	require.NoError(t, edge.Check(t.Context(), []string{secret}), "requests of edges that have the old one")

	down, at = errors.New("down"), at.Add(time.Hour)
	require.NoError(t, edge.Check(t.Context(), []string{secret}), "what was read stays valid")
	require.ErrorIs(t, edge.Check(t.Context(), []string{"another secret, that may be the newest"}), down, "undecided")
}

func TestEdgeSecretUnreadable(t *testing.T) {
	down := errors.New("down")
	edge := auth.NewEdge(func(context.Context) (string, error) { return "", down }, now)
	require.ErrorIs(t, edge.Check(t.Context(), []string{secret}), down)
	edge = auth.NewEdge(func(context.Context) (string, error) { return "short", nil }, now)
	require.ErrorContains(t, edge.Check(t.Context(), []string{"short"}), "32 bytes")
}
