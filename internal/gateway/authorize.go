package gateway

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"rejoin/internal/auth"
	"rejoin/internal/chat"
	"rejoin/internal/telemetry"
)

// Keys of the authorizer's context. API Gateway repeats them as strings in requestContext.authorizer of every later
// event of the connection.
const (
	ContextWho   = "who"   // the person's id
	ContextRole  = "role"  // chat.Customer or chat.Agent
	ContextAdmin = "admin" // ContextTrue, or absent
	ContextAt    = "at"    // chat.Stamp, decimal
	ContextName  = "name"  // escaped: read with ContextText; absent when unknown
	ContextEmail = "email" // escaped: read with ContextText; absent when unknown
	// ContextNetwork is a short hash of a customer's network, as chat.Caller.Network; absent when unknown.
	ContextNetwork = "network"
	ContextUntil   = "until" // when an agent's token expires: chat.Millis, decimal; absent for customers
)

// ContextTrue is the value of a context key that is set.
const ContextTrue = "true"

const (
	tokenParameter = "token"
	siteParameter  = "site" // absent: the default one
	originHeader   = "Origin"
	// nobody is the principal of a refusal; API Gateway requires one.
	nobody = "unknown"
)

// AuthorizeEvent is what API Gateway sends the REQUEST authorizer of a WebSocket API. It has the fields of a $connect
// event. The authorizer type in aws-lambda-go is a REST API's and has no connection id.
type AuthorizeEvent struct {
	MethodArn string `json:"methodArn"`
	events.APIGatewayWebsocketProxyRequest
}

// Sites finds the shop with a key; auth.ErrRefused if there is none.
type Sites interface {
	Site(ctx context.Context, key string) (auth.Site, error)
}

// Verifier returns the identity that a token proves at a site; auth.ErrRefused if it proves none.
type Verifier interface {
	Verify(ctx context.Context, site auth.Site, token string) (auth.Identity, error)
}

// Blocklist tells whether a customer is blocked.
type Blocklist interface {
	Blocked(ctx context.Context, customerID string) (bool, error)
}

// Authorizer is the controller of $connect's REQUEST authorizer. All fields but those of the edge are required.
type Authorizer struct {
	Edge            Edge // nil: there is none
	EdgeOnly        bool // refuses what did not come through Edge
	Sites           Sites
	Verifier        Verifier
	Blocklist       Blocklist
	ConnectionLimit ConnectionLimit
	// NetworkKey is the key of the hashes of networks: without it nobody can find an address by trying them all.
	NetworkKey []byte
	Now        func() time.Time
	Rand       func(n int64) int64 // uniform in 0 … n−1
	Log        *slog.Logger

	full fullAddresses
}

// Handle allows or denies one connection. A denial reaches the client as HTTP 403. An error means that a key, secret or
// table could not be read, and becomes HTTP 500.
func (a *Authorizer) Handle(ctx context.Context, event AuthorizeEvent) (events.APIGatewayCustomAuthorizerResponse, error) {
	ctx = begin(ctx, routeAuthorize, event.RequestContext)
	identity, network, err := a.identify(ctx, event)
	now, line := a.Now(), telemetry.From(ctx)
	recordLatency(ctx, event.RequestContext, now)
	switch {
	case errors.Is(err, auth.ErrRefused), errors.Is(err, errTooManyConnections):
		code := codeRefused
		if errors.Is(err, errTooManyConnections) {
			code = codeTooMany
		}
		line.Write(ctx, a.Log, now, slog.LevelInfo, "connection refused", code, slog.String("reason", err.Error()))
		return policy(event.MethodArn, "Deny", nobody, nil), nil
	case err != nil:
		line.Write(ctx, a.Log, now, slog.LevelError, "connection not decided", string(chat.Unavailable), slog.String(chat.LogError, err.Error()))
		return events.APIGatewayCustomAuthorizerResponse{}, Recorded{err}
	}
	line.Write(ctx, a.Log, now, slog.LevelInfo, "connection allowed", telemetry.CodeOK)
	return policy(event.MethodArn, "Allow", identity.Who, a.callerContext(identity, network, now)), nil
}

