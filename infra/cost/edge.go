package main

import "errors"

// The values of the template's parameter Edge.
const (
	noEdge   = "none"
	openEdge = "open"
	wafEdge  = "waf"
)

func checkEdge(edge string) error {
	if edge != noEdge && edge != openEdge && edge != wafEdge {
		return errors.New("EDGE is none, open or waf")
	}
	return nil
}

// throughEdge moves the sockets from API Gateway's own address to the distribution: a request for each, and what the gateway sends
// leaves from there. What AWS sends to CloudFront is free. What clients send is left out: a million frames are less than half a GB.
func (m month) throughEdge(use map[item]float64) {
	if m.edge == noEdge || m.edge == "" {
		return
	}
	times, out := m.times(), item{"Data transfer", "out of the region"}
	use[item{"CloudFront", "requests"}] += times[authorize] + times[agentAuthorize]
	use[item{"CloudFront", "data out"}] += use[out]
	use[out] = 0
	if m.edge == wafEdge {
		use[item{"WAF", "web ACLs"}], use[item{"WAF", "rules"}] = 1, 1
		use[item{"WAF", "requests"}] = use[item{"CloudFront", "requests"}]
	}
}
