package gateway

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/netip"
	"sync"
	"time"

	"rejoin/internal/chat"
)

// Arrivals counts new connections.
type Arrivals interface {
	// Arrive counts a connection from an address, and tells whether no more came from there within this minute than may.
	Arrive(ctx context.Context, from netip.Prefix, at time.Time) (bool, error)
}

// errCrowded refuses a connection from where too many came.
var errCrowded = errors.New("too many connections from this address")

// arrive counts a customer's connection, and refuses those of one address beyond the limit: an identity costs its maker
// nothing, an address does. A connection that cannot be counted is let in, since a customer is worth more than the limit.
func (a *Authorizer) arrive(ctx context.Context, from netip.Prefix) error {
	now := a.Now()
	if !from.IsValid() {
		return nil
	}
	if a.crowded.has(from, now) {
		return errCrowded
	}
	switch ok, err := a.Arrivals.Arrive(ctx, from, now); {
	case err != nil:
		a.Log.WarnContext(ctx, "connection not counted", chat.LogError, err.Error())
	case !ok:
		a.crowded.add(from, now)
		return errCrowded
	}
	return nil
}

// crowded is the addresses from which too many have come in the newest minute, as far as this instance of the function knows.
// The rest of a flood costs no request. It is safe for concurrent use.
type crowded struct {
	mu     sync.Mutex
	minute time.Time
	full   map[netip.Prefix]bool
}

func (c *crowded) has(from netip.Prefix, at time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.full[from] && c.minute.Equal(at.Truncate(time.Minute))
}

func (c *crowded) add(from netip.Prefix, at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if minute := at.Truncate(time.Minute); c.full == nil || !c.minute.Equal(minute) {
		c.minute, c.full = minute, map[netip.Prefix]bool{}
	}
	c.full[from] = true
}

// networkBits is how much of an IPv6 address names one subscriber, who may use the other 64 bits as they like (RFC 4291,
// 2.5.4; RFC 6177).
const networkBits = 64

// networkOf is what counts as one address: an IPv4 address, or the /64 of an IPv6 one; invalid if the address is.
func networkOf(address netip.Addr) netip.Prefix {
	network, _ := address.Prefix(min(networkBits, address.BitLen())) // an error makes it invalid
	return network
}

// networkHash is the length of a network's hash, in bytes: few of some thousand customers share one by chance, and it fits many
// addresses, so that it names none.
const networkHash = 3

// hashOf is a short name for a network, the same for all its connections to this deployment.
func hashOf(network netip.Prefix, key []byte) string {
	sum := hmac.New(sha256.New, key)
	sum.Write([]byte(network.String()))
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:networkHash])
}
