package gateway

import (
	"net/url"
	"strings"
	"unicode"

	"rejoin/internal/chat"
)

// Limits of what a page says of its customer, in code points.
const (
	maxName  = 64
	maxEmail = 254 // RFC 5321, 4.5.3.1.3, less the angle brackets
	maxTopic = 100
	maxURL   = 2000
	maxTitle = 200
	maxLang  = 35 // RFC 5646, 4.4.1
)

// decodeProfile reads what the customer typed, which is refused where it is wrong, and where on the shop they are,
// which their browser says: what of that is odd is left out, for a strange page must not keep anyone from chatting.
func (f *frame) decodeProfile() (chat.Profile, error) {
	typed, page := f.object("profile"), f.object("page")
	p := chat.Profile{
		Name:  line(typed.string("name", maxName)),
		Email: line(typed.string("email", maxEmail)),
		Topic: line(typed.string("topic", maxTopic)),
		Page: chat.Page{
			URL:   page.string("url", 0),
			Title: line(page.string("title", 0)),
			Lang:  page.string("lang", 0),
		},
	}
	if !isWeb(p.Page.URL) {
		p.Page.URL = ""
	}
	if title := []rune(p.Page.Title); len(title) > maxTitle {
		p.Page.Title = string(title[:maxTitle])
	}
	if len(p.Page.Lang) > maxLang || !safe(p.Page.Lang) {
		p.Page.Lang = ""
	}
	if err := typed.failure(); err != nil {
		return chat.Profile{}, err
	}
	return p, page.failure()
}

// isWeb tells whether an address may become a link in the console: javascript: and its like may not, nor what would not
// stand on one line as it is, which url.Parse lets pass after a #.
func isWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && len(address) <= maxURL && line(address) == address && !strings.Contains(address, " ") && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// line makes a text stand on one line beside others: no control characters, nothing that turns the direction of what
// follows it, runs of white space as one space.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
