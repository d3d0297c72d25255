package memory_test

import (
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/memory"
)

// envWithout names the condition that the store under test is to forget.
const envWithout = "REJOIN_WITHOUT"

// TestEveryConditionIsNeeded leaves each part of each condition out, one at a time, and wants the contract to notice. A
// *testing.T cannot be told to fail and go on, so each contract runs in a process of its own.
func TestEveryConditionIsNeeded(t *testing.T) {
	self, err := os.Executable()
	require.NoError(t, err)
	for _, c := range memory.Conditions() {
		t.Run(string(c), func(t *testing.T) {
			t.Parallel()
			run := exec.CommandContext(t.Context(), self, "-test.run=^TestStore$", "-test.failfast")
			run.Env = append(os.Environ(), envWithout+"="+string(c))
			out, err := run.CombinedOutput()
			var exit *exec.ExitError
			require.ErrorAs(t, err, &exit, "the contract does not notice that this part is left out")
			assert.Contains(t, string(out), "--- FAIL: TestStore")
		})
	}
}

func newStore(*testing.T) chat.Store {
	return memory.NewStore().Without(memory.Condition(os.Getenv(envWithout)))
}
