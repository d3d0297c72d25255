package layout

import (
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"path"
	"strings"

	"golang.org/x/tools/go/ssa"
)

const (
	sdk        = "github.com/aws/aws-sdk-go-v2/service/"
	tablesType = module + "/internal/dynamo.Tables"
	lookupType = module + "/internal/dynamo.lookup"
)

// tables are the names that a value may hold.
type tables map[string]bool

// flow follows the names of tables, from where a function takes them to the requests that they end up in.
type flow struct {
	reach
	of    map[ssa.Value]tables
	calls map[string]bool // "dynamodb:GetItem Rooms", "dynamodb:Query Rooms/queue", "ssm:GetParameter"
	grew  bool
}

// callsOf are the requests that the reached functions may make.
func callsOf(r reach) map[string]bool {
	f := &flow{reach: r, of: map[ssa.Value]tables{}, calls: map[string]bool{}}
	for f.grew = true; f.grew; {
		f.grew = false
		for function := range r {
			each(function, f.follow)
		}
	}
	for function := range r {
		f.queries(function)
		each(function, f.others)
	}
	return f.calls
}

func (f *flow) add(to ssa.Value, names tables) {
	if f.of[to] == nil {
		f.of[to] = tables{}
	}
	before := len(f.of[to])
	maps.Copy(f.of[to], names)
	f.grew = f.grew || len(f.of[to]) > before
}

func (f *flow) follow(instruction ssa.Instruction) {
	switch i := instruction.(type) {
	case *ssa.FieldAddr:
		if typeName(i.X.Type()) == tablesType {
			f.add(i, tables{fieldOf(i): true})
		}
	case *ssa.UnOp:
		if i.Op == token.MUL {
			f.add(i, f.of[i.X])
		}
	case *ssa.Phi:
		for _, edge := range i.Edges {
			f.add(i, f.of[edge])
		}
	case *ssa.Extract:
		f.add(i, f.of[i.Tuple])
	case *ssa.Store:
		f.add(i.Addr, f.of[i.Val])
		f.request(i)
	case *ssa.MapUpdate:
		f.batch(i)
	case *ssa.MakeClosure:
		for n, bound := range i.Bindings {
			f.add(i.Fn.(*ssa.Function).FreeVars[n], f.of[bound])
		}
	case ssa.CallInstruction:
		f.pass(i)
	}
}

// pass hands on what a call is given, and what it returns. The names of two results are not told apart: one of them is
// never a name.
func (f *flow) pass(call ssa.CallInstruction) {
	called := call.Common().StaticCallee()
	if made, ok := call.Common().Value.(*ssa.MakeClosure); ok {
		called = made.Fn.(*ssa.Function)
	}
	if called == nil || !f.reach[called] {
		return
	}
	for n, parameter := range called.Params {
		f.add(parameter, f.of[call.Common().Args[n]])
	}
	if value := call.Value(); value != nil {
		each(called, func(instruction ssa.Instruction) {
			if back, ok := instruction.(*ssa.Return); ok {
				for _, result := range back.Results {
					f.add(value, f.of[result])
				}
			}
		})
	}
}

// request is a table's name in a request, or in one part of a transaction.
func (f *flow) request(s *ssa.Store) {
	field, ok := s.Addr.(*ssa.FieldAddr)
	if !ok || fieldOf(field) != "TableName" {
		return
	}
	of := typeName(field.X.Type())
	action := strings.TrimSuffix(path.Ext(of)[1:], "Input")
	if strings.HasPrefix(of, sdk+"dynamodb/types.") {
		action += "Item" // types.Put
	}
	if action == "Query" {
		return // of the table, or of an index: see queries
	}
	for table := range f.of[s.Val] {
		f.calls["dynamodb:"+action+" "+table] = true
	}
}

// batch is a table's name as the key of a request for many items.
func (f *flow) batch(m *ssa.MapUpdate) {
	actions := map[string]string{
		sdk + "dynamodb/types.KeysAndAttributes":   "BatchGetItem",
		"[]" + sdk + "dynamodb/types.WriteRequest": "BatchWriteItem",
	}
	if action, ok := actions[m.Value.Type().String()]; ok {
		for table := range f.of[m.Key] {
			f.calls["dynamodb:"+action+" "+table] = true
		}
	}
}

// queries finds what a function looks up: the index that a lookup names, or the table itself where it names none.
func (f *flow) queries(function *ssa.Function) {
	each(function, func(instruction ssa.Instruction) {
		literal, ok := instruction.(*ssa.Alloc)
		if !ok {
			return
		}
		switch index, whole := stored(literal, "index"); {
		case typeName(literal.Type()) == sdk+"dynamodb.QueryInput":
			if named, _ := stored(literal, "IndexName"); named == nil {
				if table, _ := stored(literal, "TableName"); table != nil {
					f.look(table, "")
				}
			}
		case typeName(literal.Type()) != lookupType || whole:
		default:
			name := ""
			if c, ok := index.(*ssa.Const); ok {
				name = "/index/" + constant.StringVal(c.Value)
			}
			f.lookIn(literal, name)
		}
	})
}

// lookIn finds the call that brings the lookup and its table together.
func (f *flow) lookIn(literal *ssa.Alloc, index string) {
	if index != "" { // an index's name is no other table's
		f.calls["dynamodb:Query "+index] = true
		return
	}
	for _, use := range *literal.Referrers() {
		loaded, ok := use.(*ssa.UnOp)
		if !ok {
			continue
		}
		for _, use := range *loaded.Referrers() {
			if call, ok := use.(ssa.CallInstruction); ok {
				for _, argument := range call.Common().Args {
					f.look(argument, "")
				}
			}
		}
	}
}

func (f *flow) look(table ssa.Value, index string) {
	for name := range f.of[table] {
		f.calls["dynamodb:Query "+name+index] = true
	}
}

// others finds the requests to other services, by the type of what they are given.
func (f *flow) others(instruction ssa.Instruction) {
	call, ok := instruction.(ssa.CallInstruction)
	if !ok {
		return
	}
	for _, argument := range call.Common().Args {
		name, aws := strings.CutPrefix(typeName(argument.Type()), sdk)
		service, of, _ := strings.Cut(name, ".")
		if action, input := strings.CutSuffix(of, "Input"); aws && input && service != "dynamodb" && !strings.Contains(service, "/") {
			f.calls[service+":"+action] = true
		}
	}
}

// stored is what a literal's field was given, nil for nothing; whole: the literal is a copy of another value.
func stored(literal *ssa.Alloc, field string) (value ssa.Value, whole bool) {
	for _, use := range *literal.Referrers() {
		switch u := use.(type) {
		case *ssa.Store:
			whole = whole || u.Addr == literal
		case *ssa.FieldAddr:
			for _, use := range *u.Referrers() {
				if s, ok := use.(*ssa.Store); ok && fieldOf(u) == field {
					value = s.Val
				}
			}
		}
	}
	return value, whole
}

// typeName is the name of a type, or of what it points to.
func typeName(t types.Type) string {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	return t.String()
}

func fieldOf(a *ssa.FieldAddr) string {
	return a.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct).Field(a.Field).Name()
}
