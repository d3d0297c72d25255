package infra_test

import (
	"encoding/json"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"rejoin/infra"
)

const sourceOfFunctions = "../functions"

// readOnce parses the template for all tests; none of them changes it.
var readOnce = sync.OnceValues(infra.Read)

func read(t *testing.T) infra.Template {
	t.Helper()
	template, err := readOnce()
	require.NoError(t, err)
	return template
}

// names are the names of the functions' folders.
func names(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(sourceOfFunctions)
	require.NoError(t, err)
	var folders []string
	for _, e := range entries {
		folders = append(folders, e.Name())
	}
	return folders
}

// logical is the prefix of a function's logical ids.
func logical(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

// text is a part of the template as JSON.
func text(t *testing.T, part any) string {
	t.Helper()
	b, err := json.Marshal(part)
	require.NoError(t, err)
	return string(b)
}
