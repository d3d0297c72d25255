package dynamo_test

import (
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/dynamo"
	"rejoin/internal/proof/dynamotest"
)

// envWithout names the part of a condition to leave out.
const envWithout = "REJOIN_WITHOUT"

// completeContract names the contract with the complete conditions, or without that one part.
const completeContract = "complete"

// testEveryConditionIsNeeded leaves each part of each condition out, one at a time, and requires one of the tests
// that use it to fail. A *testing.T cannot fail and go on, so they run in a process of their own, up to the first
// failure.
func testEveryConditionIsNeeded(t *testing.T, used *usage) {
	require.NotEmpty(t, used.tests)
	self, err := os.Executable()
	require.NoError(t, err)
	for part, tests := range used.tests {
		t.Run(part, func(t *testing.T) {
			t.Parallel()
			run := exec.CommandContext(t.Context(), self, "-test.failfast", "-test.run", strings.Join(slices.Sorted(maps.Keys(tests)), "|"))
			run.Env = append(os.Environ(), dynamotest.EnvEngines+"="+dynamotest.Local, envWithout+"="+part)
			out, err := run.CombinedOutput()
			var exit *exec.ExitError
			require.ErrorAs(t, err, &exit, "the contract does not notice that this part is left out")
			assert.Contains(t, string(out), "--- FAIL: TestContract/"+dynamotest.Local+"/"+completeContract)
		})
	}
}

// usage records which tests use which parts of conditions.
type usage struct {
	mu    sync.Mutex
	tests map[string]map[string]bool // for each part, patterns for -test.run
}

// watch returns the store, and records the parts that its writes use in this test.
func (u *usage) watch(t *testing.T, store *dynamo.Store) *dynamo.Store {
	pattern := "^" + strings.ReplaceAll(regexp.QuoteMeta(t.Name()), "/", "$/^") + "$"
	return store.Watched(func(part string) {
		u.mu.Lock()
		defer u.mu.Unlock()
		if u.tests == nil {
			u.tests = map[string]map[string]bool{}
		}
		if u.tests[part] == nil {
			u.tests[part] = map[string]bool{}
		}
		u.tests[part][pattern] = true
	})
}
