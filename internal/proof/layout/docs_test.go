package layout

import (
	"go/ast"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestDocs: the files, tests and Makefile targets that documents name exist.
func TestDocs(t *testing.T) {
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	require.NoError(t, err)
	tests := testNames(t)
	read := 0
	walk(t, func(name string) {
		if path.Ext(name) != ".md" {
			return
		}
		read++
		body, err := os.ReadFile(filepath.Join(root, name))
		require.NoError(t, err)
		for _, link := range regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`).FindAllSubmatch(body, -1) {
			assert.FileExists(t, filepath.Join(root, path.Dir(name), string(link[1])), name)
		}
		for _, test := range regexp.MustCompile(`\b(?:Test|Fuzz|Benchmark)[A-Z]\w+`).FindAllString(string(body), -1) {
			assert.True(t, tests.has(test), "%s: no test is called %s", name, test)
		}
		for _, target := range regexp.MustCompile("(?m)(?:`|^)make ([a-z][a-z-]*)").FindAllSubmatch(body, -1) {
			assert.Regexp(t, `(?m)^`+string(target[1])+`:`, string(makefile), "%s: make %s", name, target[1])
		}
	})
	assert.Greater(t, read, 5)
}

type nameSet map[string]bool

// has tells whether a test has this name or prefix, as -run matches it.
func (s nameSet) has(test string) bool {
	for name := range s {
		if strings.HasPrefix(name, test) {
			return true
		}
	}
	return false
}

func testNames(t *testing.T) nameSet {
	t.Helper()
	names := nameSet{}
	for _, s := range sources(t) {
		for _, decl := range s.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && s.isTest() && f.Recv == nil {
				names[f.Name.Name] = true
			}
		}
	}
	return names
}
