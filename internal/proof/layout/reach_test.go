package layout

import (
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"
)

// program is the code of the functions in single static assignment form: whole packages of the project, and declarations of
// others.
type program struct {
	*ssa.Program
	mains map[string]*ssa.Function // by the function's folder
	own   []*types.Named           // the project's types, to whose methods an interface may lead
}

func load(t *testing.T) program {
	t.Helper()
	// Another process reads the code; this package's tests read all of it too, but for the versions of the modules.
	_, err := os.ReadFile(filepath.Join(root, "go.sum"))
	require.NoError(t, err)
	mode := packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedTypes |
		packages.NeedSyntax | packages.NeedTypesInfo | packages.NeedModule
	initial, err := packages.Load(&packages.Config{Mode: mode, Dir: root}, "./functions/...", "./internal/app", "./internal/gateway",
		"./internal/chat", "./internal/stats", "./internal/hours", "./internal/auth", "./internal/dynamo", "./internal/push")
	require.NoError(t, err)
	require.Zero(t, packages.PrintErrors(initial))
	built, made := ssautil.Packages(initial, ssa.InstantiateGenerics)
	built.Build()
	p := program{Program: built, mains: map[string]*ssa.Function{}}
	for _, pkg := range made {
		if pkg.Pkg.Name() == "main" {
			p.mains[pkg.Pkg.Path()[strings.LastIndex(pkg.Pkg.Path(), "/")+1:]] = pkg.Func("main")
		}
		for _, member := range pkg.Members {
			if named, ok := member.Type().(*types.Named); ok && member.Object() != nil && !types.IsInterface(named) && named.TypeParams().Len() == 0 {
				p.own = append(p.own, named)
			}
		}
	}
	return p
}

// reach is the functions that a main may call: directly, through an interface, or because it passes them on.
type reach map[*ssa.Function]bool

func (p program) from(main *ssa.Function) reach {
	r := reach{}
	for todo := []*ssa.Function{main}; len(todo) > 0; {
		f := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if r[f] {
			continue
		}
		r[f] = true
		each(f, func(instruction ssa.Instruction) {
			for _, operand := range instruction.Operands(nil) {
				if named, ok := (*operand).(*ssa.Function); ok {
					todo = append(todo, named)
				}
			}
			if call, ok := instruction.(ssa.CallInstruction); ok && call.Common().IsInvoke() {
				todo = append(todo, p.implementations(call.Common())...)
			}
		})
	}
	return r
}

// implementations are the project's methods that a call through an interface may reach.
func (p program) implementations(call *ssa.CallCommon) (found []*ssa.Function) {
	wanted, ok := call.Value.Type().Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	for _, named := range p.own {
		for _, of := range []types.Type{named, types.NewPointer(named)} {
			if !types.Implements(of, wanted) {
				continue
			}
			if method := p.LookupMethod(of, call.Method.Pkg(), call.Method.Name()); method != nil {
				found = append(found, method)
			}
			break
		}
	}
	return found
}

func each(f *ssa.Function, visit func(ssa.Instruction)) {
	for _, block := range f.Blocks {
		for _, instruction := range block.Instrs {
			visit(instruction)
		}
	}
}
