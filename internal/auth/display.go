package auth

import (
	"strings"
	"unicode"
)

const (
	maxName  = 64  // code points
	maxEmail = 254 // bytes (RFC 5321, 4.5.3.1.3, less the angle brackets)
)

// Joiners are format characters too, but names and emoji are written with them.
const joiners = "\u200c\u200d"

// cleanName makes a name fit to stand on one line beside others: no control
// characters, nothing that turns the direction of the text around it, runs of
// white space as one space, cut to 64 code points.
func cleanName(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r) && !strings.ContainsRune(joiners, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, name)
	runes := []rune(strings.Join(strings.Fields(name), " "))
	return strings.Trim(string(runes[:min(len(runes), maxName)]), " "+joiners)
}

// cleanEmail returns the address if it can be one, else nothing: half an
// address is someone else's, and a bad one is no reason to turn a person away.
func cleanEmail(email string) string {
	local, domain, _ := strings.Cut(email, "@")
	if local == "" || domain == "" || len(email) > maxEmail || strings.ContainsFunc(email, notInEmail) {
		return ""
	}
	return email
}

func notInEmail(r rune) bool { return r == ' ' || !unicode.IsPrint(r) }
