package dynamo_test

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/proof/dynamotest"
)

// TestEveryConditionIsNeeded leaves each part of each condition out, one at a time, and wants the contract to notice.
// A *testing.T cannot be told to fail and go on, so each contract runs in a process of its own.
func TestEveryConditionIsNeeded(t *testing.T) {
	const engine = dynamotest.Local
	if !dynamotest.OnLocal(t) {
		return // not asked for: the emulator is not the one to judge
	}
	mutants := conditionParts(t, engine)
	require.NotEmpty(t, mutants)
	self, err := os.Executable()
	require.NoError(t, err)
	for _, mutant := range mutants {
		t.Run(mutant, func(t *testing.T) {
			t.Parallel()
			run := exec.CommandContext(t.Context(), self, "-test.run=^TestContract$", "-test.failfast")
			run.Env = append(os.Environ(), dynamotest.EnvEngines+"="+engine, envMutant+"="+mutant)
			out, err := run.CombinedOutput()
			var exit *exec.ExitError
			require.ErrorAs(t, err, &exit, "the contract does not notice that this part is left out")
			assert.Contains(t, string(out), "--- FAIL: TestContract/"+engine)
		})
	}
}

// conditionParts are the parts that the contract makes use of; it passes as long as none is left out.
func conditionParts(t *testing.T, engine string) []string {
	t.Helper()
	store := dynamotest.OpenStore(t, engine)
	parts := map[string]bool{}
	var mu sync.Mutex
	store.WatchConditions(func(write, part string) {
		mu.Lock()
		defer mu.Unlock()
		parts[fmt.Sprintf("%s / %s", write, part)] = true
	})
	t.Run("with all of them", func(t *testing.T) { testContract(t, store) })
	var sorted []string
	for part := range parts {
		sorted = append(sorted, part)
	}
	slices.Sort(sorted)
	return sorted
}
