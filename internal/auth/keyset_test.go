package auth_test

import (
	"context"
	"crypto/rsa"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/auth"
)

// endpoint is an issuer's JWKS endpoint, with its client and the client's clock.
type endpoint struct {
	set     *auth.KeySet
	fetches atomic.Int32
	answer  atomic.Pointer[http.HandlerFunc]
	now     time.Time
}

func newEndpoint(t *testing.T) *endpoint {
	e := &endpoint{now: now()}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e.fetches.Add(1)
		(*e.answer.Load())(w, r)
	}))
	t.Cleanup(server.Close)
	e.set = auth.NewKeySet(server.URL, func() time.Time { return e.now })
	return e
}

func (e *endpoint) does(answer http.HandlerFunc) { e.answer.Store(&answer) }

func (e *endpoint) serves(t *testing.T, keys ...object) {
	body, err := json.Marshal(object{"keys": keys})
	require.NoError(t, err)
	e.does(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) })
}

func (e *endpoint) fails() {
	e.does(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
}

func rsaJWK(id string, key *rsa.PublicKey) object {
	return object{
		"kty": "RSA", "kid": id, "use": "sig", "alg": "RS256",
		"n": encode(key.N.Bytes()), "e": encode(big.NewInt(int64(key.E)).Bytes()),
	}
}

func TestKeySetKeepsKeys(t *testing.T) {
	e := newEndpoint(t)
	e.serves(t, rsaJWK("one", &issuerKey().PublicKey))
	assert.Zero(t, e.fetches.Load(), "nothing is fetched before it is needed")
	for range 3 {
		key, err := e.set.Key(t.Context(), "one")
		require.NoError(t, err)
		assert.True(t, key.Equal(&issuerKey().PublicKey))
	}
	assert.EqualValues(t, 1, e.fetches.Load())
}

func TestKeySetLooksAgainOnceAMinute(t *testing.T) {
	e := newEndpoint(t)
	e.serves(t, rsaJWK("one", &issuerKey().PublicKey))
	_, err := e.set.Key(t.Context(), "one")
	require.NoError(t, err)

	e.serves(t, rsaJWK("two", &issuerKey().PublicKey))
	for range 5 {
		_, err = e.set.Key(t.Context(), "two")
		require.ErrorIs(t, err, auth.ErrRefused)
	}
	assert.EqualValues(t, 1, e.fetches.Load())

	e.now = e.now.Add(time.Minute)
	_, err = e.set.Key(t.Context(), "two")
	require.NoError(t, err)
	_, err = e.set.Key(t.Context(), "one")
	require.ErrorIs(t, err, auth.ErrRefused, "a key that the issuer withdrew")
	assert.EqualValues(t, 2, e.fetches.Load())
}

func TestKeySetForgetsWithdrawnKeys(t *testing.T) {
	e := newEndpoint(t)
	e.serves(t, rsaJWK("one", &issuerKey().PublicKey))
	_, err := e.set.Key(t.Context(), "one")
	require.NoError(t, err)
	e.serves(t, rsaJWK("two", &issuerKey().PublicKey))
	e.now = e.now.Add(time.Hour + time.Second)
	_, err = e.set.Key(t.Context(), "one")
	require.ErrorIs(t, err, auth.ErrRefused)
}

func TestKeySetSurvivesAnOutage(t *testing.T) {
	e := newEndpoint(t)
	e.serves(t, rsaJWK("one", &issuerKey().PublicKey))
	_, err := e.set.Key(t.Context(), "one")
	require.NoError(t, err)

	e.fails()
	e.now = e.now.Add(2 * time.Hour)
	_, err = e.set.Key(t.Context(), "one")
	require.NoError(t, err, "old keys are better than none")
	_, err = e.set.Key(t.Context(), "two")
	require.Error(t, err)
	require.NotErrorIs(t, err, auth.ErrRefused, "it may be a new key")
	assert.EqualValues(t, 2, e.fetches.Load(), "a failed fetch is not repeated at once")

	e.serves(t, rsaJWK("two", &issuerKey().PublicKey))
	e.now = e.now.Add(5 * time.Second)
	_, err = e.set.Key(t.Context(), "two")
	require.NoError(t, err)
}

func TestKeySetSharesOneFetch(t *testing.T) {
	e := newEndpoint(t)
	e.serves(t, rsaJWK("one", &issuerKey().PublicKey))
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			_, err := e.set.Key(t.Context(), "one")
			assert.NoError(t, err)
		})
	}
	group.Wait()
	assert.EqualValues(t, 1, e.fetches.Load())
}

