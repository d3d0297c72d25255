package infra_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const webACL = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/edge/1"

// choices are the options of a deployment, each with its parameters. Any of them can be combined.
func choices() map[string]map[string]string {
	return map[string]map[string]string{
		"pages":    {"PagesDomain": "chat.shop.example", "PagesCertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/1"},
		"ws":       {"WsDomain": "ws.shop.example", "WsCertificateArn": "arn:aws:acm:ap-northeast-2:123456789012:certificate/2"},
		"zone":     {"HostedZoneId": "Z1"},
		"pool":     {"UserPoolId": "eu-west-1_Abc123", "LoginDomain": "login.shop.example"},
		"client":   {"UserPoolId": "eu-west-1_Abc123", "LoginDomain": "login.shop.example", "UserPoolClientId": "client1"},
		"emulator": {"EmulatorHost": "localhost:4566"},
		"origins":  {"AllowedOrigins": "https://www.shop.example"},
		"alarms":   {"AlarmEmail": "ops@shop.example"},
		"edge":     {"Edge": "waf", "EdgeSecret": "the-secret", "WebAclArn": webACL},
	}
}

func chosen(names ...string) map[string]string {
	given := map[string]string{}
	for _, name := range names {
		maps.Copy(given, choices()[name])
	}
	return given
}

// TestEveryChoiceHolds: with any combination of choices, nothing that is created refers to something that is not.
func TestEveryChoiceHolds(t *testing.T) {
	sets := [][]string{nil}
	for name := range choices() {
		for _, set := range sets {
			sets = append(sets, append([]string{name}, set...))
		}
	}
	require.Len(t, sets, 1<<len(choices()))
	for _, set := range sets {
		t.Run(strings.Join(set, "+"), func(t *testing.T) {
			d := deployed(t, chosen(set...))
			d.outputs()
			for id, r := range d.resources() {
				assert.NotContains(t, text(t, d.value(r.Properties)), "Fn::", id)
			}
		})
	}
}

// addresses depend on the choices.
type addresses struct{ pages, ws, login, issuer, keys, client, origins, posts string }

func TestAddressesFollowTheChoices(t *testing.T) {
	const (
		cloudfront = "https://<Distribution.DomainName>"
		gateway    = "<Api>.execute-api.ap-northeast-2.amazonaws.com/live"
		ownLogin   = "https://rejoin-live.auth.ap-northeast-2.amazoncognito.com"
		given      = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Abc123"
		local      = "http://localhost:4566"
	)
	for name, tc := range map[string]struct {
		choices []string
		want    addresses
	}{
		"domains": {[]string{"pages", "ws"}, addresses{pages: "https://chat.shop.example", ws: "wss://ws.shop.example", login: ownLogin}},
		"pages":   {[]string{"pages", "origins"}, addresses{pages: "https://chat.shop.example", ws: "wss://" + gateway, login: ownLogin}},
		"pool": {[]string{"pool"}, addresses{
			pages: cloudfront, ws: "wss://" + gateway, login: "https://login.shop.example", issuer: given, client: "<UserPoolClient>",
		}},
		"edge": {[]string{"edge"}, addresses{pages: cloudfront, ws: "wss://<Distribution.DomainName>/live", login: ownLogin}},
		"edge and domains": {[]string{"edge", "pages", "ws"}, addresses{
			pages: "https://chat.shop.example", ws: "wss://chat.shop.example/live", login: ownLogin,
		}},
		"pool and client": {[]string{"client", "ws"}, addresses{
			pages: cloudfront, ws: "wss://ws.shop.example", login: "https://login.shop.example", issuer: given, client: "client1",
		}},
		"a pool on an emulator": {[]string{"emulator", "client", "pages", "ws", "zone", "edge"}, addresses{
			pages: local + "/<WebBucket>", ws: "ws://localhost:4566/_aws/execute-api/<Api>/live", login: local,
			issuer: given, keys: local + "/eu-west-1_Abc123", client: "client1", origins: local, posts: local + "/_aws/execute-api/<Api>/live",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			d := deployed(t, chosen(tc.choices...))
			want, outputs := tc.want, d.outputs()
			if want.client == "" {
				want.client = "<UserPoolClient>"
			}
			if want.origins == "" {
				want.origins = want.pages
			}
			if origins := d.parameters["AllowedOrigins"]; origins != "" {
				want.origins += "," + origins
			}
			if want.posts == "" {
				want.posts = "https://" + gateway
			}
			assert.Equal(t, want.pages, outputs["Pages"])
			assert.Equal(t, want.ws, outputs["Ws"])
			assert.Equal(t, want.login, outputs["Login"])
			assert.Equal(t, want.client, outputs["ClientId"])

			authorize := d.value(d.Resources["AuthorizeFunction"].Properties["Environment"]).(map[string]any)["Variables"].(map[string]any)
			assert.Equal(t, want.origins, authorize["ALLOWED_ORIGINS"])
			assert.Equal(t, want.client, authorize["CLIENT_ID"])
			if want.issuer != "" {
				assert.Equal(t, want.issuer, authorize["ISSUER"])
			}
			assert.Equal(t, outputs["Issuer"], authorize["ISSUER"])
			if want.keys == "" {
				want.keys = outputs["Issuer"]
			}
			assert.Equal(t, want.keys+"/.well-known/jwks.json", authorize["JWKS_URL"])
			message := d.value(d.Resources["MessageFunction"].Properties["Environment"]).(map[string]any)["Variables"].(map[string]any)
			assert.Equal(t, want.posts, message["CALLBACK_URL"])

			made := d.resources()
			if client, ok := made["UserPoolClient"]; ok {
				assert.Equal(t, []any{want.pages + "/console/index.html"}, d.value(client.Properties["CallbackURLs"]))
				assert.Equal(t, []any{want.pages + "/console/index.html"}, d.value(client.Properties["LogoutURLs"]))
			}
			if headers, ok := made["PageHeaders"]; ok {
				reached := "connect-src 'self' " + want.ws + " " + want.login + ";"
				if strings.HasPrefix(want.ws, "wss://<Distribution") {
					reached = "connect-src 'self' " + want.login + ";" // the policy comes before the distribution
				}
				assert.Contains(t, fmt.Sprint(d.value(headers.Properties)), reached)
			}
		})
	}
}

