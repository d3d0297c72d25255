package layout

import (
	"bytes"
	"go/ast"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	maxLines     = 400
	maxMainLines = 30
)

// TestSize: no file of code has more than maxLines, and no file of a function more than maxMainLines.
func TestSize(t *testing.T) {
	code := map[string]bool{".go": true, ".ts": true, ".tsx": true, ".css": true, ".mjs": true, ".py": true, ".html": true}
	walk(t, func(name string) {
		if !code[path.Ext(name)] {
			return
		}
		most := maxLines
		if strings.HasPrefix(name, "functions/") {
			most = maxMainLines
		}
		body, err := os.ReadFile(filepath.Join(root, name))
		require.NoError(t, err)
		assert.LessOrEqual(t, bytes.Count(body, []byte("\n")), most, name)
	})
}

// TestNames: no package or file has a name that says nothing, such as utils.
func TestNames(t *testing.T) {
	for _, s := range sources(t) {
		for part := range strings.FieldsFuncSeq(s.name, func(r rune) bool { return strings.ContainsRune("/_.", r) }) {
			assert.NotContains(t, []string{"util", "utils", "common", "helper", "helpers", "misc"}, part, s.name)
		}
	}
}

// TestPackageDoc: each package has one doc comment, outside its tests.
func TestPackageDoc(t *testing.T) {
	docs := map[string]int{}
	for _, s := range sources(t) {
		if s.isTest() {
			assert.Nil(t, s.Doc, "%s: a test file has no package doc", s.name)
			continue
		}
		n := docs[s.dir()]
		if s.Doc != nil {
			n++
		}
		docs[s.dir()] = n
	}
	for dir, n := range docs {
		assert.Equal(t, 1, n, "package docs of %s", dir)
	}
}

// TestNoState: no package below internal/ or functions/ has an init function or a variable that could change: a package gets
// what it needs as arguments. Errors, compiled expressions, embedded files and what is read from them once do not change.
func TestNoState(t *testing.T) {
	for _, s := range sources(t) {
		own := strings.HasPrefix(s.name, "internal/") || strings.HasPrefix(s.name, "functions/")
		if s.isTest() || !own || s.isForTests() {
			continue
		}
		for _, decl := range s.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				assert.False(t, d.Recv == nil && d.Name.Name == "init", "%s has an init function", s.name)
			case *ast.GenDecl:
				if d.Tok == token.VAR && !embeds(d.Doc) {
					for _, spec := range d.Specs {
						checkVariable(t, s.name, spec.(*ast.ValueSpec))
					}
				}
			}
		}
	}
}

func checkVariable(t *testing.T, file string, spec *ast.ValueSpec) {
	t.Helper()
	for i, name := range spec.Names {
		if name.Name == "_" || embeds(spec.Doc) {
			continue
		}
		constant := false
		if i < len(spec.Values) {
			if made, ok := spec.Values[i].(*ast.CallExpr); ok {
				constant = isCall(made, "errors", "New") || isCall(made, "fmt", "Errorf") || isCall(made, "regexp", "MustCompile") ||
					isCall(made, "sync", "OnceValues")
			}
		}
		assert.True(t, constant, "%s: the variable %s could change", file, name.Name)
	}
}

func embeds(doc *ast.CommentGroup) bool {
	if doc == nil {
		return false
	}
	for _, c := range doc.List {
		if strings.HasPrefix(c.Text, "//go:embed ") {
			return true
		}
	}
	return false
}

func isCall(call *ast.CallExpr, pkg, name string) bool {
	fun, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || fun.Sel.Name != name {
		return false
	}
	x, ok := fun.X.(*ast.Ident)
	return ok && x.Name == pkg
}

// selected lists the names that a file uses of a package.
func selected(file *ast.File, pkg string) (names []string) {
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == pkg {
				names = append(names, s.Sel.Name)
			}
		}
		return true
	})
	return names
}
