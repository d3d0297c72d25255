package auth_test

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/auth"
)

func TestVerifyRefusesWhatIsNoToken(t *testing.T) {
	good := signCustomer(t, customerHeader(), customerClaims())
	parts := strings.Split(good, ".")
	for name, tc := range map[string]struct{ token, reason string }{
		"nothing":               {"", "malformed"},
		"a word":                {"token", "malformed"},
		"dots":                  {"..", "malformed"},
		"four parts":            {good + ".x", "malformed"},
		"header is no JSON":     {encode([]byte("{")) + "." + parts[1] + "." + parts[2], "malformed"},
		"header is null":        {encode([]byte("null")) + "." + parts[1] + "." + parts[2], "unverifiable"},
		"claims are an array":   {parts[0] + "." + encode([]byte("[]")) + "." + parts[2], "malformed"},
		"padded":                {good + "=", "malformed"},
		"with Bearer":           {"Bearer " + good, "malformed"},
		"white space":           {" " + good, "malformed"},
		"signature cut":         {good[:len(good)-3], "signature is invalid"},
		"signature gone":        {parts[0] + "." + parts[1] + ".", "signature is invalid"},
		"loose last bits":       {parts[0] + "." + parts[1] + "." + loosen(parts[2]), "malformed"},
		"other claims":          {parts[0] + "." + encode([]byte(`{"aud":"rejoin","sub":"1"}`)) + "." + parts[2], "signature is invalid"},
		"too long":              {good + strings.Repeat("A", 4096), "too long"},
		"no alg":                {signCustomer(t, object{"typ": "JWT"}, customerClaims()), "unverifiable"},
		"alg is a number":       {signCustomer(t, object{"alg": 256}, customerClaims()), "unverifiable"},
		"alg none":              {unsigned(t, object{"alg": "none"}, customerClaims()) + ".", "algorithm not accepted"},
		"alg None":              {unsigned(t, object{"alg": "None"}, customerClaims()) + ".", "unverifiable"},
		"alg in lower case":     {signCustomer(t, object{"alg": "hs256"}, customerClaims()), "unverifiable"},
		"alg HS512":             {sign(t, jwt.SigningMethodHS512, []byte(secret), object{"alg": "HS512"}, customerClaims()), "algorithm not accepted"},
		"alg PS256":             {sign(t, jwt.SigningMethodPS256, issuerKey(), agentHeader().with(object{"alg": "PS256"}), agentClaims()), "algorithm not accepted"},
		"critical extension":    {signCustomer(t, customerHeader().with(object{"crit": []string{"b64"}, "b64": false}), customerClaims()), "critical"},
		"empty critical header": {signVisitor(t, visitorHeader(t).with(object{"crit": []string{}}), visitorClaims()), "critical"},
	} {
		t.Run(name, func(t *testing.T) { requireRefused(t, tc.token, tc.reason) })
	}
}

// loosen changes bits of the last character that carry no data.
func loosen(part string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	last := strings.IndexByte(alphabet, part[len(part)-1])
	return part[:len(part)-1] + string(alphabet[last^1])
}

// A public key must not be accepted as the secret of another algorithm.
func TestVerifyRefusesConfusedAlgorithms(t *testing.T) {
	der, err := x509.MarshalPKIXPublicKey(&issuerKey().PublicKey)
	require.NoError(t, err)
	for name, public := range map[string][]byte{
		"as PEM":   pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}),
		"as DER":   der,
		"no bytes": {},
	} {
		t.Run(name, func(t *testing.T) {
			header := customerHeader().with(object{"kid": keyID})
			requireRefused(t, sign(t, jwt.SigningMethodHS256, public, header, agentClaims()), "signature is invalid")
			requireRefused(t, sign(t, jwt.SigningMethodHS256, public, header, customerClaims()), "signature is invalid")
		})
	}
	t.Run("a visitor's key for an agent", func(t *testing.T) {
		header := visitorHeader(t).with(object{"kid": keyID})
		requireRefused(t, signVisitor(t, header, agentClaims()), "audience")
	})
	t.Run("a visitor's key under another alg", func(t *testing.T) {
		for _, alg := range []string{"HS256", "RS256"} {
			header := visitorHeader(t).with(object{"alg": alg, "kid": keyID})
			requireRefused(t, signVisitor(t, header, visitorClaims()), "signature is invalid")
		}
	})
}

