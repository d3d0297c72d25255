package gateway_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/auth"
	"rejoin/internal/gateway"
)

const edgeSecret = "the-secret-of-the-distribution"

// edge knows one secret.
type edge struct{ err error }

func (e edge) Check(_ context.Context, given []string) error {
	if e.err == nil && !slices.Contains(given, edgeSecret) {
		return auth.Refuse("not through the distribution")
	}
	return e.err
}

// unasked fails a test that comes to it.
type unasked struct{ t *testing.T }

func (u unasked) Site(context.Context, string) (auth.Site, error) {
	assert.Fail(u.t, "a site was looked up")
	return auth.Site{}, nil
}

// TestAuthorizeOnlyThroughTheEdge: whoever bypasses the distribution is refused before anything is looked up.
func TestAuthorizeOnlyThroughTheEdge(t *testing.T) {
	for name, header := range map[string]map[string]string{
		"no secret":                   nil,
		"another secret":              {"X-Rejoin-Edge": "another-secret"},
		"an empty one":                {"X-Rejoin-Edge": ""},
		"the secret in another place": {"X-Rejoin-Edge-Secret": edgeSecret},
		"only the address":            {"CloudFront-Viewer-Address": "198.51.100.1:1"},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			a := authorizer(&log)
			a.Edge, a.EdgeOnly, a.Sites = edge{}, true, unasked{t}
			got, err := a.Handle(t.Context(), connectEvent(header))
			require.NoError(t, err)
			requireEffect(t, "Deny", got)
			assert.Contains(t, log.String(), "not through the distribution")
		})
	}
	for _, name := range []string{"X-Rejoin-Edge", "x-rejoin-edge"} {
		var log bytes.Buffer
		a := authorizer(&log)
		a.Edge, a.EdgeOnly = edge{}, true
		got, err := a.Handle(t.Context(), connectEvent(map[string]string{name: edgeSecret}))
		require.NoError(t, err)
		requireEffect(t, "Allow", got)
		assert.NotContains(t, log.String(), edgeSecret)
	}
}

// TestAuthorizeBesideTheEdge: while the edge is open, clients may still bypass it.
func TestAuthorizeBesideTheEdge(t *testing.T) {
	for _, header := range []map[string]string{nil, {"X-Rejoin-Edge": "another-secret"}, {"X-Rejoin-Edge": edgeSecret}} {
		a := authorizer(&bytes.Buffer{})
		a.Edge = edge{}
		got, err := a.Handle(t.Context(), connectEvent(header))
		require.NoError(t, err)
		requireEffect(t, "Allow", got)
	}
}

// TestAuthorizeEdgeUndecided: nobody is refused because the secret could not be read.
func TestAuthorizeEdgeUndecided(t *testing.T) {
	down := errors.New("down")
	a := authorizer(&bytes.Buffer{})
	a.Edge = edge{down}
	_, err := a.Handle(t.Context(), connectEvent(map[string]string{"X-Rejoin-Edge": edgeSecret}))
	require.ErrorIs(t, err, down)
	var recorded gateway.Recorded
	require.ErrorAs(t, err, &recorded)
}
