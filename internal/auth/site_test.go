package auth_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/auth"
)

const otherSecret = "the secret of quite another shop."

// TestTwoShopsSameSubject: a subject or a browser's key at two shops is two people.
func TestTwoShopsSameSubject(t *testing.T) {
	who := func(site auth.Site, token string) string {
		got, err := verifier().Verify(t.Context(), site, token)
		require.NoError(t, err)
		return got.Who
	}
	customer, visitor := signCustomer(t, customerHeader(), customerClaims()), signVisitor(t, visitorHeader(t), visitorClaims())
	plain := who(shop(), visitor)
	assert.Equal(t, "c_4711", who(shop(secret), customer))
	assert.Equal(t, "c_mugs:4711", who(named("mugs", secret), customer))
	assert.Equal(t, "c_tea:4711", who(named("tea", secret), customer))
	assert.Equal(t, "v_mugs:"+plain[2:len(plain)-5], who(named("mugs"), visitor))
	for _, key := range []string{"a", "mugs", "sixteen-letters1"} {
		assert.Len(t, who(named(key), visitor), len(plain), "ids have the same length, so rooms do not grow")
	}
	assert.NotEqual(t, who(named("tea"), visitor), who(named("mugs"), visitor))
}

// TestNoOtherShopsToken: a token that one shop signed is invalid at another.
func TestNoOtherShopsToken(t *testing.T) {
	token := sign(t, jwt.SigningMethodHS256, []byte(otherSecret), customerHeader(), customerClaims())
	for _, site := range []auth.Site{shop(secret), named("mugs", secret)} {
		requireRefusedAt(t, site, token, "signature is invalid")
	}
	requireRefusedAt(t, named("tea"), token, "unverifiable")
	for _, sub := range []string{"mugs:4711", "tea:", ":"} {
		forged := signCustomer(t, customerHeader(), customerClaims().with(object{"sub": sub}))
		requireRefused(t, forged, "sub has a character")
	}
}

// siteStore holds the settings of sites, and the reader's clock.
type siteStore struct {
	values map[string]string
	err    error
	reads  int
	now    time.Time

	skipped error
}

func newSiteStore() (*siteStore, *auth.Sites) {
	s := &siteStore{now: now(), values: map[string]string{
		"mugs/origins": "https://mugs.example,https://www.mugs.example", "mugs/secret": secret,
		"tea/origins": "https://tea.example",
		"bad/origins": "*,https://bad.example", "bad/secret": secret, "bad/colour": "blue",
		"weak/origins": "https://weak.example", "weak/secret": "short",
		"odd/colour": "blue",
	}}
	read := func(context.Context) (map[string]string, error) { s.reads++; return s.values, s.err }
	skipped := func(_ context.Context, err error) { s.skipped = err }
	return s, auth.NewSites(auth.Site{Origins: auth.Origins{"https://shop.example"}}, read, skipped, func() time.Time { return s.now })
}

func TestSites(t *testing.T) {
	s, sites := newSiteStore()
	base, err := sites.Site(t.Context(), "")
	require.NoError(t, err)
	assert.Equal(t, auth.Origins{"https://shop.example"}, base.Origins)
	assert.Zero(t, s.reads, "the default shop needs none")

	mugs, err := sites.Site(t.Context(), "mugs")
	require.NoError(t, err)
	assert.Equal(t, "mugs", mugs.Key)
	assert.Equal(t, auth.Origins{"https://mugs.example", "https://www.mugs.example"}, mugs.Origins)
	secrets, err := mugs.Secrets(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []auth.Secret{auth.Secret(secret)}, secrets)

	tea, err := sites.Site(t.Context(), "tea")
	require.NoError(t, err)
	secrets, err = tea.Secrets(t.Context())
	require.NoError(t, err)
	assert.Empty(t, secrets, "a shop without logged-in customers has none")
	assert.Equal(t, 1, s.reads)

}

// TestOneBadSettingStopsNobodyElse: an invalid setting is reported, and affects only those who need it.
func TestOneBadSettingStopsNobodyElse(t *testing.T) {
	s, sites := newSiteStore()
	bad, err := sites.Site(t.Context(), "bad")
	require.NoError(t, err)
	assert.Equal(t, auth.Origins{"https://bad.example"}, bad.Origins)

	weak, err := sites.Site(t.Context(), "weak")
	require.NoError(t, err, "its visitors need no secret")
	_, err = weak.Secrets(t.Context())
	require.ErrorContains(t, err, "32 bytes")

	_, err = sites.Site(t.Context(), "odd")
	require.ErrorIs(t, err, auth.ErrRefused)
	for _, said := range []string{
		`site bad: origins: "*" is not a web origin`, "site bad: colour: unknown setting", "site weak: secret: shorter than 32 bytes",
		"site odd: colour: unknown setting",
	} {
		assert.ErrorContains(t, s.skipped, said)
	}
	assert.NotContains(t, s.skipped.Error(), secret)
}

func TestUnknownSites(t *testing.T) {
	s, sites := newSiteStore()
	for _, key := range []string{"Mugs", "mugs/secret", "-mugs", "mu gs", "m:", "../tea", strings.Repeat("m", 17), "찻집"} {
		_, err := sites.Site(t.Context(), key)
		require.ErrorIs(t, err, auth.ErrRefused, key)
	}
	assert.Zero(t, s.reads, "what is no key is not looked for")
	for range 5 {
		_, err := sites.Site(t.Context(), "new")
		require.ErrorIs(t, err, auth.ErrRefused)
	}
	assert.Equal(t, 1, s.reads, "whoever makes keys up costs nothing")

	s.values["new/origins"] = "https://new.example"
	s.now = s.now.Add(time.Minute)
	_, err := sites.Site(t.Context(), "new")
	require.NoError(t, err)

	delete(s.values, "new/origins")
	s.now = s.now.Add(5*time.Minute + time.Second)
	_, err = sites.Site(t.Context(), "new")
	require.ErrorIs(t, err, auth.ErrRefused, "one that was taken away")
}

func TestSitesOutOfReach(t *testing.T) {
	s, sites := newSiteStore()
	s.err = errors.New("down")
	_, err := sites.Site(t.Context(), "mugs")
	require.ErrorIs(t, err, s.err)
	require.NotErrorIs(t, err, auth.ErrRefused)

	s.err, s.now = nil, s.now.Add(5*time.Second)
	_, err = sites.Site(t.Context(), "mugs")
	require.NoError(t, err)

	s.err, s.now = errors.New("down"), s.now.Add(time.Hour)
	_, err = sites.Site(t.Context(), "mugs")
	require.NoError(t, err, "old ones are better than none")
	_, err = sites.Site(t.Context(), "new")
	require.ErrorIs(t, err, s.err, "it may be there by now")
}
