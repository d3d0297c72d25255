package gateway

import (
	"context"
	"net/netip"
	"slices"
	"strings"
)

// Headers that the stage's CloudFront distribution adds to a request, in place of any that the client sent.
const (
	edgeHeader    = "X-Rejoin-Edge"             // its secret
	addressHeader = "CloudFront-Viewer-Address" // the client's address and port
)

// Edge proves that a request came through the stage's CloudFront distribution.
type Edge interface {
	// Check returns nil if one of these values is the secret that the distribution adds; auth.ErrRefused if none is.
	Check(ctx context.Context, given []string) error
}

// clientAddress is the address that a connection comes from, without a zone; invalid if the gateway names none. Behind the edge
// the gateway knows only CloudFront's servers, and what CloudFront says counts, since identify has seen its secret.
func (a *Authorizer) clientAddress(event AuthorizeEvent) netip.Addr {
	if a.Edge != nil {
		said := slices.Compact(headerValues(event.APIGatewayWebsocketProxyRequest, addressHeader))
		if len(said) == 1 {
			if viewer, ok := viewerAddress(said[0]); ok {
				return viewer
			}
		}
	}
	source, err := netip.ParseAddr(event.RequestContext.Identity.SourceIP)
	if err != nil {
		return netip.Addr{}
	}
	return source.WithZone("").Unmap()
}

// viewerAddress reads "198.51.100.7:46532" or "2001:db8::7:46532": the port follows the last colon, and IPv6 has no brackets.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html
func viewerAddress(said string) (netip.Addr, bool) {
	port := strings.LastIndexByte(said, ':')
	if port < 0 {
		return netip.Addr{}, false
	}
	viewer, err := netip.ParseAddr(said[:port])
	return viewer.WithZone("").Unmap(), err == nil
}
