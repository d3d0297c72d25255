package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"rejoin/internal/gateway"
)

// builders are the functions by their names in the template.
func builders() map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"AuthorizeFunction":  errorOf(Authorize),
		"ConnectFunction":    errorOf(Connect),
		"DisconnectFunction": errorOf(Disconnect),
		"MessageFunction":    errorOf(Message),
		"RoomFunction":       errorOf(Room),
		"ConsoleFunction":    errorOf(Console),
		"SweepFunction":      errorOf(Sweep),
	}
}

func errorOf[H any](build func(context.Context) (H, error)) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := build(ctx)
		return err
	}
}

// TestEnvironment: the template sets exactly the variables that each builder reads, and a function with fewer does not start.
func TestEnvironment(t *testing.T) {
	given := templateEnvironment(t)
	t.Setenv("AWS_REGION", "eu-central-1")
	for name, build := range builders() {
		t.Run(name, func(t *testing.T) {
			for _, variable := range given[name] {
				t.Setenv(variable, "")
			}
			var missing *MissingError
			require.True(t, errors.As(build(t.Context()), &missing))
			assert.ElementsMatch(t, given[name], missing.Names)

			for _, variable := range given[name] {
				t.Setenv(variable, valueOf(variable))
			}
			assert.NoError(t, build(t.Context()))
		})
	}
}

// valueOf is a valid value of a variable.
func valueOf(variable string) string {
	switch variable {
	case envZone:
		return "Asia/Seoul"
	case envRules:
		return "away=60"
	case envKeep:
		return "texts=30"
	case envFrames:
		return "atOnce=50,perSecond=10"
	case envConnects:
		return "300"
	case envEdge:
		return noEdge
	}
	return "http://localhost"
}

func TestBadZone(t *testing.T) {
	for _, name := range []string{"ConsoleFunction", "SweepFunction"} {
		for _, variable := range templateEnvironment(t)[name] {
			t.Setenv(variable, valueOf(variable))
		}
		t.Setenv(envZone, "Seoul")
		assert.ErrorContains(t, builders()[name](t.Context()), envZone)
	}
}

// TestOneBadOriginStopsNobody: an invalid origin in the list does not keep the authorizer from starting.
func TestOneBadOriginStopsNobody(t *testing.T) {
	for _, variable := range templateEnvironment(t)["AuthorizeFunction"] {
		t.Setenv(variable, valueOf(variable))
	}
	t.Setenv(envOrigins, "https://shop.example?utm=1,https://shop.example")
	assert.NoError(t, builders()["AuthorizeFunction"](t.Context()))
}

// TestEdgeSecretIsDemanded: with Edge=waf nobody connects who does not bring the distribution's secret.
func TestEdgeSecretIsDemanded(t *testing.T) {
	for _, variable := range templateEnvironment(t)["AuthorizeFunction"] {
		t.Setenv(variable, valueOf(variable))
	}
	t.Setenv("AWS_REGION", "eu-central-1")
	// An agent's token: its keys are the first thing that is read.
	event := gateway.AuthorizeEvent{APIGatewayWebsocketProxyRequest: events.APIGatewayWebsocketProxyRequest{
		QueryStringParameters: map[string]string{"token": "eyJhbGciOiJSUzI1NiIsImtpZCI6ImsifQ.e30.e30"},
	}}
	for edge, refused := range map[string]bool{"waf": true, openEdge: false, noEdge: false} {
		t.Setenv(envEdge, edge)
		authorize, err := Authorize(t.Context())
		require.NoError(t, err)
		_, err = authorize(t.Context(), event)
		assert.Equal(t, refused, err == nil, "%s: %v", edge, err)
	}
}

func templateEnvironment(t *testing.T) map[string][]string {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("..", "..", "infra", "template.yaml"))
	require.NoError(t, err)
	var template struct {
		Resources map[string]struct {
			Type       string `yaml:"Type"`
			Properties struct {
				Environment struct {
					Variables map[string]yaml.Node `yaml:"Variables"`
				} `yaml:"Environment"`
			} `yaml:"Properties"`
		} `yaml:"Resources"`
	}
	require.NoError(t, yaml.Unmarshal(body, &template))
	given := map[string][]string{}
	for name, resource := range template.Resources {
		if resource.Type != "AWS::Serverless::Function" {
			continue
		}
		for variable := range resource.Properties.Environment.Variables {
			given[name] = append(given[name], variable)
		}
		slices.Sort(given[name])
	}
	return given
}