func TestKeySetFetchesForEveryoneNotForOneCaller(t *testing.T) {
	e := newEndpoint(t)
	e.serves(t, rsaJWK("one", &issuerKey().PublicKey))
	left, leave := context.WithCancel(t.Context())
	leave()
	_, err := e.set.Key(left, "one")
	require.NoError(t, err)
}

func TestKeySetUsesOnlyFitKeys(t *testing.T) {
	good := rsaJWK("k", &issuerKey().PublicKey)
	tall := &rsa.PublicKey{N: new(big.Int).Lsh(big.NewInt(1), 8192), E: 65537}
	short := &rsa.PublicKey{N: new(big.Int).Lsh(big.NewInt(1), 2046), E: 65537}
	for name, tc := range map[string]struct {
		key object
		fit bool
	}{
		"as Cognito has it":      {good, true},
		"no use, no alg":         {good.with(object{"use": nil, "alg": nil}), true},
		"for encryption":         {good.with(object{"use": "enc"}), false},
		"for another algorithm":  {good.with(object{"alg": "RS512"}), false},
		"symmetric":              {object{"kid": "k", "kty": "oct", "k": encode([]byte(secret))}, false},
		"elliptic":               {object(jwkOf(t, visitorKey())).with(object{"kid": "k"}), false},
		"2047 bits":              {rsaJWK("k", short), false},
		"8193 bits":              {rsaJWK("k", tall), false},
		"no modulus":             {good.with(object{"n": nil}), false},
		"modulus is not base64":  {good.with(object{"n": "!"}), false},
		"no exponent":            {good.with(object{"e": nil}), false},
		"exponent 1":             {good.with(object{"e": encode([]byte{1})}), false},
		"exponent even":          {good.with(object{"e": encode([]byte{4})}), false},
		"exponent beyond 31 bit": {good.with(object{"e": encode([]byte{0x80, 0, 0, 1})}), false},
	} {
		t.Run(name, func(t *testing.T) {
			e := newEndpoint(t)
			e.serves(t, tc.key, rsaJWK("other", &issuerKey().PublicKey))
			_, err := e.set.Key(t.Context(), "k")
			if tc.fit {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, auth.ErrRefused)
			_, err = e.set.Key(t.Context(), "other")
			require.NoError(t, err, "one bad key does not spoil the others")
		})
	}
}

func TestKeySetRejectsBadAnswers(t *testing.T) {
	says := func(body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(body)) }
	}
	for name, answer := range map[string]http.HandlerFunc{
		"nothing":    says(""),
		"a page":     says("<html>"),
		"no keys":    says(`{"keys":[]}`),
		"no usable":  says(`{"keys":[{"kty":"oct","kid":"one"}]}`),
		"very large": says(`{"keys":[],"pad":"` + strings.Repeat("x", 64<<10) + `"}`),
		"an error":   func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
		"redirected": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/other", http.StatusFound) },
		"cut short":  func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
	} {
		t.Run(name, func(t *testing.T) {
			e := newEndpoint(t)
			e.does(answer)
			_, err := e.set.Key(t.Context(), "one")
			require.ErrorContains(t, err, "issuer's keys")
			require.NotErrorIs(t, err, auth.ErrRefused)
			assert.EqualValues(t, 1, e.fetches.Load())
		})
	}
}

func TestKeySetServesTheVerifier(t *testing.T) {
	e := newEndpoint(t)
	e.serves(t, rsaJWK(keyID, &issuerKey().PublicKey))
	v := verifier()
	v.Keys = e.set
	got, err := v.Verify(t.Context(), shop(), signAgent(t, agentHeader(), agentClaims()))
	require.NoError(t, err)
	assert.Equal(t, "a_11111111-2222", got.Who)
}
