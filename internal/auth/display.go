package auth

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rejoin/internal/chat"
)

// cleanName makes a name fit to stand beside others, cut where it is too long: what a token says was not typed into a
// form that could refuse it.
func cleanName(name string) string {
	return chat.CleanLine(chat.Truncate(chat.CleanLine(name), chat.MaxName))
}

// cleanEmail returns the address if it can be one, else nothing: half an
// address is someone else's, and a bad one is no reason to turn a person away.
func cleanEmail(email string) string {
	local, domain, _ := strings.Cut(email, "@")
	if local == "" || domain == "" || utf8.RuneCountInString(email) > chat.MaxEmail || strings.ContainsFunc(email, notInEmail) {
		return ""
	}
	return email
}

func notInEmail(r rune) bool { return r == ' ' || !unicode.IsPrint(r) }
