package auth

import (
	"context"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

const (
	fetchTimeout = 3 * time.Second
	maxKeySet    = 64 << 10 // bytes
	maxAge       = time.Hour
	// Anyone can send a key id that does not exist, so asking again is bounded.
	pause      = time.Minute     // after a fetch that worked
	retryPause = 5 * time.Second // after one that failed
)

// KeySet holds the public keys that an issuer publishes as a JSON Web Key Set.
// It is safe for concurrent use.
type KeySet struct {
	url    string
	now    func() time.Time
	client *http.Client

	mu      sync.Mutex // held while fetching: whoever waits finds the result
	keys    map[string]*rsa.PublicKey
	fetched time.Time // when keys were
	next    time.Time // no fetch before
	failure error     // of the last fetch
}

// NewKeySet returns the keys at a URL. Nothing is fetched before they are needed.
func NewKeySet(url string, now func() time.Time) *KeySet {
	return &KeySet{url: url, now: now, client: &http.Client{
		Timeout: fetchTimeout,
		// The URL is configuration; where it leads must not be someone else's choice.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Key returns the key with this id. Keys are kept for an hour, and longer while
// they cannot be fetched; an id that is not among them makes it look again, at
// most once a minute. ErrRefused: there is no such key. Any other error: the
// keys could not be fetched.
func (s *KeySet) Key(ctx context.Context, id string) (*rsa.PublicKey, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	key := s.keys[id]
	if (key == nil || now.Sub(s.fetched) > maxAge) && !now.Before(s.next) {
		s.refresh(ctx, now)
		key = s.keys[id]
	}
	switch {
	case key != nil:
		return key, nil
	case s.failure != nil:
		return nil, fmt.Errorf("issuer's keys: %w", s.failure)
	}
	return nil, Refuse("unknown key id")
}

func (s *KeySet) refresh(ctx context.Context, now time.Time) {
	// The result is everyone's, so it must not fail because one caller left.
	keys, err := s.fetch(context.WithoutCancel(ctx))
	s.failure, s.next = err, now.Add(retryPause)
	if err == nil {
		s.keys, s.fetched, s.next = keys, now, now.Add(pause)
	}
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

// parseKeySet keeps the keys that may check RS256 and passes over the rest (RFC 7517, 5).
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
