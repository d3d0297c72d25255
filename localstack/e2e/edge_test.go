package e2e_test

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// edgeHeader is what the distribution adds; here a client sends it, since an emulator's distribution leads nowhere.
const edgeHeader = "X-Rejoin-Edge"

// TestEdge puts a firewall in front of a stage and takes it away again, by the commands of docs/deploy.md. With it, nobody connects who
// does not bring the distribution's secret; nothing of it is left afterwards.
func TestEdge(t *testing.T) {
	t.Parallel()
	home := runningStack(t).account("210987654324")
	east := home
	east.Region = "us-east-1"
	before, firewalls := home.resources(t), east.resources(t)["stacks"]
	deploy := func(params string) string {
		file := filepath.Join(t.TempDir(), "params.json")
		require.NoError(t, os.WriteFile(file, []byte(params), 0o600))
		return home.make(t, "deploy", "STAGE=gate", "PARAMS="+file)
	}

	deploy(`{"Edge": "open"}`)
	gate := home.deployed(t, "gate")
	connects := func(header http.Header, status int) {
		t.Helper()
		conn, response, err := gate.dial(t, gate.customerToken(t, unique("cust")), header)
		if status == http.StatusSwitchingProtocols {
			require.NoError(t, err)
			require.NoError(t, conn.CloseNow())
			return
		}
		require.Error(t, err)
		assert.Equal(t, status, response.StatusCode)
	}
	connects(nil, http.StatusSwitchingProtocols)
	assert.Equal(t, firewalls, east.resources(t)["stacks"], "an open edge has none")

	assert.NotContains(t, deploy(`{"Edge": "waf", "EdgeRate": 50, "ConnectsFromOne": 3}`), "Note: ")
	assert.Equal(t, firewalls+1, east.resources(t)["stacks"])
	secret := home.secrets(t, "/rejoin/gate/edge-secret")[0]
	connects(nil, http.StatusForbidden)
	connects(http.Header{edgeHeader: {secret[1:]}}, http.StatusForbidden)
	connects(http.Header{"CloudFront-Viewer-Address": {"198.51.100.1:1"}}, http.StatusForbidden)
	connects(http.Header{edgeHeader: {secret}}, http.StatusSwitchingProtocols)

	t.Run("an address counts as the distribution names it", func(t *testing.T) { gate.countsAddresses(t, secret) })

	home.make(t, "secret", "STAGE=gate", "EDGE=1")
	both := home.secrets(t, "/rejoin/gate/edge-secret")
	require.Len(t, both, 2)
	assert.Equal(t, secret, both[1])
	connects(http.Header{edgeHeader: {secret}}, http.StatusSwitchingProtocols)
	out, err := home.try(t, nil, "secret", "STAGE=gate", "EDGE=1")
	require.Error(t, err)
	assert.Contains(t, out, "The distribution does not send the newest secret yet: `make deploy STAGE=gate` first.")

	assert.Contains(t, deploy(`{}`), "Note: Pages that are open connect through the distribution")
	assert.Equal(t, firewalls, east.resources(t)["stacks"])
	connects(nil, http.StatusSwitchingProtocols)

	deploy(`{"Edge": "waf"}`)
	home.make(t, "destroy", "STAGE=gate", "YES=gate")
	assert.Equal(t, before, home.resources(t), "of the stage nothing is left")
	assert.Equal(t, firewalls, east.resources(t)["stacks"])
}

// countsAddresses connects seven times as one address, of which three may within a minute, so that one is refused even if a minute ends
// meanwhile. Another address is let in. The address of this machine, where all of them come from, counts for nothing.
func (s stack) countsAddresses(t *testing.T, secret string) {
	refused := 0
	as := func(address string) bool {
		header := http.Header{edgeHeader: {secret}, "CloudFront-Viewer-Address": {address}}
		conn, _, err := s.dial(t, s.customerToken(t, unique("cust")), header)
		if err == nil {
			require.NoError(t, conn.CloseNow())
		}
		return err == nil
	}
	for range 7 {
		if !as("2001:db8::1:46532") {
			refused++
		}
	}
	assert.Positive(t, refused)
	assert.True(t, as("2001:db8:0:1::1:46532"), "another /64")
	assert.True(t, as("198.51.100.1:46532"))
}
