package auth

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Site is a shop: the origins of its pages and the secrets that sign its customers' tokens.
type Site struct {
	Key     string // empty: the default site
	Origins Origins
	Secrets func(context.Context) ([]Secret, error) // all are valid
}

// siteEnd ends the site's key in the id of a named site's customer. Neither prefixes nor keys contain it.
const siteEnd = ":"

// id is a subject's id at this site: the same subject at two sites is two people.
func (s Site) id(subject string) string {
	if s.Key == "" {
		return subject
	}
	return s.Key + siteEnd + subject
}

// siteAge is how long a site or a secret is cached.
const siteAge = 5 * time.Minute

// Names of a site's settings, below its key.
const (
	storedOrigins = "origins"
	storedSecret  = "secret"
)

// Sites are the shops of a deployment: the default one of its configuration, and named ones.
type Sites struct {
	base  Site
	named *cache[map[string]Site]
}

// NewSites returns the default site and the named ones whose settings `read` returns: KEY/origins, as ParseOrigins reads them,
// and KEY/secret, as ParseSecrets does. It reads nothing before a named site is asked for. An invalid setting is left out and
// reported to `skipped`; the other settings stay valid.
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
	return &Sites{base: base, named: &cache[map[string]Site]{fetch: fetch, age: siteAge, now: now}}
}

// Site returns the site with this key, or the default one for "". Changes take effect within 5 minutes, new sites within one.
// ErrRefused: there is no such site. Any other error: the settings could not be read.
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

// maxKey is the longest key of a site, in bytes: it is part of every id.
const maxKey = 16

// isKey tells whether a text may be a site's key: a-z, 0-9 and, not at its start, hyphens.
func isKey(key string) bool {
	other := func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' }
	return len(key) <= maxKey && key != "" && key[0] != '-' && !strings.ContainsFunc(key, other)
}

func noSecrets(context.Context) ([]Secret, error) { return nil, nil }
