package world

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"rejoin/internal/auth"
)

const (
	issuer   = "https://issuer.example/pool"
	clientID = "console"
	keyID    = "key-1"
	admins   = "admins"
	secret   = "the simulated site's secret of 32 bytes or more"
	// keyBits is small, because each process makes a key.
	keyBits = 1024
	// lasts is longer than a history.
	lasts = 20 * time.Hour
	// briefly is how long agents' first tokens last where tokens expire.
	briefly = 4 * time.Minute
)

// makeTokens makes everybody's tokens and verifies each once.
func (f *Fixture) makeTokens(from time.Time) error {
	var err error
	// A history does not depend on a token's bytes, so the key may be random.
	if f.key, err = rsa.GenerateKey(rand.Reader, keyBits); err != nil {
		return fmt.Errorf("make the issuer's key: %w", err)
	}
	sign := func(token string, failed error) string {
		if err == nil {
			err = failed
		}
		return token
	}
	for no := 1; no <= maxOfKind; no++ {
		if no == 1 {
			f.customers = append(f.customers, sign(visitorToken("Customer 1", "a simulated visitor", from)))
		} else {
			f.customers = append(f.customers, sign(customerToken(no, from.Add(lasts))))
		}
		f.agents = append(f.agents, sign(f.agentToken(no, from, lasts)))
		f.brief = append(f.brief, sign(f.agentToken(no, from, briefly)))
		f.admins = append(f.admins, sign(f.agentToken(no, from, lasts, admins)))
	}
	for no := 1; no <= maxGreedy; no++ {
		name := "Greedy " + strconv.Itoa(no)
		f.greedy = append(f.greedy, sign(visitorToken(name, name, from)))
	}
	if err != nil {
		return fmt.Errorf("sign a token: %w", err)
	}
	signed := f.customers[1]
	f.forged = signed[:len(signed)-4] + "AAAA"
	f.known = map[string]auth.Identity{}
	deployed := f.deployed(func() time.Time { return from })
	for _, token := range slices.Concat(f.customers, f.greedy, f.agents, f.brief, f.admins) {
		if f.known[token], err = deployed.Verify(context.Background(), site(), token); err != nil {
			return fmt.Errorf("verify a token: %w", err)
		}
	}
	return nil
}

func customerToken(no int, until time.Time) (string, error) {
	name := strconv.Itoa(no)
	return jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
		"aud": auth.Audience, "sub": "c" + name, "name": "Customer " + name, "exp": until.Unix(),
	}).SignedString([]byte(secret))
}

func (f *Fixture) agentToken(no int, from time.Time, lasts time.Duration, groups ...string) (string, error) {
	name := strconv.Itoa(no)
	token := jwt.NewWithClaims(jwt.SigningMethodRS256, jwt.MapClaims{
		"iss": issuer, "aud": clientID, "sub": "agent" + name, "name": "Agent " + name,
		"token_use": "id", "exp": from.Add(lasts).Unix(), "iat": from.Unix(), "cognito:groups": groups,
	})
	token.Header["kid"] = keyID
	return token.SignedString(f.key)
}

// visitorToken is a token as a visitor's browser signs it. Its key is fixed, because the visitor's id depends on it.
func visitorToken(name, key string, at time.Time) (string, error) {
	scalar := sha256.Sum256([]byte(key))
	private, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), scalar[:])
	if err != nil {
		return "", err
	}
	point, err := private.PublicKey.Bytes()
	if err != nil {
		return "", err
	}
	half := len(point) / 2
	token := jwt.NewWithClaims(jwt.SigningMethodES256, jwt.MapClaims{"aud": auth.Audience, "iat": at.Unix(), "name": name})
	token.Header["jwk"] = map[string]any{
		"kty": "EC", "crv": "P-256",
		"x": base64.RawURLEncoding.EncodeToString(point[1 : half+1]), "y": base64.RawURLEncoding.EncodeToString(point[half+1:]),
	}
	return token.SignedString(private)
}

// site is the shop of all customers.
func site() auth.Site {
	return auth.Site{Secrets: func(context.Context) ([]auth.Secret, error) { return []auth.Secret{auth.Secret(secret)}, nil }}
}

// deployed checks tokens as the deployed authorizer does.
func (f *Fixture) deployed(now func() time.Time) *auth.Verifier {
	return &auth.Verifier{
		Keys: keys{f}, Issuer: issuer, ClientID: clientID, Admins: admins, Now: now,
	}
}

// verifier answers like the deployed verifier, which has verified each token once: a valid token stays valid until it
// expires. Verifying it for each connection took a third of a simulation's time.
type verifier struct {
	deployed *auth.Verifier
	known    map[string]auth.Identity
}

// Verify implements gateway.Verifier.
func (v verifier) Verify(ctx context.Context, site auth.Site, token string) (auth.Identity, error) {
	identity, known := v.known[token]
	if known && (identity.Until.IsZero() || v.deployed.Now().Before(identity.Until)) {
		return identity, nil
	}
	return v.deployed.Verify(ctx, site, token)
}

// keys are the issuer's public keys.
type keys struct{ fixture *Fixture }

// Key implements auth.Keys.
func (k keys) Key(_ context.Context, id string) (*rsa.PublicKey, error) {
	if id != keyID {
		return nil, auth.Refuse("unknown key")
	}
	return &k.fixture.key.PublicKey, nil
}
