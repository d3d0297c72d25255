package auth

import (
	"context"
	"crypto/subtle"
	"time"
)

// Edge knows the secret that a stage's CloudFront distribution adds to its requests, so that nobody can bypass the firewall in
// front of it. It is safe for concurrent use.
type Edge struct{ secrets *cache[[]Secret] }

// NewEdge returns an Edge whose secrets `read` returns, as ParseSecrets reads them.
func NewEdge(read func(context.Context) (string, error), now func() time.Time) *Edge {
	fetch := func(ctx context.Context) ([]Secret, error) {
		value, err := read(ctx)
		if err != nil {
			return nil, err
		}
		return ParseSecrets(value)
	}
	return &Edge{&cache[[]Secret]{fetch: fetch, age: siteAge, now: now}}
}

// Check returns nil if one of the values is a valid secret, and ErrRefused if none is. A secret that is new is valid within a
// minute. Any other error: the secrets could not be read.
func (e *Edge) Check(ctx context.Context, given []string) error {
	if len(given) == 0 {
		return Refuse("not through the distribution") // no look-up: it is free to try
	}
	secrets, err := e.secrets.get(ctx, func(known []Secret) bool { return !hasAny(known, given) })
	if err != nil {
		return err
	}
	if !hasAny(secrets, given) {
		return Refuse("not the distribution's secret")
	}
	return nil
}

// hasAny takes as long for a wrong value of a secret's length as for the right one.
func hasAny(secrets []Secret, given []string) bool {
	found := 0
	for _, secret := range secrets {
		for _, value := range given {
			found |= subtle.ConstantTimeCompare(secret, []byte(value))
		}
	}
	return found == 1
}
