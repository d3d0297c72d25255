package auth

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Site is a shop: whose pages may open a connection, and who vouches for its customers.
type Site struct {
	Key     string // empty: the default one
	Origins Origins
	Secrets func(context.Context) ([]Secret, error) // each may have signed a known customer's token
}

// siteEnd stands after the site's key in the ids of a named site's customers. No part of an id before it has one.
const siteEnd = ":"

// id is a customer's at this site: the same subject at two of them is two people.
func (s Site) id(subject string) string {
	if s.Key == "" {
		return subject
	}
	return s.Key + siteEnd + subject
}

// siteAge is after how long a change of a site or a secret is seen.
const siteAge = 5 * time.Minute

// What is stored of a site, below its key.
const (
	storedOrigins = "origins"
	storedSecret  = "secret"
)

// Sites are the shops of a deployment: the default one, which is part of its configuration, and those that were added.
type Sites struct {
	base  Site
	named *kept[map[string]Site]
}

// NewSites returns the default site and those that read will be asked for: their values by KEY/origins (as ParseOrigins
// takes them) and KEY/secret (as ParseSecrets does). Nothing is read before a named site is asked for. An invalid value is left
// out and reported to skipped, so that it affects only those who need it.
func NewSites(
	base Site, read func(context.Context) (map[string]string, error), skipped func(context.Context, error), now func() time.Time,
) *Sites {
	fetch := func(ctx context.Context) (map[string]Site, error) {
		values, err := read(ctx)
		sites, bad := parseSites(values)
		if bad != nil {
			skipped(ctx, bad)
		}
		return sites, err
	}
	return &Sites{base: base, named: &kept[map[string]Site]{fetch: fetch, age: siteAge, now: now}}
}

// Site returns the shop with this key, the default one for none. A change is seen within 5 minutes, a new one within a
// minute. ErrRefused: there is no such site. Any other error: it could not be read.
func (s *Sites) Site(ctx context.Context, key string) (Site, error) {
	if key == "" {
		return s.base, nil
	}
	if !isKey(key) {
		return Site{}, Refuse("not a site's key")
	}
	named, err := s.named.get(ctx, func(all map[string]Site) bool { _, has := all[key]; return !has })
	if err != nil {
		return Site{}, fmt.Errorf("sites: %w", err)
	}
	site, has := named[key]
	if !has {
		return Site{}, Refuse("unknown site")
	}
	return site, nil
}

func parseSites(values map[string]string) (map[string]Site, error) {
	sites, bad := map[string]Site{}, []error(nil)
	for name, value := range values {
		key, what, _ := strings.Cut(name, "/")
		site, has := sites[key]
		if !has {
			site = Site{Key: key, Secrets: noSecrets}
		}
		var err error
		switch what {
		case storedOrigins:
			site.Origins, err = ParseOrigins(value)
		case storedSecret:
			var secrets []Secret
			secrets, err = ParseSecrets(value)
			site.Secrets = func(context.Context) ([]Secret, error) { return secrets, err }
		default:
			bad = append(bad, fmt.Errorf("site %s: %s: unknown setting", key, what))
			continue
		}
		if err != nil {
			bad = append(bad, fmt.Errorf("site %s: %s: %w", key, what, err))
		}
		sites[key] = site
	}
	return sites, errors.Join(bad...)
}

// maxKey is how long a site's key may be: it is part of every id.
const maxKey = 16

// isKey tells whether something may be a site's key: a-z, 0-9 and, within it, hyphens.
func isKey(key string) bool {
	other := func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' }
	return len(key) <= maxKey && key != "" && key[0] != '-' && !strings.ContainsFunc(key, other)
}

func noSecrets(context.Context) ([]Secret, error) { return nil, nil }
