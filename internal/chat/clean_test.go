package chat_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// TestCleaning checks how texts and lines are stored. The browser's clients are tested with the same file: they send
// what is stored, and count it.
func TestCleaning(t *testing.T) {
	raw, err := os.ReadFile("testdata/clean.json")
	require.NoError(t, err)
	var cases []struct{ Name, Given, Text, Line string }
	require.NoError(t, json.Unmarshal(raw, &cases))
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			text, err := chat.Clean(c.Given)
			if c.Text == "" {
				refused(t, chat.Invalid, err)
			} else {
				require.NoError(t, err)
			}
			assert.Equal(t, c.Text, text)
			assert.Equal(t, c.Line, chat.CleanLine(c.Given))
			assert.Equal(t, c.Line, chat.CleanLine(c.Line), "a clean line stays as it is")
		})
	}
}

func TestClean(t *testing.T) {
	long := strings.Repeat("가", chat.MaxText)
	for name, trial := range map[string]struct{ text, want string }{
		"plain":                           {"hello", "hello"},
		"white space around it":           {" \t\n hello\u00a0\u3000 \r\n", "hello"},
		"tab and newline within":          {"a\tb\nc", "a\tb\nc"},
		"control characters":              {"a\x00b\x1b[31mc\rd\u0085e\x7f", "ab[31mcde"},
		"control characters at its edges": {"\x00 a \x00", "a"},
		"bytes that are not UTF-8":        {"a\xffb\xc0\xafc", "abc"},
		"markup is text":                  {"<b>&amp;</b>", "<b>&amp;</b>"},
		"joined and combined characters":  {"👩‍👩‍👧 e\u0301", "👩‍👩‍👧 e\u0301"},
		"as long as may be":               {long, long},
		"longer before it is trimmed":     {"  " + long + "\x00 ", long},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := chat.Clean(trial.text)
			require.NoError(t, err)
			assert.Equal(t, trial.want, got)
		})
	}
}

func TestCleanRefuses(t *testing.T) {
	for name, trial := range map[string]struct {
		text string
		want chat.Code
	}{
		"nothing":                    {"", chat.Invalid},
		"white space only":           {" \t\r\n\u2003", chat.Invalid},
		"control characters only":    {"\x00\x1b\u0085", chat.Invalid},
		"no UTF-8 at all":            {"\xff\xfe", chat.Invalid},
		"one character too many":     {strings.Repeat("가", chat.MaxText+1), chat.TooLong},
		"one too many with newlines": {strings.Repeat("a\n", chat.MaxText/2) + "b", chat.TooLong},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := chat.Clean(trial.text)
			refused(t, trial.want, err)
			assert.Empty(t, got)
		})
	}
	_, err := chat.Clean(strings.Repeat("x", chat.MaxText+1))
	assert.Contains(t, chat.AsError(err).Message, "4000")
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"", " hi ", "a\x00\xff\tb\n", "\u0085\u200b\ufffd", "👩\u200d💻 한글", "\u202egpj.exe\u202c\u202d"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		clean, err := chat.Clean(text)
		if err != nil {
			assert.Contains(t, []chat.Code{chat.Invalid, chat.TooLong}, chat.AsError(err).Code)
			assert.Empty(t, clean)
			return
		}
		require.True(t, utf8.ValidString(clean))
		assert.Equal(t, strings.TrimSpace(clean), clean)
		assert.LessOrEqual(t, utf8.RuneCountInString(clean), chat.MaxText)
		assert.NotEmpty(t, clean)
		assert.False(t, strings.ContainsFunc(clean, func(r rune) bool {
			return unicode.IsControl(r) && r != '\t' && r != '\n' || r == '\u202d' || r == '\u202e'
		}))
		again, err := chat.Clean(clean)
		require.NoError(t, err)
		assert.Equal(t, clean, again, "a clean text stays as it is")
	})
}
