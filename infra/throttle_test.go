package infra_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/infra"
)

// TestRoutesAreThrottled holds that each route has a limit of its own, the costly ones a lower one, by a parameter, and
// that the stage waits for the routes that it limits: API Gateway refuses a limit of a route that it does not know.
func TestRoutesAreThrottled(t *testing.T) {
	template, routes := routes(t)
	stage := template.Resources["ApiStage"]
	rate := func(settings any) int {
		limits := settings.(map[string]any)
		assert.Equal(t, limits["ThrottlingRateLimit"], limits["ThrottlingBurstLimit"])
		parameter := limits["ThrottlingRateLimit"].(map[string]any)["Ref"].(string)
		n, err := strconv.Atoi(template.Parameters[parameter].Default)
		require.NoError(t, err, parameter)
		assert.Positive(t, n, parameter)
		return n
	}
	others := rate(stage.Properties["DefaultRouteSettings"])

	waitsFor := infra.List(stage.DependsOn)
	limited := stage.Properties["RouteSettings"].(map[string]any)
	for id, route := range routes {
		key := route.Properties["RouteKey"].(string)
		settings, ok := limited[key]
		if !ok {
			assert.NotContains(t, waitsFor, id)
			continue
		}
		assert.Contains(t, waitsFor, id)
		assert.Less(t, rate(settings), others, key)
		delete(limited, key)
	}
	assert.Empty(t, limited, "no such routes")
	assert.Len(t, waitsFor, 6)
}