func TestVerifyDatesAndAudiences(t *testing.T) {
	kinds := map[string]struct {
		sign     func(claims object) string
		claims   object
		audience string
		needsExp bool
	}{
		"visitor":  {func(c object) string { return signVisitor(t, visitorHeader(t), c) }, visitorClaims(), "rejoin", false},
		"customer": {func(c object) string { return signCustomer(t, customerHeader(), c) }, customerClaims(), "rejoin", true},
		"agent":    {func(c object) string { return signAgent(t, agentHeader(), c) }, agentClaims(), clientID, true},
	}
	for kind, k := range kinds {
		for name, tc := range map[string]struct {
			change object
			reason string // empty: accepted
		}{
			"as it is":               {object{}, ""},
			"one audience in a list": {object{"aud": []string{k.audience}}, ""},
			"no aud":                 {object{"aud": nil}, "missing required claim"},
			"empty aud":              {object{"aud": ""}, "missing required claim"},
			"empty list":             {object{"aud": []string{}}, "missing required claim"},
			"another aud":            {object{"aud": "elsewhere"}, "audience"},
			"aud in capitals":        {object{"aud": strings.ToUpper(k.audience)}, "audience"},
			"several audiences":      {object{"aud": []string{k.audience, "elsewhere"}}, "several audiences"},
			"aud twice":              {object{"aud": []string{k.audience, k.audience}}, "several audiences"},
			"aud is a number":        {object{"aud": 1}, "missing required claim"},
			"aud holds a number":     {object{"aud": []any{k.audience, 1}}, "invalid type"},
			"another case of aud":    {object{"aud": nil, "AUD": k.audience}, "missing required claim"},
			"just expired":           {object{"exp": from(-59 * time.Second)}, ""},
			"expired":                {object{"exp": from(-60 * time.Second)}, "expired"},
			"exp is text":            {object{"exp": "tomorrow"}, "invalid type"},
			"exp is 0":               {object{"exp": 0}, "token refused"},
			"exp is negative":        {object{"exp": -1}, "expired"},
			"exp overflows":          {object{"exp": 1e300}, "token refused"},
			"nbf a little ahead":     {object{"nbf": from(60 * time.Second)}, ""},
			"nbf ahead":              {object{"nbf": from(61 * time.Second)}, "not valid yet"},
			"nbf is 0":               {object{"nbf": 0}, "date out of range"},
			"nbf is text":            {object{"nbf": "now"}, "invalid type"},
			"iat a little ahead":     {object{"iat": from(60 * time.Second)}, ""},
			"iat two days ahead":     {object{"iat": from(48 * time.Hour)}, "issued"},
			"name is a number":       {object{"name": 12}, "name is not a string"},
			"name is an object":      {object{"name": object{"first": "A"}}, "name is not a string"},
		} {
			t.Run(kind+"/"+name, func(t *testing.T) {
				token := k.sign(k.claims.with(tc.change))
				if tc.reason != "" {
					requireRefused(t, token, tc.reason)
					return
				}
				_, err := verifier().Verify(t.Context(), shop(secret), token)
				require.NoError(t, err)
			})
		}
		t.Run(kind+"/no exp", func(t *testing.T) {
			token := k.sign(k.claims.with(object{"exp": nil}))
			if k.needsExp {
				requireRefused(t, token, "missing required claim")
				return
			}
			_, err := verifier().Verify(t.Context(), shop(secret), token)
			require.NoError(t, err)
		})
	}
}

// If a key or secret cannot be read, that is no refusal: the client may retry.
func TestVerifyUndecided(t *testing.T) {
	down := errors.New("down")
	v := verifier()
	site := auth.Site{Secrets: func(context.Context) ([]auth.Secret, error) { return nil, down }}
	v.Keys = keys{err: down}
	for kind, token := range map[string]string{
		"customer": signCustomer(t, customerHeader(), customerClaims()),
		"agent":    signAgent(t, agentHeader(), agentClaims()),
	} {
		t.Run(kind, func(t *testing.T) {
			identity, err := v.Verify(t.Context(), site, token)
			require.ErrorIs(t, err, down)
			require.NotErrorIs(t, err, auth.ErrRefused)
			assert.Zero(t, identity)
		})
	}
	t.Run("visitors need neither", func(t *testing.T) {
		_, err := v.Verify(t.Context(), site, signVisitor(t, visitorHeader(t), visitorClaims()))
		require.NoError(t, err)
	})
}

// A refusal is logged, so it must not contain parts of the token.
func TestVerifyErrorsHoldNoToken(t *testing.T) {
	const leak = "s3cr3t"
	claims := encode([]byte(`{"aud":"rejoin","exp":1e999, "sub":"` + leak + `"}`))
	for name, token := range map[string]string{
		"unknown alg":   unsigned(t, object{"alg": leak}, object{}) + ".x",
		"key id":        signAgent(t, agentHeader().with(object{"kid": leak}), agentClaims()),
		"use":           signAgent(t, agentHeader(), agentClaims().with(object{"token_use": leak})),
		"issuer":        signAgent(t, agentHeader(), agentClaims().with(object{"iss": leak})),
		"huge number":   encode([]byte(`{"alg":"HS256"}`)) + "." + claims + ".x",
		"JSON in error": encode([]byte(leak)) + "." + claims + ".x",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := verifier().Verify(t.Context(), shop(secret), token)
			require.ErrorIs(t, err, auth.ErrRefused)
			assert.NotContains(t, err.Error(), leak)
			assert.NotContains(t, err.Error(), "1e999")
		})
	}
}