func TestOwnDomains(t *testing.T) {
	plain := deployed(t, nil)
	distribution := plain.value(plain.Resources["Distribution"].Properties["DistributionConfig"]).(map[string]any)
	assert.NotContains(t, distribution, "Aliases")
	assert.Equal(t, map[string]any{"CloudFrontDefaultCertificate": true}, distribution["ViewerCertificate"])

	d := deployed(t, chosen("pages", "ws", "zone"))
	distribution = d.value(d.Resources["Distribution"].Properties["DistributionConfig"]).(map[string]any)
	assert.Equal(t, []any{"chat.shop.example"}, distribution["Aliases"])
	assert.Equal(t, map[string]any{
		"AcmCertificateArn":      "arn:aws:acm:us-east-1:123456789012:certificate/1",
		"SslSupportMethod":       "sni-only",
		"MinimumProtocolVersion": "TLSv1.2_2021",
	}, distribution["ViewerCertificate"])
	assert.Equal(t, map[string]any{"ApiId": "<Api>", "DomainName": "<WsDomainName>", "Stage": "<ApiStage>"}, d.value(d.Resources["WsMapping"].Properties))
	assert.Equal(t, "<Distribution.DomainName>", d.outputs()["PagesTarget"])
	assert.Equal(t, "<WsDomainName.RegionalDomainName>", d.outputs()["WsTarget"])
	assert.NotContains(t, d.Resources["Api"].Properties, "DisableExecuteApiEndpoint", "the functions post there")
	for id, condition := range map[string]string{"WsRecord": "zone", "PagesRecords": "zone", "WsMapping": "ws", "WsDomainName": "ws"} {
		assert.Contains(t, d.resources(), id)
		assert.NotContains(t, plain.resources(), id, condition)
	}
	assert.NotContains(t, deployed(t, chosen("pages", "ws")).resources(), "WsRecord")
	assert.NotContains(t, deployed(t, chosen("pages", "ws")).resources(), "PagesRecords")
}

// TestGivenPoolIsLeftAsItIs: in an existing user pool, only a client is created.
func TestGivenPoolIsLeftAsItIs(t *testing.T) {
	for id, r := range deployed(t, chosen("client")).resources() {
		assert.NotContains(t, r.Type, "AWS::Cognito::", id)
	}
	d := deployed(t, chosen("pool"))
	for id, r := range d.resources() {
		if strings.HasPrefix(r.Type, "AWS::Cognito::") {
			assert.Equal(t, "UserPoolClient", id)
			assert.Equal(t, "eu-west-1_Abc123", d.value(r.Properties["UserPoolId"]))
		}
	}
}
