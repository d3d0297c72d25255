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

// tables are the table names that a value may hold.
type tables map[string]bool

// flow follows table names from dynamo.Tables to the requests that use them.
type flow struct {
	reach
	tables  map[ssa.Value]tables
	calls   map[string]bool // "dynamodb:GetItem Rooms", "dynamodb:Query Rooms/queue", "ssm:GetParameter"
	changed bool
}

// callsOf returns the requests that the functions may make. It repeats until no value gets further tables.
func callsOf(r reach) map[string]bool {
	f := &flow{reach: r, tables: map[ssa.Value]tables{}, calls: map[string]bool{}}
	for f.changed = true; f.changed; {
		f.changed = false
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
	if f.tables[to] == nil {
		f.tables[to] = tables{}
	}
	before := len(f.tables[to])
	maps.Copy(f.tables[to], names)
	f.changed = f.changed || len(f.tables[to]) > before
}

func (f *flow) follow(instruction ssa.Instruction) {
	switch i := instruction.(type) {
	case *ssa.FieldAddr:
		if typeName(i.X.Type()) == tablesType {
			f.add(i, tables{fieldOf(i): true})
		}
	case *ssa.UnOp:
		if i.Op == token.MUL {
			f.add(i, f.tables[i.X])
		}
	case *ssa.Phi:
		for _, edge := range i.Edges {
			f.add(i, f.tables[edge])
		}
	case *ssa.Extract:
		f.add(i, f.tables[i.Tuple])
	case *ssa.Store:
		f.add(i.Addr, f.tables[i.Val])
		f.request(i)
	case *ssa.MapUpdate:
		f.batch(i)
	case *ssa.MakeClosure:
		for n, bound := range i.Bindings {
			f.add(i.Fn.(*ssa.Function).FreeVars[n], f.tables[bound])
		}
	case ssa.CallInstruction:
		f.pass(i)
	}
}

// pass follows a call's arguments and results. It does not distinguish results: at most one of them is a table name.
func (f *flow) pass(call ssa.CallInstruction) {
	called := call.Common().StaticCallee()
	if made, ok := call.Common().Value.(*ssa.MakeClosure); ok {
		called = made.Fn.(*ssa.Function)
	}
	if called == nil || !f.reach[called] {
		return
	}
	for n, parameter := range called.Params {
		f.add(parameter, f.tables[call.Common().Args[n]])
	}
	if value := call.Value(); value != nil {
		each(called, func(instruction ssa.Instruction) {
			if back, ok := instruction.(*ssa.Return); ok {
				for _, result := range back.Results {
					f.add(value, f.tables[result])
				}
			}
		})
	}
}

// request finds a table name in a request, or in one part of a transaction.
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
		return // of a table or of an index: see queries
	}
	for table := range f.tables[s.Val] {
		f.calls["dynamodb:"+action+" "+table] = true
	}
}

// batch finds a table name as the key of a batch request.
func (f *flow) batch(m *ssa.MapUpdate) {
	actions := map[string]string{
		sdk + "dynamodb/types.KeysAndAttributes":   "BatchGetItem",
		"[]" + sdk + "dynamodb/types.WriteRequest": "BatchWriteItem",
	}
	if action, ok := actions[m.Value.Type().String()]; ok {
		for table := range f.tables[m.Key] {
			f.calls["dynamodb:"+action+" "+table] = true
		}
	}
}

// queries finds what a function queries: the index that a lookup names or, without one, the table itself.
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
					f.query(table)
				}
			}
		case typeName(literal.Type()) != lookupType || whole:
		default:
			name := ""
			if c, ok := index.(*ssa.Const); ok {
				name = "/index/" + constant.StringVal(c.Value)
			}
			f.lookup(literal, name)
		}
	})
}

// lookup finds the call that gets both the lookup and its table.
func (f *flow) lookup(literal *ssa.Alloc, index string) {
	if index != "" { // no two tables have indexes of the same name
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
					f.query(argument)
				}
			}
		}
	}
}

func (f *flow) query(table ssa.Value) {
	for name := range f.tables[table] {
		f.calls["dynamodb:Query "+name] = true
	}
}

// others finds requests to other services, by the types of their arguments.
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

// stored is the value of a literal's field, nil without one; whole: the literal is a copy of another value.
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

// typeName is the name of a type, or of the type that it points to.
func typeName(t types.Type) string {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	return t.String()
}

func fieldOf(a *ssa.FieldAddr) string {
	return a.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct).Field(a.Field).Name()
}
