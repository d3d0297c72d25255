package auth

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rejoin/internal/chat"
)

// cleanName makes a name one line of at most chat.MaxName characters. It cuts instead of refusing, because no form could have
// asked for a shorter one.
func cleanName(name string) string {
	return chat.CleanLine(chat.Truncate(chat.CleanLine(name), chat.MaxName))
}

// cleanEmail returns the address if it may be valid, else "". It does not cut, since a part of an address may be someone
// else's, and does not refuse the person.
func cleanEmail(email string) string {
	local, domain, _ := strings.Cut(email, "@")
	if local == "" || domain == "" || utf8.RuneCountInString(email) > chat.MaxEmail || strings.ContainsFunc(email, notInEmail) {
		return ""
	}
	return email
}

func notInEmail(r rune) bool { return r == ' ' || !unicode.IsPrint(r) }
