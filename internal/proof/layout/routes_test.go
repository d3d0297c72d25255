package layout

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"rejoin/internal/gateway"
)

// TestTemplateRoutes: the template sends each route to the function that handles it.
func TestTemplateRoutes(t *testing.T) {
	assert.Equal(t, gateway.Routes(), templateRoutes(t))
}

// TestEventRoutes: every route has a sample event, and every sample event's route exists.
func TestEventRoutes(t *testing.T) {
	routes := map[string]bool{}
	for route := range gateway.Routes() {
		routes[route] = true
	}
	assert.Equal(t, routes, eventRoutes(t))
}

// templateRoutes reads which function each route's integration invokes. If a condition chooses, as for ping, which AWS answers
// without a function, the function counts.
func templateRoutes(t *testing.T) map[string]string {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(root, "infra", "template.yaml"))
	require.NoError(t, err)
	var template struct {
		Resources map[string]struct {
			Type       string    `yaml:"Type"`
			Properties yaml.Node `yaml:"Properties"`
		} `yaml:"Resources"`
	}
	require.NoError(t, yaml.Unmarshal(body, &template))
	invoked := regexp.MustCompile(`\$\{(\w+)Function\.Arn\}`)
	integration := regexp.MustCompile(`\$\{(\w+)\}`)
	routes := map[string]string{}
	for _, resource := range template.Resources {
		if resource.Type != "AWS::ApiGatewayV2::Route" {
			continue
		}
		key := property(&resource.Properties, "RouteKey").Value
		for _, target := range scalars(property(&resource.Properties, "Target")) {
			found := integration.FindStringSubmatch(target)
			if found == nil {
				continue
			}
			properties := template.Resources[found[1]].Properties
			uri := property(&properties, "IntegrationUri")
			if function := invoked.FindStringSubmatch(strings.Join(scalars(uri), "")); function != nil {
				routes[key] = strings.ToLower(function[1])
			}
		}
	}
	return routes
}

// eventRoutes reads the routes of the sample events; those of the authorizer and the schedule have none.
func eventRoutes(t *testing.T) map[string]bool {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(root, "events", "*.json"))
	require.NoError(t, err)
	routes := map[string]bool{}
	for _, path := range paths {
		body, err := os.ReadFile(path)
		require.NoError(t, err)
		var event struct {
			RequestContext struct{ RouteKey string }
			Body           string
		}
		require.NoError(t, json.Unmarshal(body, &event), path)
		if route := event.RequestContext.RouteKey; route != "" {
			routes[route] = true
		}
	}
	return routes
}

func property(node *yaml.Node, name string) *yaml.Node {
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == name {
			return node.Content[i+1]
		}
	}
	return &yaml.Node{}
}

// scalars lists the scalar values below a node, in order.
func scalars(node *yaml.Node) []string {
	if node.Kind == yaml.ScalarNode {
		return []string{node.Value}
	}
	var texts []string
	for _, child := range node.Content {
		texts = append(texts, scalars(child)...)
	}
	return texts
}
