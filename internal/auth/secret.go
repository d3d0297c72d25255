package auth

import (
	"context"
	"errors"
	"strings"
	"time"
)

// Secret is shared with a shop's server, which signs its customers' tokens with it.
type Secret []byte

const minSecret = 32 // bytes: as many as HS256's hash has (RFC 7518, 3.2)

// ParseSecrets reads one secret per line: while a shop changes its secret, both are valid. A secret shorter than 32 bytes, or
// none at all, is an error.
func ParseSecrets(value string) ([]Secret, error) {
	var secrets []Secret
	for line := range strings.SplitSeq(value, "\n") {
		if line == "" {
			continue
		}
		if len(line) < minSecret {
			return nil, errors.New("shorter than 32 bytes")
		}
		secrets = append(secrets, Secret(line))
	}
	if secrets == nil {
		return nil, errors.New("empty")
	}
	return secrets, nil
}

// CachedSecrets returns a function that reads the secrets when they are first needed, since most connections are visitors'
// and need none. It caches them for 5 minutes, and longer while they cannot be read.
func CachedSecrets(read func(context.Context) (string, error), now func() time.Time) func(context.Context) ([]Secret, error) {
	fetch := func(ctx context.Context) ([]Secret, error) {
		value, err := read(ctx)
		if err != nil {
			return nil, err
		}
		return ParseSecrets(value)
	}
	k := &cache[[]Secret]{fetch: fetch, age: siteAge, now: now}
	return func(ctx context.Context) ([]Secret, error) {
		return k.get(ctx, func(secrets []Secret) bool { return secrets == nil })
	}
}
