package auth

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// Origins are the web origins whose pages may open a connection, as browsers send them.
type Origins []string

// ParseOrigins reads a comma-separated list such as "https://shop.example,http://localhost:4566". It returns the valid entries,
// and an error that names each invalid one and its fault.
func ParseOrigins(list string) (Origins, error) {
	var origins Origins
	var bad []error
	for entry := range strings.SplitSeq(list, ",") {
		entry = strings.TrimSpace(entry)
		if entry == "" {
			continue
		}
		origin, err := parseOrigin(entry)
		switch {
		case err != nil:
			bad = append(bad, fmt.Errorf("%q is not a web origin: %w", entry, err))
		case !slices.Contains(origins, origin):
			origins = append(origins, origin)
		}
	}
	return origins, errors.Join(bad...)
}

// parseOrigin normalizes an origin to the form that browsers send. A final slash is allowed, because people copy it from the
// address bar.
func parseOrigin(text string) (string, error) {
	u, err := url.Parse(strings.TrimSuffix(text, "/"))
	if err != nil {
		return "", errors.New("not a URL")
	}
	port := defaultPort(u.Scheme)
	switch {
	case port == "":
		return "", errors.New("it must begin with https:// or http://")
	case u.User != nil || strings.ContainsAny(text, `\%*`):
		return "", errors.New("user names, escapes and wildcards are not allowed")
	case u.Path != "" || u.RawQuery != "" || u.ForceQuery || strings.Contains(text, "#"):
		return "", errors.New("nothing may follow the host and port")
	}
	host, err := parseHost(u.Hostname(), strings.HasPrefix(u.Host, "["))
	if err != nil || u.Port() == "" {
		return u.Scheme + "://" + host, err
	}
	number, err := strconv.ParseUint(u.Port(), 10, 16)
	if err != nil {
		return "", errors.New("invalid port")
	}
	if own := strconv.FormatUint(number, 10); own != port {
		host += ":" + own
	}
	return u.Scheme + "://" + host, nil
}

// defaultPort is the port that browsers omit; empty for a scheme that pages do not have.
func defaultPort(scheme string) string {
	switch scheme {
	case "https":
		return "443"
	case "http":
		return "80"
	}
	return ""
}

// parseHost normalizes a host name as browsers do (WHATWG URL, 3.3): no transitional processing, hyphens anywhere.
func parseHost(name string, bracketed bool) (string, error) {
	if bracketed {
		address, err := netip.ParseAddr(name)
		if err != nil || !address.Is6() || address.Is4In6() || address.Zone() != "" {
			return "", errors.New("invalid IPv6 address")
		}
		return "[" + address.String() + "]", nil
	}
	domains := idna.New(idna.MapForLookup(), idna.Transitional(false), idna.BidiRule(), idna.CheckJoiners(true),
		idna.CheckHyphens(false), idna.StrictDomainName(false), idna.VerifyDNSLength(true))
	host, err := domains.ToASCII(name)
	if err != nil || host == "" || strings.ContainsFunc(host, notInHost) {
		return "", errors.New("invalid host name")
	}
	// Browsers treat a name whose last label is a number as an IPv4 address.
	labels := strings.Split(strings.TrimSuffix(host, "."), ".")
	if isNumber(labels[len(labels)-1]) {
		if address, err := netip.ParseAddr(host); err != nil || address.String() != host {
			return "", errors.New("invalid IPv4 address")
		}
	}
	return host, nil
}

func isNumber(label string) bool {
	if digits, hex := strings.CutPrefix(label, "0x"); hex {
		return strings.Trim(digits, "0123456789abcdef") == ""
	}
	return strings.Trim(label, "0123456789") == ""
}

func notInHost(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9') && !strings.ContainsRune(".-_", r)
}

// Allow tells whether all values of a request's Origin header are allowed. A request without one comes from a program, not a
// page, and is allowed: the check protects users of browsers, and a program can send any header. Case does not matter
// (RFC 6454, 4).
func (o Origins) Allow(header []string) bool {
	for _, origin := range header {
		if !slices.Contains(o, strings.ToLower(origin)) {
			return false
		}
	}
	return true
}