// identify returns whose connection it is, and a customer's network.
func (a *Authorizer) identify(ctx context.Context, event AuthorizeEvent) (auth.Identity, netip.Prefix, error) {
	throughEdge, err := a.throughEdge(ctx, event)
	if err != nil {
		return auth.Identity{}, netip.Prefix{}, err
	}
	site, err := a.Sites.Site(ctx, event.QueryStringParameters[siteParameter])
	if err != nil {
		return auth.Identity{}, netip.Prefix{}, err
	}
	if !site.Origins.Allow(headerValues(event.APIGatewayWebsocketProxyRequest, originHeader)) {
		return auth.Identity{}, netip.Prefix{}, auth.Refuse("origin not allowed")
	}
	identity, err := a.Verifier.Verify(ctx, site, event.QueryStringParameters[tokenParameter])
	if err != nil && site.Key != "" {
		err = fmt.Errorf("site %s: %w", site.Key, err) // whose server made it
	}
	if err != nil || identity.Agent {
		return identity, netip.Prefix{}, err
	}
	network := networkOf(clientAddress(event, throughEdge))
	if err := a.limitConnections(ctx, network); err != nil {
		return identity, network, err
	}
	blocked, err := a.Blocklist.Blocked(ctx, identity.Who)
	if err == nil && blocked {
		err = auth.Refuse("customer is blocked")
	}
	return identity, network, err
}

func (a *Authorizer) callerContext(identity auth.Identity, network netip.Prefix, now time.Time) map[string]any {
	// The random part decides which of two connections of one millisecond is the newer one.
	at := chat.StampOf(chat.Millis(now.UnixMilli())) + chat.Stamp(a.Rand(chat.StampUnit))
	values := map[string]any{
		ContextWho:  identity.Who,
		ContextRole: string(chat.Customer),
		ContextAt:   strconv.FormatInt(int64(at), 10),
	}
	if identity.Agent {
		values[ContextRole] = string(chat.Agent)
	}
	if identity.Admin {
		values[ContextAdmin] = ContextTrue
	}
	if !identity.Until.IsZero() {
		values[ContextUntil] = strconv.FormatInt(identity.Until.UnixMilli(), 10)
	}
	if network.IsValid() {
		values[ContextNetwork] = hashOf(network, a.NetworkKey)
	}
	// The gateway also offers these values as HTTP headers, which must be one line of ASCII.
	if identity.Name != "" {
		values[ContextName] = url.PathEscape(identity.Name)
	}
	if identity.Email != "" {
		values[ContextEmail] = url.PathEscape(identity.Email)
	}
	return values
}

// ContextText is the text behind an escaped context value.
func ContextText(escaped string) string {
	text, err := url.PathUnescape(escaped)
	if err != nil {
		return escaped
	}
	return text
}

// policy allows or denies the one ARN that the event names.
func policy(arn, effect, principal string, values map[string]any) events.APIGatewayCustomAuthorizerResponse {
	return events.APIGatewayCustomAuthorizerResponse{
		PrincipalID: principal,
		PolicyDocument: events.APIGatewayCustomAuthorizerPolicy{
			Version: "2012-10-17",
			Statement: []events.IAMPolicyStatement{{
				Action: []string{"execute-api:Invoke"}, Effect: effect, Resource: []string{arn},
			}},
		},
		Context: values,
	}
}

// headerValues returns all values of a header. API Gateway keeps the client's spelling of the name, and its
// single-value map has only the last of several values.
func headerValues(request events.APIGatewayWebsocketProxyRequest, name string) []string {
	var values []string
	for key, list := range request.MultiValueHeaders {
		if strings.EqualFold(key, name) {
			values = append(values, list...)
		}
	}
	for key, value := range request.Headers {
		if strings.EqualFold(key, name) {
			values = append(values, value)
		}
	}
	return values
}
