package auth_test

import (
	"crypto"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/auth"
)

func TestVisitor(t *testing.T) {
	jwk := jwkOf(t, visitorKey())
	canonical := sha256.Sum256([]byte(
		`{"crv":"P-256","kty":"EC","x":"` + jwk["x"].(string) + `","y":"` + jwk["y"].(string) + `"}`))
	want := auth.Identity{Who: "v_" + encode(canonical[:]), Name: "Ann"}

	// As browsers export it: the thumbprint covers only the key itself.
	header := visitorHeader(t).with(object{"jwk": object(jwk).with(object{
		"ext": true, "key_ops": []string{"verify"}, "alg": "ES256", "use": "sig", "kid": "mine",
	})})
	claims := visitorClaims().with(object{"name": "Ann", "email": "ann@example.com", "sub": "c_4711", "cognito:groups": []string{admins}})
	got, err := verifier().Verify(t.Context(), shop(), signVisitor(t, header, claims))
	require.NoError(t, err)
	assert.Equal(t, want, got, "a visitor proves a key and may give a name, nothing else")
}

func TestVisitorIssued(t *testing.T) {
	for name, tc := range map[string]struct {
		iat any
		ok  bool
	}{
		"none":                       {nil, false},
		"text":                       {"now", false},
		"zero":                       {0, false},
		"a day and a minute ago":     {from(-24*time.Hour - time.Minute), true},
		"more than that ago":         {from(-24*time.Hour - time.Minute - time.Second), false},
		"a day and a minute ahead":   {from(24*time.Hour + time.Minute), true},
		"more than that ahead":       {from(24*time.Hour + time.Minute + time.Second), false},
		"with a fraction of seconds": {float64(from(0)) + 0.5, true},
		"overflows":                  {1e300, false},
		"overflows below":            {-1e300, false},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := verifier().Verify(t.Context(), shop(), signVisitor(t, visitorHeader(t), visitorClaims().with(object{"iat": tc.iat})))
			if tc.ok {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, auth.ErrRefused)
		})
	}
}

func TestVisitorKey(t *testing.T) {
	key := object(jwkOf(t, visitorKey()))
	x := key["x"].(string)
	for name, tc := range map[string]struct {
		jwk    any
		reason string
	}{
		"none":                {nil, "no key"},
		"a string":            {"key", "no key"},
		"a list":              {[]any{key}, "no key"},
		"empty":               {object{}, "not for ES256"},
		"symmetric":           {object{"kty": "oct", "k": encode([]byte(secret))}, "not for ES256"},
		"RSA":                 {key.with(object{"kty": "RSA"}), "not for ES256"},
		"private part":        {key.with(object{"d": x}), "private key"},
		"private part empty":  {key.with(object{"d": ""}), "private key"},
		"curve named wrongly": {key.with(object{"crv": "P-384"}), "not for ES256"},
		"curve secp256k1":     {key.with(object{"crv": "secp256k1"}), "not for ES256"},
		"for encryption":      {key.with(object{"use": "enc"}), "not for ES256"},
		"for another alg":     {key.with(object{"alg": "ES384"}), "not for ES256"},
		"alg is a number":     {key.with(object{"alg": 1}), "not for ES256"},
		"no y":                {key.with(object{"y": nil}), "malformed"},
		"x is a number":       {key.with(object{"x": 1}), "malformed"},
		"x is short":          {key.with(object{"x": x[:42]}), "malformed"},
		"x is long":           {key.with(object{"x": "AAAA" + x}), "malformed"},
		"x is padded":         {key.with(object{"x": x + "="}), "malformed"},
		"x in two spellings":  {key.with(object{"x": loosen(x)}), "malformed"},
		"off the curve":       {key.with(object{"y": x}), "not a point"},
		"at infinity":         {key.with(object{"x": encode(make([]byte, 32)), "y": encode(make([]byte, 32))}), "not a point"},
		"beyond the field":    {key.with(object{"x": encode([]byte(strings.Repeat("\xff", 32)))}), "not a point"},
		"somebody else's":     {jwkOf(t, newEC(elliptic.P256())), "signature is invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			requireRefused(t, signVisitor(t, visitorHeader(t).with(object{"jwk": tc.jwk}), visitorClaims()), tc.reason)
		})
	}
	t.Run("truly of another curve", func(t *testing.T) {
		other := newEC(elliptic.P384())
		header := object{"alg": "ES384", "jwk": jwkOf(t, other)}
		requireRefused(t, sign(t, jwt.SigningMethodES384, other, header, visitorClaims()), "algorithm not accepted")
		requireRefused(t, sign(t, jwt.SigningMethodES384, other, header.with(object{"alg": "ES256"}), visitorClaims()), "not for ES256")
	})
	t.Run("signature in ASN.1", func(t *testing.T) {
		text := unsigned(t, visitorHeader(t), visitorClaims())
		digest := sha256.Sum256([]byte(text))
		signature, err := visitorKey().Sign(rand.Reader, digest[:], crypto.SHA256)
		require.NoError(t, err)
		requireRefused(t, text+"."+encode(signature), "signature is invalid")
	})
}
