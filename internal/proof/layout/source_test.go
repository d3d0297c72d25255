package layout

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	root   = "../../.."
	module = "rejoin"
)

// generated lists folders of other people's code, or of the output of builds and tests. Folders whose names begin with a dot
// are excluded too.
var generated = map[string]bool{"node_modules": true, "__pycache__": true, "build": true, "dist": true, "test-results": true, "playwright-report": true}

// files are the project's own, by their paths from the root.
var files = sync.OnceValues(func() ([]string, error) { return filesIn(".") })

func filesIn(folder string) (found []string, err error) {
	entries, err := list(filepath.Join(root, folder))
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		name := path.Join(folder, entry.Name())
		if !entry.IsDir() {
			found = append(found, name)
			continue
		}
		if strings.HasPrefix(entry.Name(), ".") || generated[entry.Name()] {
			continue
		}
		below, err := filesIn(name)
		if err != nil {
			return nil, err
		}
		found = append(found, below...)
	}
	return found, nil
}

// list reads a folder past Go's test cache. For a folder that a test opens, the cache notes the times of all entries, so that
// .git and build/ would keep this package from ever being cached. The folder's own time, which os.Stat lets the cache note,
// changes with each entry that comes or goes, and that is enough.
func list(folder string) ([]os.DirEntry, error) {
	if _, err := os.Stat(folder); err != nil {
		return nil, err
	}
	descriptor, err := syscall.Open(folder, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	f := os.NewFile(uintptr(descriptor), folder)
	defer f.Close()
	return f.ReadDir(-1)
}

// walk visits every file that is the project's own, by its path from the root.
func walk(t *testing.T, visit func(name string)) {
	t.Helper()
	all, err := files()
	require.NoError(t, err)
	require.NotEmpty(t, all)
	for _, name := range all {
		visit(name)
	}
}

type source struct {
	name string // path from the root
	*ast.File
}

func (s source) dir() string  { return path.Dir(s.name) }
func (s source) isTest() bool { return strings.HasSuffix(s.name, "_test.go") }

// isForTests tells whether the file's package is for tests alone, and so may read the environment and keep variables.
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

// parsed are all Go files, also those that a build on this machine leaves out.
var parsed = sync.OnceValues(func() (all []source, err error) {
	names, err := files()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if path.Ext(name) != ".go" {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, name), nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		all = append(all, source{name, file})
	}
	return all, nil
})

func sources(t *testing.T) []source {
	t.Helper()
	all, err := parsed()
	require.NoError(t, err)
	require.NotEmpty(t, all)
	return all
}
