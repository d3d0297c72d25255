package gateway_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/auth"
	"rejoin/internal/gateway"
)

// connectFrom sends a connection from an address, and tells whether it is let in.
func connectFrom(t *testing.T, a *gateway.Authorizer, address string) bool {
	t.Helper()
	event := connectEvent(nil)
	event.RequestContext.Identity.SourceIP = address
	got, err := a.Handle(t.Context(), event)
	require.NoError(t, err)
	return got.PolicyDocument.Statement[0].Effect == "Allow"
}

// TestOneAddress: what counts as one address, so that nobody has as many as they like.
func TestOneAddress(t *testing.T) {
	for _, tc := range []struct {
		name, first, second string
		one                 bool
	}{
		{"the same", "203.0.113.7", "203.0.113.7", true},
		{"a neighbour", "203.0.113.7", "203.0.113.8", false},
		{"written as IPv6", "203.0.113.7", "::ffff:203.0.113.7", true},
		{"neighbours written as IPv6", "::ffff:203.0.113.7", "::ffff:203.0.113.8", false},
		{"one network of IPv6", "2001:db8:1:2::7", "2001:db8:1:2:ffff:ffff:ffff:ffff", true},
		{"the next network of IPv6", "2001:db8:1:2::7", "2001:db8:1:3::7", false},
		{"a zone", "fe80::1%eth0", "fe80::1%eth1", true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := authorizer(&bytes.Buffer{})
			a.ConnectionLimit = connectionLimit{map[netip.Prefix]int{}, 1, nil}
			assert.True(t, connectFrom(t, a, tc.first))
			assert.Equal(t, !tc.one, connectFrom(t, a, tc.second))
		})
	}
}

// networkOf is the hash of the network that a connection is given.
func networkOf(t *testing.T, a *gateway.Authorizer, address string) string {
	t.Helper()
	event := connectEvent(nil)
	event.RequestContext.Identity.SourceIP = address
	got, err := a.Handle(t.Context(), event)
	require.NoError(t, err)
	hash, _ := got.Context[gateway.ContextNetwork].(string)
	return hash
}

// TestNetworkHash: short, the same for one network, another for another network or deployment, and it does not say which.
func TestNetworkHash(t *testing.T) {
	a, b := authorizer(&bytes.Buffer{}), authorizer(&bytes.Buffer{})
	a.NetworkKey, b.NetworkKey = []byte("stack/1"), []byte("stack/2")
	one := networkOf(t, a, "203.0.113.7")
	assert.Regexp(t, `^[\w-]{4}$`, one)
	assert.Equal(t, one, networkOf(t, a, "::ffff:203.0.113.7"))
	assert.NotEqual(t, one, networkOf(t, a, "203.0.113.8"))
	assert.NotEqual(t, one, networkOf(t, b, "203.0.113.7"))
	assert.Equal(t, networkOf(t, a, "2001:db8:1:2::7"), networkOf(t, a, "2001:db8:1:2:8::"))
	assert.NotEqual(t, networkOf(t, a, "2001:db8:1:2::7"), networkOf(t, a, "2001:db8:1:3::7"))
	assert.Empty(t, networkOf(t, a, "localhost"))
	a.Verifier = verify{identity: auth.Identity{Who: "a_1", Agent: true}}
	assert.Empty(t, networkOf(t, a, "203.0.113.7"), "an agent's is nobody's business")
}

// TestTooManyConnections: the refusal has a reason and a code of its own, and names no address.
func TestTooManyConnections(t *testing.T) {
	var log bytes.Buffer
	a := authorizer(&log)
	a.ConnectionLimit = connectionLimit{map[netip.Prefix]int{}, 0, nil}
	assert.False(t, connectFrom(t, a, "203.0.113.7"))
	var line map[string]any
	require.NoError(t, json.Unmarshal(log.Bytes(), &line), "one line")
	assert.Equal(t, "too_many", line["Code"])
	assert.Equal(t, "too many connections from this address", line["reason"])
	assert.NotContains(t, log.String(), "203.0.113.7")
}

// TestTheRestOfAFloodCostsNoWrite: an address that is beyond the limit stays so for the rest of the minute, which is asked
// once. The next minute, and any other address, is counted.
func TestTheRestOfAFloodCostsNoWrite(t *testing.T) {
	came := map[netip.Prefix]int{}
	now := time.UnixMilli(1_795_478_400_000) // a minute begins
	a := authorizer(&bytes.Buffer{})
	a.ConnectionLimit, a.Now = connectionLimit{came, 2, nil}, func() time.Time { return now }
	flood := func() (in int) {
		for range 50 {
			if connectFrom(t, a, "203.0.113.7") {
				in++
			}
		}
		return in
	}
	here := netip.MustParsePrefix("203.0.113.7/32")
	assert.Equal(t, 2, flood())
	assert.Equal(t, 3, came[here], "two came in, and one was refused")
	now = now.Add(time.Minute - time.Millisecond)
	assert.Zero(t, flood())
	assert.Equal(t, 3, came[here])
	assert.True(t, connectFrom(t, a, "203.0.113.8"))

	now = now.Add(time.Millisecond)
	came[here] = 0 // it is another minute's
	assert.Equal(t, 2, flood())
	assert.Equal(t, 3, came[here])
}

// TestAgentsAreNotCounted: an agent's log-in is proof enough, whatever else comes from their address.
func TestAgentsAreNotCounted(t *testing.T) {
	came := map[netip.Prefix]int{}
	a := authorizer(&bytes.Buffer{})
	a.ConnectionLimit = connectionLimit{came, 0, nil}
	a.Verifier = verify{identity: auth.Identity{Who: "a_1", Agent: true}}
	assert.True(t, connectFrom(t, a, "203.0.113.7"))
	assert.Empty(t, came)
}

// TestRefusedTokensAreNotCounted: they cost no write.
func TestRefusedTokensAreNotCounted(t *testing.T) {
	came := map[netip.Prefix]int{}
	a := authorizer(&bytes.Buffer{})
	a.ConnectionLimit = connectionLimit{came, 1000, nil}
	a.Verifier = verify{err: auth.Refuse("expired")}
	assert.False(t, connectFrom(t, a, "203.0.113.7"))
	assert.Empty(t, came)
}

// TestNobodyIsRefusedWithoutACount: a count that fails, or an address that is none, keeps no customer out.
func TestNobodyIsRefusedWithoutACount(t *testing.T) {
	var log bytes.Buffer
	a := authorizer(&log)
	a.ConnectionLimit = connectionLimit{map[netip.Prefix]int{}, 0, errors.New("throttled")}
	for range 3 {
		assert.True(t, connectFrom(t, a, "203.0.113.7"), "nor does it for the rest of the minute")
	}
	assert.Contains(t, log.String(), `"connection not counted"`)

	a.ConnectionLimit = connectionLimit{map[netip.Prefix]int{}, 0, nil}
	for _, none := range []string{"", "localhost", "203.0.113.7:443"} {
		assert.True(t, connectFrom(t, a, none), none)
	}
}
