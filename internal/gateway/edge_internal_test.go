package gateway

import (
	"context"
	"net/netip"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
)

type openEdge struct{}

func (openEdge) Check(context.Context, []string) error { return nil }

// TestClientAddress: what a client says of its own address counts nowhere.
func TestClientAddress(t *testing.T) {
	for name, tc := range map[string]struct {
		edge   Edge
		said   []string
		source string
		want   string
	}{
		"at the gateway":                    {nil, nil, "203.0.113.7", "203.0.113.7"},
		"at the gateway, IPv6":              {nil, nil, "2001:db8::7", "2001:db8::7"},
		"at the gateway, mapped":            {nil, nil, "::ffff:203.0.113.7", "203.0.113.7"},
		"at the gateway, with a zone":       {nil, nil, "fe80::7%eth0", "fe80::7"},
		"a client that speaks as the edge":  {nil, []string{"198.51.100.1:1"}, "203.0.113.7", "203.0.113.7"},
		"behind the edge":                   {openEdge{}, []string{"198.51.100.1:46532"}, "203.0.113.7", "198.51.100.1"},
		"behind the edge, IPv6":             {openEdge{}, []string{"2001:db8::8a2e:46532"}, "203.0.113.7", "2001:db8::8a2e"},
		"behind the edge, IPv6 in full":     {openEdge{}, []string{"2001:db8:0:1:2:3:4:5:46532"}, "203.0.113.7", "2001:db8:0:1:2:3:4:5"},
		"behind the edge, in both maps":     {openEdge{}, []string{"198.51.100.1:46532", "198.51.100.1:46532"}, "203.0.113.7", "198.51.100.1"},
		"behind the edge, said twice":       {openEdge{}, []string{"198.51.100.1:1", "198.51.100.2:1"}, "203.0.113.7", "203.0.113.7"},
		"behind the edge, nothing said":     {openEdge{}, nil, "203.0.113.7", "203.0.113.7"},
		"behind the edge, no port":          {openEdge{}, []string{"198.51.100.1"}, "203.0.113.7", "203.0.113.7"},
		"behind the edge, IPv6 and no port": {openEdge{}, []string{"2001:db8:0:1:2:3:4:5"}, "203.0.113.7", "203.0.113.7"},
		"behind the edge, no address":       {openEdge{}, []string{"unknown:1"}, "203.0.113.7", "203.0.113.7"},
		"nobody knows":                      {nil, nil, "", "invalid IP"},
	} {
		t.Run(name, func(t *testing.T) {
			event := AuthorizeEvent{APIGatewayWebsocketProxyRequest: events.APIGatewayWebsocketProxyRequest{
				MultiValueHeaders: map[string][]string{"cloudfront-viewer-address": tc.said},
				RequestContext: events.APIGatewayWebsocketProxyRequestContext{
					Identity: events.APIGatewayRequestIdentity{SourceIP: tc.source},
				},
			}}
			got := (&Authorizer{Edge: tc.edge}).clientAddress(event)
			assert.Equal(t, tc.want, got.String())
			assert.Equal(t, netip.Addr{} != got, got.IsValid())
		})
	}
}
