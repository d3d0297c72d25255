package infra_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/infra"
	"rejoin/internal/gateway"
)

// silent tells whether a route has no answer: the connection is not open yet or no longer, or the answer would be an empty
// frame, which is billed like any other.
func silent(key string) bool {
	return key == "$connect" || key == "$disconnect" || slices.Contains(gateway.RoutesWithoutResponse(), key)
}

func routes(t *testing.T) (infra.Template, map[string]infra.Resource) {
	t.Helper()
	template := read(t)
	routes := template.OfType("AWS::ApiGatewayV2::Route")
	require.Len(t, routes, 25)
	return template, routes
}

func TestRoutesHaveIntegrations(t *testing.T) {
	template, routes := routes(t)
	for id, route := range routes {
		found := 0
		for integration := range template.OfType("AWS::ApiGatewayV2::Integration") {
			if strings.Contains(text(t, route.Properties["Target"]), "integrations/${"+integration+"}") {
				found++
			}
		}
		want := 1
		if route.Properties["RouteKey"] == "ping" {
			want = 2 // the gateway itself on AWS, a function on an emulator
		}
		assert.Equal(t, want, found, id)
	}
}

func TestAnsweringRoutesHaveRouteResponses(t *testing.T) {
	template, routes := routes(t)
	responses := template.OfType("AWS::ApiGatewayV2::RouteResponse")
	require.Len(t, responses, len(routes)-2-len(gateway.RoutesWithoutResponse()))
	for id, route := range routes {
		response, ok := responses[id+"Response"]
		if silent(route.Properties["RouteKey"].(string)) {
			assert.NotContains(t, route.Properties, "RouteResponseSelectionExpression", id)
			assert.False(t, ok, id)
			continue
		}
		assert.Equal(t, "$default", route.Properties["RouteResponseSelectionExpression"], id)
		require.True(t, ok, id)
		assert.Equal(t, map[string]any{"Ref": id}, response.Properties["RouteId"], id)
		assert.Equal(t, "$default", response.Properties["RouteResponseKey"], id)
		assert.Equal(t, "OnAws", response.Condition, id)
	}
}

func TestConnectIsTheOnlyWayIn(t *testing.T) {
	template, routes := routes(t)
	for id, route := range routes {
		if route.Properties["RouteKey"] == "$connect" {
			assert.Equal(t, "CUSTOM", route.Properties["AuthorizationType"])
			assert.Equal(t, map[string]any{"Ref": "Authorizer"}, route.Properties["AuthorizerId"])
			continue
		}
		assert.NotContains(t, route.Properties, "AuthorizationType", "%s: the gateway calls an authorizer on $connect only", id)
	}
	authorizer := template.Resources["Authorizer"]
	assert.Equal(t, "REQUEST", authorizer.Properties["AuthorizerType"])
	assert.Equal(t, []any{"route.request.querystring.token"}, authorizer.Properties["IdentitySource"])
	assert.Contains(t, text(t, authorizer.Properties["AuthorizerUri"]), "${AuthorizeFunction.Arn}")

	require.Len(t, template.OfType("AWS::ApiGatewayV2::Api"), 1)
	assert.Empty(t, template.OfType("AWS::Lambda::Url"))
	for _, other := range []string{"AWS::ApiGateway::RestApi", "AWS::Serverless::Api", "AWS::Serverless::HttpApi"} {
		assert.Empty(t, template.OfType(other))
	}
	for id, function := range template.OfType("AWS::Serverless::Function") {
		assert.NotContains(t, function.Properties, "FunctionUrlConfig", id)
		if events, ok := function.Properties["Events"].(map[string]any); ok {
			for name, event := range events {
				assert.Equal(t, "ScheduleV2", event.(map[string]any)["Type"], "%s.%s", id, name)
			}
		}
	}
}

func TestPermissionsHaveSources(t *testing.T) {
	permissions := read(t).OfType("AWS::Lambda::Permission")
	require.NotEmpty(t, permissions)
	for id, p := range permissions {
		assert.Contains(t, text(t, p.Properties["SourceArn"]), ":execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/", id)
	}
}

// TestStageComesLast: a stage is created, and so deployed, after everything that it deploys. API Gateway refuses a limit for a
// route that it does not know yet, and changes that are deployed one by one collide.
func TestStageComesLast(t *testing.T) {
	for name, given := range map[string]map[string]string{"on AWS": nil, "on an emulator": chosen("emulator")} {
		t.Run(name, func(t *testing.T) {
			d := deployed(t, given)
			before := map[string]bool{}
			d.waitsFor("ApiStage", before)
			for id, r := range d.resources() {
				switch r.Type {
				case "AWS::ApiGatewayV2::Stage", "AWS::ApiGatewayV2::DomainName", "AWS::ApiGatewayV2::ApiMapping":
				default:
					kind := strings.HasPrefix(r.Type, "AWS::ApiGatewayV2::")
					assert.False(t, kind && !before[id], "%s may come after the stage", id)
				}
			}
			for id := range d.resources() {
				for _, named := range infra.List(d.Resources[id].DependsOn) {
					assert.Contains(t, d.resources(), named, "%s depends on something that is not created", id)
				}
			}
		})
	}
}

var reference = regexp.MustCompile(`<(\w+)[.>]`)

// waitsFor collects what CloudFormation creates before a resource: its references and dependencies, direct and indirect.
func (d deployment) waitsFor(id string, before map[string]bool) {
	r := d.Resources[id]
	for _, found := range reference.FindAllStringSubmatch(d.text(r.Properties)+d.text(r.Metadata), -1) {
		d.addBefore(found[1], before)
	}
	for _, other := range infra.List(r.DependsOn) {
		d.addBefore(other.(string), before)
	}
}

func (d deployment) addBefore(id string, before map[string]bool) {
	if !before[id] {
		before[id] = true
		d.waitsFor(id, before)
	}
}
