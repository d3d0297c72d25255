package auth_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"

	"rejoin/internal/auth"
)

const (
	secret   = "a site secret of at least 32 bytes"
	issuer   = "https://issuer.example/pool"
	clientID = "client-1"
	admins   = "chat-admins"
	keyID    = "key-1"
)

var (
	issuerKey  = sync.OnceValue(func() *rsa.PrivateKey { return newRSA(2048) })
	visitorKey = sync.OnceValue(fixedEC)
)

func newRSA(bits int) *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		panic(err)
	}
	return key
}

// fixedEC is the same key in every process, because a fuzzer's workers get their seeds from another process.
func fixedEC() *ecdsa.PrivateKey {
	scalar := sha256.Sum256([]byte("visitor"))
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), scalar[:])
	if err != nil {
		panic(err)
	}
	return key
}

func newEC(curve elliptic.Curve) *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		panic(err)
	}
	return key
}

// object is a token's header or claims.
type object map[string]any

// with returns a copy with these fields; nil deletes a field.
func (o object) with(fields object) object {
	copied := maps.Clone(o)
	for name, value := range fields {
		if value == nil {
			delete(copied, name)
		} else {
			copied[name] = value
		}
	}
	return copied
}

func now() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }

// from is a NumericDate this long after now.
func from(d time.Duration) int64 { return now().Add(d).Unix() }

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func jwkOf(t testing.TB, key *ecdsa.PrivateKey) map[string]any {
	t.Helper()
	point, err := key.PublicKey.Bytes()
	require.NoError(t, err)
	half := len(point) / 2
	return map[string]any{
		"kty": "EC", "crv": key.Curve.Params().Name, "x": encode(point[1 : 1+half]), "y": encode(point[1+half:]),
	}
}

func unsigned(t testing.TB, header, claims object) string {
	t.Helper()
	h, err := json.Marshal(header)
	require.NoError(t, err)
	c, err := json.Marshal(claims)
	require.NoError(t, err)
	return encode(h) + "." + encode(c)
}

// sign signs any header and claims validly with the key.
func sign(t testing.TB, method jwt.SigningMethod, key any, header, claims object) string {
	t.Helper()
	text := unsigned(t, header, claims)
	signature, err := method.Sign(text, key)
	require.NoError(t, err)
	return text + "." + encode(signature)
}

func visitorHeader(t testing.TB) object { return object{"alg": "ES256", "jwk": jwkOf(t, visitorKey())} }

func visitorClaims() object { return object{"aud": "rejoin", "iat": from(0)} }

func customerHeader() object { return object{"alg": "HS256", "typ": "JWT"} }

func customerClaims() object { return object{"aud": "rejoin", "sub": "4711", "exp": from(time.Hour)} }

func agentHeader() object { return object{"alg": "RS256", "kid": keyID} }

func agentClaims() object {
	return object{
		"iss": issuer, "aud": clientID, "sub": "11111111-2222", "exp": from(time.Hour), "iat": from(0), "token_use": "id",
	}
}

func signVisitor(t testing.TB, header, claims object) string {
	return sign(t, jwt.SigningMethodES256, visitorKey(), header, claims)
}

func signCustomer(t testing.TB, header, claims object) string {
	return sign(t, jwt.SigningMethodHS256, []byte(secret), header, claims)
}

func signAgent(t testing.TB, header, claims object) string {
	return sign(t, jwt.SigningMethodRS256, issuerKey(), header, claims)
}

// keys is an issuer with one key.
type keys struct{ err error }

func (k keys) Key(_ context.Context, id string) (*rsa.PublicKey, error) {
	switch {
	case k.err != nil:
		return nil, k.err
	case id != keyID:
		return nil, auth.Refuse("unknown key id")
	}
	return &issuerKey().PublicKey, nil
}

// shop is the default site with these secrets.
func shop(secrets ...string) auth.Site {
	return auth.Site{Secrets: func(context.Context) (all []auth.Secret, err error) {
		for _, one := range secrets {
			all = append(all, auth.Secret(one))
		}
		return all, nil
	}}
}

// named is a named site.
func named(key string, secrets ...string) auth.Site {
	site := shop(secrets...)
	site.Key = key
	return site
}

func verifier() *auth.Verifier {
	return &auth.Verifier{
		Keys:     keys{},
		Issuer:   issuer,
		ClientID: clientID,
		Admins:   admins,
		Now:      now,
	}
}

func requireRefused(t *testing.T, token, reason string) {
	t.Helper()
	requireRefusedAt(t, shop(secret), token, reason)
}

func requireRefusedAt(t *testing.T, site auth.Site, token, reason string) {
	t.Helper()
	identity, err := verifier().Verify(t.Context(), site, token)
	require.ErrorIs(t, err, auth.ErrRefused)
	require.ErrorContains(t, err, reason)
	require.Zero(t, identity)
}
