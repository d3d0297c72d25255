package gateway

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"rejoin/internal/chat"
)

// decodeProfile reads what the customer typed, which is refused if it is wrong, and the page they are on, as their
// browser says. Malformed values of the page are dropped, so that a strange page never prevents a chat.
func (f *frame) decodeProfile() (chat.Profile, error) {
	typed, page := f.object("profile"), f.object("page")
	p := chat.Profile{
		Name:  typed.oneLine("name", chat.MaxName),
		Email: typed.oneLine("email", chat.MaxEmail),
		Topic: typed.oneLine("topic", chat.MaxTopic),
		Page: chat.Page{
			URL:   page.string("url", 0),
			Title: chat.Truncate(page.oneLine("title", 0), chat.MaxPageTitle),
			Lang:  page.string("lang", 0),
		},
	}
	if !isWebAddress(p.Page.URL) {
		p.Page.URL = ""
	}
	if len(p.Page.Lang) > chat.MaxLang || !isSafeID(p.Page.Lang) {
		p.Page.Lang = ""
	}
	if err := typed.failure(); err != nil {
		return chat.Profile{}, err
	}
	return p, page.failure()
}

// isWebAddress tells whether an address may become a link in the console. javascript: and the like may not, nor may
// an address that is no single line, which url.Parse accepts after a #.
func isWebAddress(address string) bool {
	u, err := url.Parse(address)
	return err == nil && utf8.RuneCountInString(address) <= chat.MaxURL && chat.CleanLine(address) == address && !strings.Contains(address, " ") && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}
