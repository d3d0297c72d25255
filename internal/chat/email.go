package chat

import (
	"net/mail"
	"strings"
	"unicode"
)

// IsAddress tells whether a text is one e-mail address that mail can be sent to: in ASCII, at most MaxEmail bytes, with
// no name around it, and with a domain that has a dot.
func IsAddress(text string) bool {
	parsed, err := mail.ParseAddress(text)
	if err != nil || parsed.Address != text || parsed.Name != "" || len(text) > MaxEmail {
		return false
	}
	if strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) {
		return false
	}
	local, domain, _ := strings.Cut(text, "@")
	return len(local) <= maxLocal && isDomain(domain)
}

// maxLocal is the longest part before the @, in bytes (RFC 5321, 4.5.3.1.1).
const maxLocal = 64

// maxLabel is the longest part of a domain between dots, in bytes (RFC 1035, 2.3.4).
const maxLabel = 63

// isDomain tells whether a name has at least two labels of letters, digits and, not at either end, hyphens, and does not
// end in a number, as network addresses do (RFC 1123, 2.1).
func isDomain(name string) bool {
	labels := strings.Split(name, ".")
	for _, label := range labels {
		other := func(r rune) bool { return !isASCIILetter(r) && !isDigit(r) && r != '-' }
		if label == "" || len(label) > maxLabel || label[0] == '-' || label[len(label)-1] == '-' || strings.ContainsFunc(label, other) {
			return false
		}
	}
	return len(labels) > 1 && strings.ContainsFunc(labels[len(labels)-1], isASCIILetter)
}

func isASCIILetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

func isDigit(r rune) bool { return '0' <= r && r <= '9' }
