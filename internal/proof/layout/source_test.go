package layout

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	root   = "../../.."
	module = "rejoin"
)

// skipped are folders with what others wrote, or what a build made.
var skipped = map[string]bool{"node_modules": true, "build": true, "dist": true, "test-results": true}

// walk visits every file that is the project's own, by its path from the root.
func walk(t *testing.T, visit func(name string)) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		hidden := strings.HasPrefix(entry.Name(), ".") && file != root
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (hidden || skipped[entry.Name()]):
			return fs.SkipDir
		case entry.IsDir():
			return nil
		}
		name, err := filepath.Rel(root, file)
		visit(filepath.ToSlash(name))
		return err
	}))
}

type source struct {
	name string // path from the root
	*ast.File
}

func (s source) dir() string  { return path.Dir(s.name) }
func (s source) isTest() bool { return strings.HasSuffix(s.name, "_test.go") }

// isForTests tells whether the file is of a package that tests alone use: it may read the environment and keep variables.
func (s source) isForTests() bool {
	return s.dir() == "internal/proof/contract" || s.dir() == "internal/proof/dynamotest"
}

// imports are the paths that the file imports.
func (s source) imports(t *testing.T) []string {
	t.Helper()
	var paths []string
	for _, spec := range s.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		require.NoError(t, err)
		paths = append(paths, imported)
	}
	return paths
}

// sources parses every Go file. It asks no build, so that a file which no build on this machine takes counts too.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	walk(t, func(name string) {
		if path.Ext(name) != ".go" {
			return
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, name), nil, parser.ParseComments)
		require.NoError(t, err)
		all = append(all, source{name, file})
	})
	require.NotEmpty(t, all)
	return all
}
