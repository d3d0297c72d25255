package gateway

import (
	"net/netip"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
)

// TestClientAddress: what a client says of its own address counts nowhere.
func TestClientAddress(t *testing.T) {
	for name, tc := range map[string]struct {
		edge   bool
		said   []string
		source string
		want   string
	}{
		"at the gateway":                    {false, nil, "203.0.113.7", "203.0.113.7"},
		"at the gateway, IPv6":              {false, nil, "2001:db8::7", "2001:db8::7"},
		"at the gateway, mapped":            {false, nil, "::ffff:203.0.113.7", "203.0.113.7"},
		"at the gateway, with a zone":       {false, nil, "fe80::7%eth0", "fe80::7"},
		"a client that speaks as the edge":  {false, []string{"198.51.100.1:1"}, "203.0.113.7", "203.0.113.7"},
		"behind the edge":                   {true, []string{"198.51.100.1:46532"}, "203.0.113.7", "198.51.100.1"},
		"behind the edge, IPv6":             {true, []string{"2001:db8::8a2e:46532"}, "203.0.113.7", "2001:db8::8a2e"},
		"behind the edge, IPv6 in full":     {true, []string{"2001:db8:0:1:2:3:4:5:46532"}, "203.0.113.7", "2001:db8:0:1:2:3:4:5"},
		"behind the edge, in both maps":     {true, []string{"198.51.100.1:46532", "198.51.100.1:46532"}, "203.0.113.7", "198.51.100.1"},
		"behind the edge, said twice":       {true, []string{"198.51.100.1:1", "198.51.100.2:1"}, "203.0.113.7", "203.0.113.7"},
		"behind the edge, nothing said":     {true, nil, "203.0.113.7", "203.0.113.7"},
		"behind the edge, no port":          {true, []string{"198.51.100.1"}, "203.0.113.7", "203.0.113.7"},
		"behind the edge, IPv6 and no port": {true, []string{"2001:db8:0:1:2:3:4:5"}, "203.0.113.7", "203.0.113.7"},
		"behind the edge, no address":       {true, []string{"unknown:1"}, "203.0.113.7", "203.0.113.7"},
		"nobody knows":                      {false, nil, "", "invalid IP"},
	} {
		t.Run(name, func(t *testing.T) {
			event := AuthorizeEvent{APIGatewayWebsocketProxyRequest: events.APIGatewayWebsocketProxyRequest{
				MultiValueHeaders: map[string][]string{"cloudfront-viewer-address": tc.said},
				RequestContext: events.APIGatewayWebsocketProxyRequestContext{
					Identity: events.APIGatewayRequestIdentity{SourceIP: tc.source},
				},
			}}
			got := clientAddress(event, tc.edge)
			assert.Equal(t, tc.want, got.String())
			assert.Equal(t, netip.Addr{} != got, got.IsValid())
		})
	}
}
