package auth_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/auth"
)

func TestParseOrigins(t *testing.T) {
	for list, want := range map[string]auth.Origins{
		"":                      nil,
		" , ":                   nil,
		"https://shop.example":  {"https://shop.example"},
		"HTTPS://Shop.Example ": {"https://shop.example"},
		"https://a.example, http://localhost:4566": {"https://a.example", "http://localhost:4566"},
		"http://[::1]:4566":                        {"http://[::1]:4566"},
	} {
		got, err := auth.ParseOrigins(list)
		require.NoError(t, err, list)
		assert.Equal(t, want, got, list)
	}
	for _, list := range []string{
		"*", "null", "https://*", "https://*.example", "https://shop.example/", "https://shop.example/chat", "shop.example",
		"https://", "https://:443", "ftp://shop.example", "https://u:p@shop.example", "https://shop.example?x", "https://shop.example#x",
		"https://ok.example,*", "https://a.example https://b.example",
	} {
		_, err := auth.ParseOrigins(list)
		assert.Error(t, err, list)
	}
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
