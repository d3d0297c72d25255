package gateway

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/netip"
)

// networkBits is how much of an IPv6 address identifies one subscriber, who may use the other 64 bits as they like (RFC 4291,
// 2.5.4; RFC 6177).
const networkBits = 64

// networkOf is what counts as one address: an IPv4 address, or the /64 of an IPv6 one; invalid if the address is.
func networkOf(address netip.Addr) netip.Prefix {
	network, _ := address.Prefix(min(networkBits, address.BitLen())) // an error makes it invalid
	return network
}

// networkHash is the length of a network's hash, in bytes. It is long enough that few of some thousand customers share one by
// chance, and short enough that it fits many addresses and so identifies none.
const networkHash = 3

// hashOf is a short name for a network, the same for all its connections to this deployment.
func hashOf(network netip.Prefix, key []byte) string {
	sum := hmac.New(sha256.New, key)
	sum.Write([]byte(network.String()))
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:networkHash])
}
