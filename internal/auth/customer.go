package auth

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/golang-jwt/jwt/v5"
)

const (
	maxSubject = 128 // characters of a known customer's sub
	minSecret  = 32  // bytes: as many as HS256's hash has (RFC 7518, 3.2)
)

// customer checks a token that the host site's server signed for someone who
// is logged in there.
func (v *Verifier) customer(ctx context.Context, token string) (Identity, error) {
	secret, err := v.Secret(ctx)
	if err != nil {
		return Identity{}, fmt.Errorf("site secret: %w", err)
	}
	claims, err := v.claims(token, jwt.SigningMethodHS256, secret, Audience,
		jwt.WithExpirationRequired(), jwt.WithIssuedAt())
	if err != nil {
		return Identity{}, err
	}
	expires, err := claims.GetExpirationTime()
	if err != nil || expires.Sub(v.Now()) > day+leeway {
		return Identity{}, Refuse("valid for more than a day")
	}
	subject, err := text(claims, "sub")
	if err != nil {
		return Identity{}, err
	}
	if subject == "" || len(subject) > maxSubject || strings.ContainsFunc(subject, notInSubject) {
		return Identity{}, Refuse("sub not accepted")
	}
	name, err := text(claims, "name")
	if err != nil {
		return Identity{}, err
	}
	email, err := text(claims, "email")
	if err != nil {
		return Identity{}, err
	}
	return Identity{Who: customerPrefix + subject, Name: cleanName(name), Email: cleanEmail(email)}, nil
}

func notInSubject(r rune) bool {
	switch {
	case 'A' <= r && r <= 'Z', 'a' <= r && r <= 'z', '0' <= r && r <= '9':
		return false
	}
	return !strings.ContainsRune("._@-", r)
}

// SiteSecret reads the deployment's secret when it is first needed and keeps
// it: most connections are visitors', which need none.
type SiteSecret struct {
	read  func(context.Context) (string, error)
	mu    sync.Mutex
	bytes []byte
}

// NewSiteSecret returns a secret that read will be asked for.
func NewSiteSecret(read func(context.Context) (string, error)) *SiteSecret {
	return &SiteSecret{read: read}
}

// Bytes returns the secret's UTF-8 bytes. An error, also the one about a secret
// that is too short to be safe, is not kept: the next call reads again.
func (s *SiteSecret) Bytes(ctx context.Context) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.bytes != nil {
		return s.bytes, nil
	}
	value, err := s.read(ctx)
	if err != nil {
		return nil, err
	}
	if len(value) < minSecret {
		return nil, errors.New("shorter than 32 bytes")
	}
	s.bytes = []byte(value)
	return s.bytes, nil
}
