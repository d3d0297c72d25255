package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEdge: sockets through the distribution cost a request each, and nothing by the month without a firewall.
func TestEdge(t *testing.T) {
	events := map[string]event{text: {Base: operations{sentBytes: gb}}}
	m := month{chats: 10, texts: 1, minutes: 5, visits: 100, agents: 2, hours: 1, edge: noEdge}
	sockets := 10*(1+reconnects) + 2*days*1.0
	requests, out, away := item{"CloudFront", "requests"}, item{"CloudFront", "data out"}, item{"Data transfer", "out of the region"}
	before := m.usage(events)
	for _, edge := range []string{openEdge, wafEdge} {
		m.edge = edge
		after := m.usage(events)
		assert.InDelta(t, before[requests]+sockets, after[requests], 1e-6)
		assert.InDelta(t, before[out]+before[away], after[out], 1e-6)
		assert.Zero(t, after[away])
		for line, want := range map[string]float64{"web ACLs": 1, "rules": 1, "requests": after[requests]} {
			if edge == openEdge {
				want = 0
			}
			assert.InDelta(t, want, after[item{"WAF", line}], 1e-6, "%s of %s", line, edge)
		}
	}
	_, err := ask([]string{"-EDGE=on"})
	require.ErrorContains(t, err, "EDGE is none, open or waf")
}
