// Package auth turns the token that opens a connection into an identity. It knows the three kinds of token and the sources of
// their keys, and nothing of gateways, tables or rooms.
package auth

import (
	"context"
	"crypto/rsa"
	"errors"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// maxToken is the longest token, in bytes: API Gateway accepts URLs of at most 4,096 characters.
const maxToken = 4096

// Audience is the aud claim of visitors' and known customers' tokens.
const Audience = "rejoin"

// An id begins with the kind of its token, so that no kind of token can name a person of another kind.
const (
	visitorPrefix  = "v_"
	customerPrefix = "c_"
	agentPrefix    = "a_"
)

// ErrRefused is wrapped by every error about an invalid token. The text says why, in fixed words of this package, and never
// contains a part of the token: it may be logged.
var ErrRefused = errors.New("token refused")

// Identity is the person whom a token proves.
type Identity struct {
	Who         string // "v_", "c_" or "a_", a named site's key with siteEnd, and the id that the token proves
	Agent       bool   // false: a customer
	Admin       bool   // only ever with Agent
	Name, Email string // for display; may be empty

	Until time.Time // agents: when the token expires, leeway included
}

// Keys finds an issuer's public key. ErrRefused: unknown id. Any other error: the lookup failed.
type Keys interface {
	Key(ctx context.Context, id string) (*rsa.PublicKey, error)
}

// Verifier checks tokens. Every field must be set. It is safe for concurrent use if Keys and Now are.
type Verifier struct {
	Keys     Keys   // the agents' issuer's
	Issuer   string // iss of agents' tokens
	ClientID string // aud of agents' tokens
	Admins   string // the group whose members are admins
	Now      func() time.Time
}

// Verify returns the person whom a token proves at this site: a customer of this site, or an agent, who serves all sites. An
// invalid token gives ErrRefused. Any other error means that the secret or the keys could not be read, and that the same
// token may be valid.
func (v *Verifier) Verify(ctx context.Context, site Site, token string) (Identity, error) {
	if len(token) > maxToken {
		return Identity{}, Refuse("too long")
	}
	header, err := header(token)
	if err != nil {
		return Identity{}, err
	}
	// The header only selects the check. Each check has one source of keys and one algorithm (RFC 8725, 3.1).
	switch header["alg"] {
	case jwt.SigningMethodES256.Alg():
		return v.visitor(site, token, header)
	case jwt.SigningMethodHS256.Alg():
		return v.customer(ctx, site, token)
	case jwt.SigningMethodRS256.Alg():
		return v.agent(ctx, token, header)
	}
	return Identity{}, Refuse("algorithm not accepted")
}

// Refuse makes an ErrRefused for a reason that may be logged.
func Refuse(why string) error { return fmt.Errorf("%w: %s", ErrRefused, why) }
