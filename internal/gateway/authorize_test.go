package gateway_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/auth"
	"rejoin/internal/chat"
	"rejoin/internal/gateway"
	"rejoin/internal/telemetry"
)

const (
	arn    = "arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/live/$connect"
	origin = "https://shop.example"
	mugs   = "https://mugs.example"
	token  = "the-token"
)

// sites are the default shop and another one.
type sites struct{ err error }

func (s sites) Site(_ context.Context, key string) (auth.Site, error) {
	switch key {
	case "":
		return auth.Site{Origins: auth.Origins{origin}}, s.err
	case "mugs":
		return auth.Site{Key: key, Origins: auth.Origins{mugs}}, s.err
	}
	return auth.Site{}, auth.Refuse("unknown site")
}

// verify accepts the one token that it knows.
type verify struct {
	identity auth.Identity
	err      error
}

func (v verify) Verify(_ context.Context, _ auth.Site, given string) (auth.Identity, error) {
	if given != token {
		return auth.Identity{}, auth.Refuse("another token")
	}
	return v.identity, v.err
}

type blocklist struct {
	blocked string
	err     error
}

func (b blocklist) Blocked(_ context.Context, id string) (bool, error) { return id == b.blocked, b.err }

// connectionLimit count up to a limit.
type connectionLimit struct {
	came map[netip.Prefix]int
	most int
	err  error
}

func (a connectionLimit) Count(_ context.Context, from netip.Prefix, _ time.Time) (bool, error) {
	a.came[from]++
	return a.came[from] <= a.most, a.err
}

func authorizer(log *bytes.Buffer) *gateway.Authorizer {
	return &gateway.Authorizer{
		Verifier:        verify{identity: auth.Identity{Who: "v_1"}},
		Blocklist:       blocklist{},
		ConnectionLimit: connectionLimit{map[netip.Prefix]int{}, 1000, nil},
		Sites:           sites{},
		Now:             func() time.Time { return time.UnixMilli(1_795_478_400_123) },
		Rand:            func(n int64) int64 { return n - 1 },
		Log:             telemetry.NewLogger(log, "rejoin"),
	}
}

func connectEvent(header map[string]string) gateway.AuthorizeEvent {
	return gateway.AuthorizeEvent{MethodArn: arn, APIGatewayWebsocketProxyRequest: events.APIGatewayWebsocketProxyRequest{
		Headers:               header,
		QueryStringParameters: map[string]string{"token": token},
		RequestContext:        events.APIGatewayWebsocketProxyRequestContext{RequestID: "req-1", ConnectionID: "conn-1"},
	}}
}

func requireEffect(t *testing.T, effect string, response events.APIGatewayCustomAuthorizerResponse) {
	t.Helper()
	require.Equal(t, events.APIGatewayCustomAuthorizerPolicy{
		Version: "2012-10-17",
		Statement: []events.IAMPolicyStatement{{
			Action: []string{"execute-api:Invoke"}, Effect: effect, Resource: []string{arn},
		}},
	}, response.PolicyDocument)
}

func TestAuthorizeAllows(t *testing.T) {
	for name, tc := range map[string]struct {
		identity auth.Identity
		want     map[string]any
	}{
		"visitor": {
			auth.Identity{Who: "v_1"},
			map[string]any{"who": "v_1", "role": "customer"},
		},
		"known customer": {
			auth.Identity{Who: "c_1", Name: "김 민지", Email: "m+1@example.kr"},
			map[string]any{"who": "c_1", "role": "customer", "name": "%EA%B9%80%20%EB%AF%BC%EC%A7%80", "email": "m+1@example.kr"},
		},
		"agent": {
			auth.Identity{Who: "a_1", Agent: true, Name: "Bo", Until: time.UnixMilli(1_795_478_460_000)},
			map[string]any{"who": "a_1", "role": "agent", "name": "Bo", "until": "1795478460000"},
		},
		"admin": {
			auth.Identity{Who: "a_1", Agent: true, Admin: true},
			map[string]any{"who": "a_1", "role": "agent", "admin": "true"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			a := authorizer(&log)
			a.Verifier = verify{identity: tc.identity}
			a.Blocklist = blocklist{blocked: "a_1"} // it holds customers; agents are not looked up
			got, err := a.Handle(t.Context(), connectEvent(map[string]string{"origin": origin}))
			require.NoError(t, err)
			requireEffect(t, "Allow", got)
			assert.Equal(t, tc.identity.Who, got.PrincipalID)
			tc.want["at"] = "1795478400123999999"
			assert.Equal(t, tc.want, got.Context)
			for _, key := range []string{gateway.ContextName, gateway.ContextEmail} {
				if text, ok := got.Context[key].(string); ok {
					want := map[string]string{gateway.ContextName: tc.identity.Name, gateway.ContextEmail: tc.identity.Email}[key]
					assert.Equal(t, want, gateway.ContextText(text))
				}
			}
			assert.Contains(t, log.String(), "connection allowed")
		})
	}
}

