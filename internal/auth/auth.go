// Package auth turns the token that opens a connection into an identity. It
// knows the three kinds of token and where their keys come from, and nothing
// of gateways, tables or rooms.
package auth

import (
	"context"
	"crypto/rsa"
	"errors"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// maxToken is the longest token read, in bytes. API Gateway takes a URL of at
// most 4,096 characters, so a longer one cannot come from a client.
const maxToken = 4096

// Audience is the aud claim of visitors' and known customers' tokens.
const Audience = "rejoin"

// The first letters of an id say who vouches for it, so that no kind of token
// can name a person of another kind.
const (
	visitorPrefix  = "v_"
	customerPrefix = "c_"
	agentPrefix    = "a_"
)

// ErrRefused is in the chain of every error about a token that was read and is
// no good. The text says why, in words fixed in this package: it is fit for
// logs, because it never holds any part of the token.
var ErrRefused = errors.New("token refused")

// Identity is who a token speaks for.
type Identity struct {
	Who         string // "v_", "c_" or "a_", a named site's key with siteEnd, and the id that the token proves
	Agent       bool   // false: a customer
	Admin       bool   // only ever with Agent
	Name, Email string // what to show; may be empty

	Until time.Time // agents: when the token has run out, leeway included
}

// Keys finds an issuer's public key. An unknown id gives ErrRefused, any other
// error means that it could not be looked up.
type Keys interface {
	Key(ctx context.Context, id string) (*rsa.PublicKey, error)
}

// Verifier checks tokens. Every field must be set; it is safe for concurrent
// use if Keys and Now are.
type Verifier struct {
	Keys     Keys   // the agents' issuer's
	Issuer   string // iss of agents' tokens
	ClientID string // aud of agents' tokens
	Admins   string // the group whose members are admins
	Now      func() time.Time
}

// Verify says who a token speaks for that came with a connection to this site.
// Customers are the site's, agents are everybody's. The error wraps ErrRefused when the token
// is no good; any other error means that it could not be decided, because the
// secret or the keys were out of reach, and the same token may pass later.
func (v *Verifier) Verify(ctx context.Context, site Site, token string) (Identity, error) {
	if len(token) > maxToken {
		return Identity{}, Refuse("too long")
	}
	header, err := header(token)
	if err != nil {
		return Identity{}, err
	}
	// The header only chooses who checks the token. Each of them takes its key
	// from one place and accepts one algorithm (RFC 8725, 3.1).
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

// Refuse is the error of a refusal for a reason that is fit for logs.
func Refuse(why string) error { return fmt.Errorf("%w: %s", ErrRefused, why) }
