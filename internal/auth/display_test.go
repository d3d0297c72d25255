package auth_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNamesAreFitToShow(t *testing.T) {
	for name, tc := range map[string]struct{ given, shown string }{
		"plain":                  {"Ann Lee", "Ann Lee"},
		"Korean":                 {"김민지", "김민지"},
		"white space":            {"\t Ann \r\n\u00a0 Lee\u2028", "Ann Lee"},
		"control characters":     {"A\x00n\x1b[31mn\x7f\u0085", "An[31mn"},
		"bidirectional override": {"\u202eeeL nnA\u202c\u2066\u2069\u200f", "eeL nnA"},
		"invisible":              {"\ufeffA\u200bn\u00adn", "Ann"},
		"emoji with joiners":     {"👩\u200d💻", "👩\u200d💻"},
		"joiners only":           {"\u200d\u200c \u200d", ""},
		"markup is only text":    {"<b>Ann</b>", "<b>Ann</b>"},
		"64 code points":         {strings.Repeat("한", 64), strings.Repeat("한", 64)},
		"more than that":         {strings.Repeat("한", 65), strings.Repeat("한", 64)},
		"cut at a space":         {strings.Repeat("a", 63) + " bc", strings.Repeat("a", 63)},
	} {
		t.Run(name, func(t *testing.T) {
			token := signVisitor(t, visitorHeader(t), visitorClaims().with(object{"name": tc.given}))
			got, err := verifier().Verify(t.Context(), shop(secret), token)
			require.NoError(t, err)
			assert.Equal(t, tc.shown, got.Name)
		})
	}
}

func TestEmailsAreWholeOrAbsent(t *testing.T) {
	longest := strings.Repeat("a", 64) + "@" + strings.Repeat("b", 189)
	for name, tc := range map[string]struct{ given, kept string }{
		"plain":             {"ann@example.com", "ann@example.com"},
		"international":     {"앤@example.kr", "앤@example.kr"},
		"254 bytes":         {longest, longest},
		"longer":            {longest + "b", ""},
		"no at":             {"ann", ""},
		"nothing before it": {"@example.com", ""},
		"nothing after it":  {"ann@", ""},
		"new line":          {"ann@example.com\nBcc: x@example.com", ""},
		"space":             {"ann @example.com", ""},
		"override":          {"ann@\u202eexample.com", ""},
	} {
		t.Run(name, func(t *testing.T) {
			token := signCustomer(t, customerHeader(), customerClaims().with(object{"email": tc.given}))
			got, err := verifier().Verify(t.Context(), shop(secret), token)
			require.NoError(t, err)
			assert.Equal(t, tc.kept, got.Email)
		})
	}
}
