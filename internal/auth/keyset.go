package auth

import (
	"context"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

const (
	fetchTimeout = 3 * time.Second
	maxKeySet    = 64 << 10 // bytes
	maxAge       = time.Hour
)

// KeySet holds the public keys that an issuer publishes as a JSON Web Key Set.
// It is safe for concurrent use.
type KeySet struct {
	url    string
	client *http.Client
	keys   *cache[map[string]*rsa.PublicKey]
}

// NewKeySet returns the keys at a URL. Nothing is fetched before they are needed.
func NewKeySet(url string, now func() time.Time) *KeySet {
	s := &KeySet{url: url, client: &http.Client{
		Timeout: fetchTimeout,
		// The URL is configuration; the server behind it must not choose another one.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	s.keys = &cache[map[string]*rsa.PublicKey]{fetch: s.fetch, age: maxAge, now: now}
	return s
}

// Key returns the key with this id. Keys are cached for an hour, and longer while they cannot be fetched. An unknown id causes
// a fetch, at most once a minute. ErrRefused: there is no such key. Any other error: the keys could not be fetched.
func (s *KeySet) Key(ctx context.Context, id string) (*rsa.PublicKey, error) {
	keys, err := s.keys.get(ctx, func(all map[string]*rsa.PublicKey) bool { return all[id] == nil })
	if err != nil {
		return nil, fmt.Errorf("issuer's keys: %w", err)
	}
	if keys[id] == nil {
		return nil, Refuse("unknown key id")
	}
	return keys[id], nil
}

func (s *KeySet) fetch(ctx context.Context) (map[string]*rsa.PublicKey, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url, nil)
	if err != nil {
		return nil, err
	}
	response, err := s.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close() //nolint:errcheck // only read
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %d", response.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxKeySet+1))
	if err != nil {
		return nil, err
	}
	if len(body) > maxKeySet {
		return nil, errors.New("key set too large")
	}
	return parseKeySet(body)
}

// parseKeySet returns the keys that fit RS256 and ignores the others (RFC 7517, 5).
func parseKeySet(body []byte) (map[string]*rsa.PublicKey, error) {
	var set struct {
		Keys []webKey `json:"keys"`
	}
	if err := json.Unmarshal(body, &set); err != nil {
		return nil, fmt.Errorf("key set: %w", err)
	}
	keys := make(map[string]*rsa.PublicKey, len(set.Keys))
	for _, k := range set.Keys {
		if key, ok := k.publicRSA(); ok {
			keys[k.ID] = key
		}
	}
	if len(keys) == 0 {
		return nil, errors.New("key set has no key for RS256")
	}
	return keys, nil
}
