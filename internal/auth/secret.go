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

// ParseSecrets reads one secret a line, so that a new one can be valid beside the old one while the shop changes over. A
// secret that is too short to be safe is an error.
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

// KeptSecrets reads the secrets when they are first needed and keeps them for 5 minutes, longer while they cannot be read:
// most connections are visitors', which need none.
func KeptSecrets(read func(context.Context) (string, error), now func() time.Time) func(context.Context) ([]Secret, error) {
	fetch := func(ctx context.Context) ([]Secret, error) {
		value, err := read(ctx)
		if err != nil {
			return nil, err
		}
		return ParseSecrets(value)
	}
	k := &kept[[]Secret]{fetch: fetch, age: siteAge, now: now}
	return func(ctx context.Context) ([]Secret, error) {
		return k.get(ctx, func(secrets []Secret) bool { return secrets == nil })
	}
}
