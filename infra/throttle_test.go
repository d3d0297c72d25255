package infra_test

import (
	"maps"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestRoutesAreThrottled: every route has a limit, costly ones a lower one, each by a parameter.
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

	limited := maps.Clone(stage.Properties["RouteSettings"].(map[string]any))
	require.Len(t, limited, 7)
	for _, route := range routes {
		key := route.Properties["RouteKey"].(string)
		if settings, ok := limited[key]; ok {
			assert.Less(t, rate(settings), others, key)
			delete(limited, key)
		}
	}
	assert.Empty(t, limited, "no such routes")
}
