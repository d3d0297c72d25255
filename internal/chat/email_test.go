package chat_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"rejoin/internal/chat"
)

func TestIsAddress(t *testing.T) {
	label := strings.Repeat("d", 63)
	for _, address := range []string{
		"mina@example.com", "a@b.co", "first.last+tag@mail.example.co.kr", "o'brien@example.ie", "M_1@EXAMPLE.COM", "x@xn--wk5b71z.example", "1@1.a1",
		strings.Repeat("l", 64) + "@example.com", "l@" + label + "." + label + "." + label + ".com", // 197 bytes
		strings.Repeat("l", 58) + "@" + label + "." + label + "." + label + ".com", // 254 bytes
	} {
		assert.True(t, chat.IsAddress(address), address)
	}
	for _, text := range []string{
		"", "mina", "@example.com", "mina@", "mina@localhost", "mina@@example.com", "a@b@example.com", "a b@example.com", " a@example.com", "a@example.com ",
		"a@example.com\n", "a@example.com\r\nBcc: b@example.com", "a\x00@example.com", "Mina <a@example.com>", "<a@example.com>", "a@example.com (Mina)",
		"a@example.com, b@example.com", "a@example.com;b@example.com", "group: a@example.com;", `"a b"@example.com`, `"a@b"@example.com`,
		".a@example.com", "a.@example.com", "a..b@example.com", "a@.example.com", "a@example.com.", "a@example..com", "a@-example.com", "a@example-.com",
		"a@exa_mple.com", "a@[192.0.2.1]", "a@192.0.2.1", "a@example.1", "미나@example.com", "mina@한옥.example", "mina@example.com\u200b", "a\xff@example.com",
		strings.Repeat("l", 65) + "@example.com", "l@" + label + "d.com",
		strings.Repeat("l", 59) + "@" + label + "." + label + "." + label + ".com", // 255 bytes
	} {
		assert.False(t, chat.IsAddress(text), "%q", text)
	}
}
