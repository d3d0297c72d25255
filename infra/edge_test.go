package infra_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/gateway"
)

// distribution is the distribution's configuration in a deployment.
func (d deployment) distribution() map[string]any {
	return d.value(d.Resources["Distribution"].Properties["DistributionConfig"]).(map[string]any)
}

// TestNoEdgeChangesNothing: a stage without an edge has the distribution of its pages alone, and no right to read a secret for it.
func TestNoEdgeChangesNothing(t *testing.T) {
	d := deployed(t, nil)
	distribution := d.distribution()
	for _, absent := range []string{"CacheBehaviors", "CustomErrorResponses", "WebACLId"} {
		assert.NotContains(t, distribution, absent)
	}
	assert.Len(t, distribution["Origins"], 1)
	assert.NotContains(t, d.resources(), "SocketRequests")
	assert.NotContains(t, d.text(d.Resources["AuthorizeRole"].Properties), "edge-secret")
}

// TestEdgeLeadsToTheGateway: a socket's request reaches API Gateway with all that it and the authorizer need, is kept by no cache,
// and brings the secret.
func TestEdgeLeadsToTheGateway(t *testing.T) {
	for _, edge := range []string{"open", "waf"} {
		d := deployed(t, map[string]string{"Edge": edge, "EdgeSecret": "the-secret", "WebAclArn": webACL})
		distribution := d.distribution()
		behaviors := distribution["CacheBehaviors"].([]any)
		require.Len(t, behaviors, 1)
		behavior := behaviors[0].(map[string]any)
		assert.Equal(t, map[string]any{
			"PathPattern": "/live", "TargetOriginId": "gateway", "ViewerProtocolPolicy": "https-only",
			"CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "OriginRequestPolicyId": "<SocketRequests>",
		}, behavior)
		origins := distribution["Origins"].([]any)
		require.Len(t, origins, 2)
		assert.Equal(t, map[string]any{
			"Id": "gateway", "DomainName": "<Api>.execute-api.ap-northeast-2.amazonaws.com",
			"CustomOriginConfig":  map[string]any{"OriginProtocolPolicy": "https-only", "OriginSSLProtocols": []any{"TLSv1.2"}},
			"OriginCustomHeaders": []any{map[string]any{"HeaderName": gateway.EdgeHeader, "HeaderValue": "the-secret"}},
		}, origins[1])

		sent := d.value(d.Resources["SocketRequests"].Properties["OriginRequestPolicyConfig"]).(map[string]any)
		headers := sent["HeadersConfig"].(map[string]any)["Headers"]
		for _, needed := range []string{"Origin", "Sec-WebSocket-Key", "Sec-WebSocket-Version", gateway.AddressHeader} {
			assert.Contains(t, headers, needed)
		}
		assert.NotContains(t, headers, "Host", "by which API Gateway finds the API")
		assert.LessOrEqual(t, len(headers.([]any)), 10, "CloudFront's limit")
		assert.Equal(t, []any{"token", "site"}, sent["QueryStringsConfig"].(map[string]any)["QueryStrings"])

		// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html: those that are kept in any case
		uncached := map[any]any{}
		for _, one := range distribution["CustomErrorResponses"].([]any) {
			uncached[one.(map[string]any)["ErrorCode"]] = one.(map[string]any)["ErrorCachingMinTTL"]
		}
		assert.Equal(t, map[any]any{404: 0, 414: 0, 500: 0, 501: 0, 502: 0, 503: 0, 504: 0}, uncached, "one client's error is not another's answer")

		assert.Contains(t, d.text(d.Resources["AuthorizeRole"].Properties), ":parameter/rejoin/live/edge-secret")
		if edge == "waf" {
			assert.Equal(t, webACL, distribution["WebACLId"])
		} else {
			assert.NotContains(t, distribution, "WebACLId", "which costs money")
		}
	}
}

// TestEdgeSecretIsNotShown: CloudFormation does not show it, and no function has it in its environment.
func TestEdgeSecretIsNotShown(t *testing.T) {
	template := read(t)
	d := deployed(t, chosen("edge"))
	for id, r := range d.resources() {
		if id != "Distribution" {
			assert.NotContains(t, d.text(r.Properties), "the-secret", id)
		}
	}
	for name, value := range d.outputs() {
		assert.NotContains(t, value, "the-secret", name)
	}
	assert.True(t, template.Parameters["EdgeSecret"].NoEcho)
}