// TestAuthorizeAtAShop: the named shop checks the token, and its key is in the customer's id.
func TestAuthorizeAtAShop(t *testing.T) {
	body, err := os.ReadFile("../../events/authorize.json")
	require.NoError(t, err)
	var event gateway.AuthorizeEvent
	require.NoError(t, json.Unmarshal(body, &event))
	a := authorizer(&bytes.Buffer{})
	a.Verifier = &auth.Verifier{Now: func() time.Time { return time.UnixMilli(event.RequestContext.RequestTimeEpoch) }}
	event.QueryStringParameters["site"] = "mugs"
	event.Headers = map[string]string{"Origin": mugs}
	event.MultiValueHeaders = nil
	got, err := a.Handle(t.Context(), event)
	require.NoError(t, err)
	requireEffect(t, "Allow", got)
	who := chat.PersonID(got.Context[gateway.ContextWho].(string))
	assert.Equal(t, chat.PersonID("v_mugs:o1pJVMAws0-MqlKzhgffJr0h657Zd8oQwxspoV"), who)
	assert.Equal(t, "mugs", who.Site())

	a.Blocklist = blocklist{blocked: string(who)}
	got, err = a.Handle(t.Context(), event)
	require.NoError(t, err)
	requireEffect(t, "Deny", got)
}

// TestAuthorizeNamesTheShopOfARefusedToken: the reason in the log is all that the shop's operator has to go by.
func TestAuthorizeNamesTheShopOfARefusedToken(t *testing.T) {
	var log bytes.Buffer
	a := authorizer(&log)
	a.Verifier = verify{err: auth.Refuse("sub is too long")}
	event := connectEvent(map[string]string{"Origin": mugs})
	event.QueryStringParameters["site"] = "mugs"
	got, err := a.Handle(t.Context(), event)
	require.NoError(t, err)
	requireEffect(t, "Deny", got)
	assert.Contains(t, log.String(), `"reason":"site mugs: token refused: sub is too long"`)
}

func TestContextTextUnescaped(t *testing.T) {
	assert.Equal(t, "100 %", gateway.ContextText("100 %"))
	assert.Empty(t, gateway.ContextText(""))
}

func TestAuthorizeDenies(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(*gateway.Authorizer, *gateway.AuthorizeEvent)
		reason string
	}{
		"a refused token": {func(a *gateway.Authorizer, _ *gateway.AuthorizeEvent) {
			a.Verifier = verify{identity: auth.Identity{Who: "v_1"}, err: auth.Refuse("expired")}
		}, "expired"},
		"another token": {func(_ *gateway.Authorizer, e *gateway.AuthorizeEvent) {
			e.QueryStringParameters = map[string]string{"token": "other"}
		}, "another token"},
		"no token": {func(_ *gateway.Authorizer, e *gateway.AuthorizeEvent) {
			e.QueryStringParameters = nil
		}, "another token"},
		"a blocked customer": {func(a *gateway.Authorizer, _ *gateway.AuthorizeEvent) {
			a.Blocklist = blocklist{blocked: "v_1"}
		}, "blocked"},
		"another origin": {func(_ *gateway.Authorizer, e *gateway.AuthorizeEvent) {
			e.Headers = map[string]string{"Origin": "https://evil.example"}
		}, "origin"},
		"another origin, in capitals": {func(_ *gateway.Authorizer, e *gateway.AuthorizeEvent) {
			e.Headers = map[string]string{"ORIGIN": "https://evil.example"}
		}, "origin"},
		"a sandboxed page": {func(_ *gateway.Authorizer, e *gateway.AuthorizeEvent) {
			e.Headers = map[string]string{"origin": "null"}
		}, "origin"},
		"an empty origin": {func(_ *gateway.Authorizer, e *gateway.AuthorizeEvent) {
			e.Headers = map[string]string{"origin": ""}
		}, "origin"},
		"a second origin": {func(_ *gateway.Authorizer, e *gateway.AuthorizeEvent) {
			e.Headers = map[string]string{"Origin": origin}
			e.MultiValueHeaders = map[string][]string{"Origin": {"https://evil.example", origin}}
		}, "origin"},
		"another shop's origin": {func(_ *gateway.Authorizer, e *gateway.AuthorizeEvent) {
			e.Headers = map[string]string{"Origin": mugs}
		}, "origin"},
		"the default shop's origin at another": {func(_ *gateway.Authorizer, e *gateway.AuthorizeEvent) {
			e.Headers = map[string]string{"Origin": origin}
			e.QueryStringParameters["site"] = "mugs"
		}, "origin"},
		"no such shop": {func(_ *gateway.Authorizer, e *gateway.AuthorizeEvent) {
			e.QueryStringParameters["site"] = "cups"
		}, "unknown site"},
		"only in the lists": {func(_ *gateway.Authorizer, e *gateway.AuthorizeEvent) {
			e.MultiValueHeaders = map[string][]string{"origin": {"https://evil.example"}}
		}, "origin"},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			a, event := authorizer(&log), connectEvent(nil)
			tc.change(a, &event)
			got, err := a.Handle(t.Context(), event)
			require.NoError(t, err)
			requireEffect(t, "Deny", got)
			assert.Empty(t, got.Context)

			var line map[string]any
			require.NoError(t, json.Unmarshal(log.Bytes(), &line), "one line of JSON")
			assert.Equal(t, "req-1", line["requestId"])
			assert.Equal(t, "conn-1", line["connectionId"])
			assert.Contains(t, line["reason"], tc.reason)
			assert.NotContains(t, log.String(), token)
		})
	}
}

