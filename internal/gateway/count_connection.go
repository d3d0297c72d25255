package gateway

import (
	"context"
	"errors"
	"net/netip"
	"sync"
	"time"

	"rejoin/internal/chat"
)

// ConnectionLimit limits the new connections of one address.
type ConnectionLimit interface {
	// Count counts a connection from an address. It returns whether the limit of this minute allows it.
	Count(ctx context.Context, from netip.Prefix, at time.Time) (bool, error)
}

// errTooManyConnections refuses a connection from an address beyond its limit.
var errTooManyConnections = errors.New("too many connections from this address")

// limitConnections counts a customer's connection, and refuses those of one address beyond the limit. Anybody can make
// identities, but not addresses. A connection that cannot be counted is let in: a customer matters more than the limit.
func (a *Authorizer) limitConnections(ctx context.Context, from netip.Prefix) error {
	now := a.Now()
	if !from.IsValid() {
		return nil
	}
	if a.full.has(from, now) {
		return errTooManyConnections
	}
	switch ok, err := a.ConnectionLimit.Count(ctx, from, now); {
	case err != nil:
		a.Log.WarnContext(ctx, "connection not counted", chat.LogError, err.Error())
	case !ok:
		a.full.add(from, now)
		return errTooManyConnections
	}
	return nil
}

// fullAddresses is the addresses that have reached their limit in the newest minute, as far as this instance of the function
// knows. So the rest of a flood costs no request. It is safe for concurrent use.
type fullAddresses struct {
	mu     sync.Mutex
	minute time.Time
	full   map[netip.Prefix]bool
}

func (f *fullAddresses) has(from netip.Prefix, at time.Time) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.full[from] && f.minute.Equal(at.Truncate(time.Minute))
}

func (f *fullAddresses) add(from netip.Prefix, at time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if minute := at.Truncate(time.Minute); f.full == nil || !f.minute.Equal(minute) {
		f.minute, f.full = minute, map[netip.Prefix]bool{}
	}
	f.full[from] = true
}
