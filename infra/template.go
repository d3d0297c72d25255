// Package infra parses template.yaml for Go tests and tools, so that they need not repeat it. It imports none of the code that
// the template deploys.
package infra

import (
	_ "embed"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed template.yaml
var source []byte

// Template is the parsed template. Intrinsic functions have their long form: {"Ref": …}, {"Fn::Sub": …}.
type Template struct {
	Globals    struct{ Environment map[string]any } // of all functions
	Parameters map[string]Parameter
	Conditions map[string]any
	Resources  map[string]Resource
	Outputs    map[string]Output
}

// Parameter is a parameter of a deployment.
type Parameter struct {
	Type      string
	Default   string
	MaxLength int
	NoEcho    bool
}

// Output is an output of a deployment.
type Output struct {
	Condition string
	Value     any
}

// Resource is one resource of the template.
type Resource struct {
	Type       string
	Condition  string
	DependsOn  any // nil, an id or a list
	Metadata   map[string]any
	Properties map[string]any
}

// Read parses the template.
func Read() (Template, error) {
	var root yaml.Node
	if err := yaml.Unmarshal(source, &root); err != nil {
		return Template{}, fmt.Errorf("parse template.yaml: %w", err)
	}
	expand(&root)
	var t Template
	var raw struct {
		Globals struct {
			Function struct {
				Environment struct {
					Variables map[string]any `yaml:"Variables"`
				} `yaml:"Environment"`
			} `yaml:"Function"`
		} `yaml:"Globals"`
		Parameters map[string]struct {
			Type      string `yaml:"Type"`
			Default   string `yaml:"Default"`
			MaxLength int    `yaml:"MaxLength"`
			NoEcho    bool   `yaml:"NoEcho"`
		} `yaml:"Parameters"`
		Conditions map[string]any `yaml:"Conditions"`
		Resources  map[string]struct {
			Type       string         `yaml:"Type"`
			Condition  string         `yaml:"Condition"`
			DependsOn  any            `yaml:"DependsOn"`
			Metadata   map[string]any `yaml:"Metadata"`
			Properties map[string]any `yaml:"Properties"`
		} `yaml:"Resources"`
		Outputs map[string]struct {
			Condition string `yaml:"Condition"`
			Value     any    `yaml:"Value"`
		} `yaml:"Outputs"`
	}
	if err := root.Decode(&raw); err != nil {
		return Template{}, fmt.Errorf("read template.yaml: %w", err)
	}
	t.Conditions, t.Parameters, t.Resources, t.Outputs = raw.Conditions, map[string]Parameter{}, map[string]Resource{}, map[string]Output{}
	t.Globals.Environment = raw.Globals.Function.Environment.Variables
	for name, p := range raw.Parameters {
		t.Parameters[name] = Parameter(p)
	}
	for id, r := range raw.Resources {
		t.Resources[id] = Resource(r)
	}
	for name, o := range raw.Outputs {
		t.Outputs[name] = Output(o)
	}
	return t, nil
}

// OfType returns the resources of a type by their logical ids.
func (t Template) OfType(kind string) map[string]Resource {
	found := map[string]Resource{}
	for id, r := range t.Resources {
		if r.Type == kind {
			found[id] = r
		}
	}
	return found
}

// expand replaces CloudFormation's short forms (!Ref, !Sub, …) with the long ones.
func expand(n *yaml.Node) {
	for _, child := range n.Content {
		expand(child)
	}
	if !strings.HasPrefix(n.Tag, "!") || strings.HasPrefix(n.Tag, "!!") {
		return
	}
	name := strings.TrimPrefix(n.Tag, "!")
	if name != "Ref" && name != "Condition" {
		name = "Fn::" + name
	}
	value := *n
	value.Tag = ""
	*n = yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: n.Line, Column: n.Column, Content: []*yaml.Node{
		{Kind: yaml.ScalarNode, Tag: "!!str", Value: name}, &value,
	}}
}