// Undecided is neither allowed nor denied: the gateway answers 500 and the client tries again.
func TestAuthorizeUndecided(t *testing.T) {
	down := errors.New("down")
	for name, change := range map[string]func(*gateway.Authorizer){
		"keys or secret": func(a *gateway.Authorizer) { a.Verifier = verify{identity: auth.Identity{Who: "v_1"}, err: down} },
		"sites":          func(a *gateway.Authorizer) { a.Sites = sites{down} },
		"store":          func(a *gateway.Authorizer) { a.Blocklist = blocklist{err: down} },
		"store, blocked": func(a *gateway.Authorizer) { a.Blocklist = blocklist{blocked: "v_1", err: down} },
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			a := authorizer(&log)
			change(a)
			got, err := a.Handle(t.Context(), connectEvent(nil))
			require.ErrorIs(t, err, down)
			assert.Zero(t, got)
			assert.Equal(t, 1, strings.Count(log.String(), "\n"), "logged once")
			assert.Contains(t, log.String(), `"level":"ERROR"`)
			assert.NotContains(t, log.String(), token)
		})
	}
}

// The example event has a real token of a visitor, so it is really checked, at its own time.
func TestAuthorizeExample(t *testing.T) {
	body, err := os.ReadFile("../../events/authorize.json")
	require.NoError(t, err)
	var event gateway.AuthorizeEvent
	require.NoError(t, json.Unmarshal(body, &event))
	at := time.UnixMilli(event.RequestContext.RequestTimeEpoch)

	var log bytes.Buffer
	a := authorizer(&log)
	a.Now = func() time.Time { return at }
	a.Verifier = &auth.Verifier{Now: a.Now} // visitors need no secret and no issuer
	got, err := a.Handle(t.Context(), event)
	require.NoError(t, err)
	answer, err := json.Marshal(got)
	require.NoError(t, err)
	assert.JSONEq(t, `{
		"principalId": "v_o1pJVMAws0-MqlKzhgffJr0h657Zd8oQwxspoVFdFzc",
		"policyDocument": {
			"Version": "2012-10-17",
			"Statement": [{"Action": ["execute-api:Invoke"], "Effect": "Allow",
				"Resource": ["arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/live/$connect"]}]
		},
		"context": {"who": "v_o1pJVMAws0-MqlKzhgffJr0h657Zd8oQwxspoVFdFzc", "role": "customer", "at": "1795478400123999999", "name": "%EA%B9%80%EB%AF%BC%EC%A7%80", "network": "OMIF"}
	}`, string(answer))

	at = at.Add(48 * time.Hour)
	got, err = a.Handle(t.Context(), event)
	require.NoError(t, err)
	requireEffect(t, "Deny", got)
	assert.NotContains(t, log.String(), event.QueryStringParameters["token"])
	assert.Contains(t, log.String(), event.RequestContext.ConnectionID)
}

// An emulator sends names in lower case, null for absent values, and fields that AWS does not have.
func TestAuthorizeEmulatorEvent(t *testing.T) {
	var event gateway.AuthorizeEvent
	require.NoError(t, json.Unmarshal([]byte(`{
		"type": "REQUEST", "methodArn": "`+arn+`",
		"headers": {"host": "localhost:4566", "origin": "https://evil.example"},
		"multiValueHeaders": {"host": ["localhost:4566"], "origin": ["https://evil.example"]},
		"queryStringParameters": {"token": "`+token+`"}, "multiValueQueryStringParameters": {"token": ["`+token+`"]},
		"stageVariables": null,
		"requestContext": {"routeKey": "$connect", "eventType": "CONNECT", "connectedAt": 1795478400123, "messageDirection": "IN",
			"requestTimeEpoch": 1795478400123, "identity": {"sourceIp": "127.0.0.1", "userAgent": ""}, "requestId": "r",
			"domainName": "x.execute-api.localhost", "connectionId": "0123456789abcdef", "apiId": "x", "stage": "live"}
	}`), &event))
	var log bytes.Buffer
	got, err := authorizer(&log).Handle(t.Context(), event)
	require.NoError(t, err)
	requireEffect(t, "Deny", got)
	assert.Contains(t, log.String(), "0123456789abcdef")

	delete(event.Headers, "origin")
	delete(event.MultiValueHeaders, "origin")
	got, err = authorizer(&log).Handle(t.Context(), event)
	require.NoError(t, err)
	requireEffect(t, "Allow", got)
}
