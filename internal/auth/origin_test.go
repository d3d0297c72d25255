package auth_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/auth"
)

// TestOriginsAreThoseThatBrowsersSend goes through testdata/origins.json: an entry, and the origin that a browser sends for it,
// or null if no page has it. web/client/wire/origins.test.ts asks a browser's own parser about the same file.
func TestOriginsAreThoseThatBrowsersSend(t *testing.T) {
	data, err := os.ReadFile("testdata/origins.json")
	require.NoError(t, err)
	var cases map[string]*string
	require.NoError(t, json.Unmarshal(data, &cases))
	for given, want := range cases {
		t.Run(given, func(t *testing.T) {
			got, err := auth.ParseOrigins(given)
			if want == nil {
				require.ErrorContains(t, err, "is not a web origin: ")
				assert.Empty(t, got)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, auth.Origins{*want}, got)
			again, err := auth.ParseOrigins(*want)
			require.NoError(t, err)
			assert.Equal(t, got, again, "a normalized origin stays the same")
		})
	}
}

func TestParseOrigins(t *testing.T) {
	for list, want := range map[string]auth.Origins{
		"":    nil,
		" , ": nil,
		"https://a.example, http://localhost:4566": {"https://a.example", "http://localhost:4566"},
		"https://a.example,HTTPS://A.example:443":  {"https://a.example"},
	} {
		got, err := auth.ParseOrigins(list)
		require.NoError(t, err, list)
		assert.Equal(t, want, got, list)
	}
}

// TestBadOriginsSpoilNoGoodOnes: an invalid origin once made every connection of a stage fail.
func TestBadOriginsSpoilNoGoodOnes(t *testing.T) {
	got, err := auth.ParseOrigins("https://ok.example,*,https://shop.example?utm=1,http://localhost:4566")
	assert.Equal(t, auth.Origins{"https://ok.example", "http://localhost:4566"}, got)
	assert.ErrorContains(t, err, `"*" is not a web origin: `)
	assert.ErrorContains(t, err, `"https://shop.example?utm=1" is not a web origin: nothing may follow the host and port`)
}

func TestOriginsAllow(t *testing.T) {
	origins, err := auth.ParseOrigins("https://shop.example,http://localhost:4566")
	require.NoError(t, err)
	for name, tc := range map[string]struct {
		header []string
		want   bool
	}{
		"a program":                {nil, true},
		"the shop":                 {[]string{"https://shop.example"}, true},
		"in capitals":              {[]string{"HTTPS://SHOP.example"}, true},
		"with its port":            {[]string{"http://localhost:4566"}, true},
		"the same twice":           {[]string{"https://shop.example", "https://shop.example"}, true},
		"sandboxed":                {[]string{"null"}, false},
		"empty":                    {[]string{""}, false},
		"another scheme":           {[]string{"http://shop.example"}, false},
		"another port":             {[]string{"https://shop.example:8443"}, false},
		"no port":                  {[]string{"http://localhost"}, false},
		"below it":                 {[]string{"https://evil.shop.example"}, false},
		"beginning like it":        {[]string{"https://shop.example.evil.example"}, false},
		"ending like it":           {[]string{"https://evilshop.example"}, false},
		"with a slash":             {[]string{"https://shop.example/"}, false},
		"a star":                   {[]string{"*"}, false},
		"a list in one":            {[]string{"https://shop.example, https://evil.example"}, false},
		"a good one and a bad one": {[]string{"https://shop.example", "https://evil.example"}, false},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, tc.want, origins.Allow(tc.header)) })
	}
	assert.False(t, auth.Origins(nil).Allow([]string{"https://shop.example"}), "no list: no pages")
}
