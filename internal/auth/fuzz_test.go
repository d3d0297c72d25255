package auth_test

import (
	"context"
	"crypto/rsa"
	"encoding/json"
	"regexp"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"

	"rejoin/internal/auth"
)

// smallKey is an issuer's key that is short, so that a fuzzer signs fast.
var smallKey = sync.OnceValue(func() *rsa.PrivateKey { return newRSA(1024) })

// smallKeys is an issuer with only that key.
type smallKeys struct{}

func (smallKeys) Key(_ context.Context, id string) (*rsa.PublicKey, error) {
	if id != keyID {
		return nil, auth.Refuse("unknown key id")
	}
	return &smallKey().PublicKey, nil
}

// signer is the kind of key that signs a fuzzed token.
type signer uint8

const (
	aVisitor signer = iota
	theSite
	theIssuer
	someone // without a key: all of the token is fuzzed
	signers
)

func (s signer) method() jwt.SigningMethod {
	return []jwt.SigningMethod{jwt.SigningMethodES256, jwt.SigningMethodHS256, jwt.SigningMethodRS256}[s]
}

func (s signer) key() any { return []any{visitorKey(), []byte(secret), smallKey()}[s] }

// token is header and claims with the signer's signature, or without one.
func (s signer) token(t testing.TB, header, claims, raw string) string {
	if s == someone {
		return header + "." + claims + "." + raw
	}
	text := encode([]byte(header)) + "." + encode([]byte(claims))
	if !strings.Contains(header, s.method().Alg()) || !json.Valid([]byte(claims)) { // refused anyway, so not worth signing
		return text + "." + raw
	}
	signature, err := s.method().Sign(text, s.key())
	require.NoError(t, err)
	return text + "." + encode(signature)
}

// whose is the pattern of the ids that each signer may prove.
var whose = map[signer]*regexp.Regexp{
	aVisitor:  regexp.MustCompile(`^v_[0-9A-Za-z_-]{43}$`),
	theSite:   regexp.MustCompile(`^c_[0-9A-Za-z._@-]{1,128}$`),
	theIssuer: regexp.MustCompile(`^a_[!-~]{1,255}$`),
}

// FuzzToken looks for a token that proves an id that its signer may not prove, or a name that must not be shown, or that is
// refused without a reason. Header and claims are fuzzed with valid signatures too, which no fuzzer would find.
func FuzzToken(f *testing.F) {
	add := func(header, claims object) {
		h, err := json.Marshal(header)
		require.NoError(f, err)
		c, err := json.Marshal(claims)
		require.NoError(f, err)
		for s := range signers {
			f.Add(uint8(s), string(h), string(c), "AAAA")
		}
	}
	add(visitorHeader(f), visitorClaims())
	add(visitorHeader(f), visitorClaims().with(object{"name": "\u202eAnn\u0000 Lee"}))
	add(visitorHeader(f).with(object{"kid": keyID}), agentClaims())
	add(customerHeader(), customerClaims().with(object{"name": "Ann", "email": "ann@example.com"}))
	add(customerHeader(), customerClaims().with(object{"sub": "a_1", "cognito:groups": []string{admins}}))
	add(customerHeader().with(object{"kid": keyID, "jwk": jwkOf(f, visitorKey())}), customerClaims())
	add(agentHeader(), agentClaims())
	add(agentHeader(), agentClaims().with(object{"cognito:groups": []string{admins}, "cognito:username": "kim"}))
	add(agentHeader().with(object{"alg": "HS256"}), agentClaims())
	add(object{"alg": "none"}, customerClaims())
	add(object{"alg": "ES256", "jwk": []int{1}}, visitorClaims())
	add(customerHeader().with(object{"crit": []string{"exp"}}), customerClaims().with(object{"exp": 1e300}))

	old := strings.Split(signVisitor(f, visitorHeader(f), visitorClaims().with(object{"iat": 1})), ".")
	f.Add(uint8(someone), old[0], old[1], old[2])
	f.Add(uint8(someone), old[0], "..", old[2]+"=")

	v := verifier()
	v.Keys = smallKeys{}
	f.Fuzz(func(t *testing.T, by uint8, header, claims, raw string) {
		s := signer(by) % signers
		identity, err := v.Verify(context.Background(), shop(secret), s.token(t, header, claims, raw))
		if err != nil {
			require.ErrorIs(t, err, auth.ErrRefused)
			require.Zero(t, identity)
			return
		}
		require.Contains(t, whose, s, "a token that nobody signed passed for %q", identity.Who)
		require.Regexp(t, whose[s], identity.Who)
		require.Equal(t, s == theIssuer, identity.Agent)
		require.True(t, identity.Agent || !identity.Admin)
		for _, shown := range []string{identity.Name, identity.Email} {
			require.True(t, utf8.ValidString(shown))
			require.False(t, strings.ContainsFunc(shown, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }))
		}
		require.LessOrEqual(t, utf8.RuneCountInString(identity.Name), 64)
	})
}
