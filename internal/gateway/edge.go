package gateway

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"strings"

	"rejoin/internal/auth"
)

// Headers that the stage's CloudFront distribution adds to a request, in place of any that the client sent. The template names them.
const (
	EdgeHeader    = "X-Rejoin-Edge"             // its secret
	AddressHeader = "CloudFront-Viewer-Address" // the client's address and port
)

// Edge proves that a request came through the stage's CloudFront distribution.
type Edge interface {
	// Check returns nil if one of these values is the secret that the distribution adds; auth.ErrRefused if none is.
	Check(ctx context.Context, given []string) error
}

// throughEdge tells whether the distribution's secret proves that an event came through it; auth.ErrRefused if it has to and does not.
func (a *Authorizer) throughEdge(ctx context.Context, event AuthorizeEvent) (bool, error) {
	if a.Edge == nil {
		return false, nil
	}
	err := a.Edge.Check(ctx, headerValues(event.APIGatewayWebsocketProxyRequest, EdgeHeader))
	if errors.Is(err, auth.ErrRefused) && !a.EdgeOnly {
		return false, nil
	}
	return err == nil, err
}

// clientAddress is the address that a connection comes from, without a zone; invalid if the gateway names none. Behind the edge the
// gateway sees only CloudFront's servers, and what CloudFront says counts; a client could say anything.
func clientAddress(event AuthorizeEvent, throughEdge bool) netip.Addr {
	if throughEdge {
		said := slices.Compact(headerValues(event.APIGatewayWebsocketProxyRequest, AddressHeader))
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
