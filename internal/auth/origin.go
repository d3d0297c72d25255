package auth

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Origins are the web origins whose pages may open a connection.
type Origins []string

// ParseOrigins reads a comma-separated list such as
// "https://shop.example,http://localhost:4566". Anything that no browser would
// send is an error, above all "*" and "null".
func ParseOrigins(list string) (Origins, error) {
	var origins Origins
	for entry := range strings.SplitSeq(list, ",") {
		entry = strings.ToLower(strings.TrimSpace(entry))
		if entry == "" {
			continue
		}
		u, err := url.Parse(entry)
		if err != nil || u.Hostname() == "" || entry != u.Scheme+"://"+u.Host || strings.Contains(u.Host, "*") ||
			u.Scheme != "https" && u.Scheme != "http" {
			return nil, fmt.Errorf("%q is not a web origin", entry)
		}
		origins = append(origins, entry)
	}
	return origins, nil
}

// Allow decides on the values of a request's Origin header. None means that a
// program calls, not a page, and is allowed: the check protects browsers' users,
// and a program can send any header it likes. Scheme and host don't
// distinguish upper and lower case (RFC 6454, 4); the rest must match exactly.
func (o Origins) Allow(header []string) bool {
	for _, origin := range header {
		if !slices.Contains(o, strings.ToLower(origin)) {
			return false
		}
	}
	return true
}
