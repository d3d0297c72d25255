package infra_test

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"rejoin/infra"
)

// deployment is what CloudFormation would create from the template with these parameters. A reference to something missing
// fails the test.
type deployment struct {
	infra.Template
	t          *testing.T
	parameters map[string]string
}

func deployed(t *testing.T, given map[string]string) deployment {
	t.Helper()
	d := deployment{read(t), t, map[string]string{
		"AWS::StackName": "rejoin", "AWS::StackId": "arn:aws:cloudformation:ap-northeast-2:123456789012:stack/rejoin/6f1c2d84-3b5e-4a7f-9c21-8e0d4b7a5c13", "AWS::Region": "ap-northeast-2", "AWS::AccountId": "123456789012",
		"AWS::Partition": "aws", "AWS::URLSuffix": "amazonaws.com",
	}}
	for name, p := range d.Parameters {
		d.parameters[name] = p.Default
	}
	for name := range given {
		require.Contains(t, d.Parameters, name)
	}
	maps.Copy(d.parameters, map[string]string{ // as deploy.py sets them
		"Stage": "live", "SiteSecretParameter": "/rejoin/live/site-secret", "DomainPrefix": "rejoin-live",
	})
	maps.Copy(d.parameters, given)
	return d
}

// resources are the resources that are created.
func (d deployment) resources() map[string]infra.Resource {
	created := map[string]infra.Resource{}
	for id, r := range d.Resources {
		if d.holds(r.Condition) {
			created[id] = r
		}
	}
	return created
}

// outputs are the values of all outputs whose condition holds.
func (d deployment) outputs() map[string]string {
	values := map[string]string{}
	for name, o := range d.Outputs {
		if d.holds(o.Condition) {
			values[name] = d.text(o.Value)
		}
	}
	return values
}

func (d deployment) holds(condition string) bool {
	if condition == "" {
		return true
	}
	expression, ok := d.Conditions[condition]
	require.True(d.t, ok, "there is no condition %s", condition)
	return d.value(expression).(bool)
}

func (d deployment) text(part any) string { return fmt.Sprint(d.value(part)) }

// noValue is the value of a property that is left out.
type noValue struct{}

// value evaluates the functions in a part of the template.
func (d deployment) value(part any) any {
	switch part := part.(type) {
	case []any:
		all := []any{}
		for _, one := range part {
			if v := d.value(one); v != (noValue{}) {
				all = append(all, v)
			}
		}
		return all
	case map[string]any:
		for function, of := range part {
			if len(part) == 1 && (function == "Ref" || function == "Condition" && isText(of) || strings.HasPrefix(function, "Fn::")) {
				return d.call(function, of)
			}
		}
		all := map[string]any{}
		for name, one := range part {
			if v := d.value(one); v != (noValue{}) {
				all[name] = v
			}
		}
		return all
	}
	return part
}

func isText(part any) bool { _, ok := part.(string); return ok }

func (d deployment) call(function string, of any) any {
	switch function {
	case "Ref":
		return d.ref(of.(string))
	case "Condition":
		return d.holds(of.(string))
	case "Fn::GetAtt":
		return d.attribute(of.(string))
	case "Fn::Sub":
		return d.filled(of)
	case "Fn::If":
		if d.holds(of.([]any)[0].(string)) {
			return d.value(of.([]any)[1])
		}
		return d.value(of.([]any)[2])
	}
	all := d.value(of).([]any)
	switch function {
	case "Fn::Equals":
		return all[0] == all[1]
	case "Fn::Not":
		return !all[0].(bool)
	case "Fn::And":
		return all[0].(bool) && all[1].(bool)
	case "Fn::Or":
		return all[0].(bool) || all[1].(bool)
	case "Fn::Join":
		return strings.Join(texts(all[1].([]any)), all[0].(string))
	case "Fn::Split":
		parts := []any{}
		for part := range strings.SplitSeq(all[1].(string), all[0].(string)) {
			parts = append(parts, part)
		}
		return parts
	case "Fn::Select":
		return all[1].([]any)[all[0].(int)]
	}
	require.Fail(d.t, "unknown function", function)
	return nil
}

func (d deployment) ref(name string) any {
	if name == "AWS::NoValue" {
		return noValue{}
	}
	if value, ok := d.parameters[name]; ok {
		return value
	}
	resource, ok := d.Resources[name]
	require.True(d.t, ok, "there is no resource %s", name)
	require.True(d.t, d.holds(resource.Condition), "%s is not created", name)
	return "<" + name + ">"
}

// attribute is the value of a parameter in SSM; for other attributes it is a placeholder with the name.
func (d deployment) attribute(path string) any {
	id, name, _ := strings.Cut(path, ".")
	d.ref(id)
	if r := d.Resources[id]; r.Type == "AWS::SSM::Parameter" && name == "Value" {
		return d.value(r.Properties["Value"])
	}
	return "<" + path + ">"
}

var blank = regexp.MustCompile(`\$\{[^}]+}`)

func (d deployment) filled(of any) string {
	own := map[string]any{}
	if pair, ok := of.([]any); ok {
		of, own = pair[0], pair[1].(map[string]any)
	}
	return blank.ReplaceAllStringFunc(of.(string), func(found string) string {
		name := found[2 : len(found)-1]
		switch value, ok := own[name]; {
		case ok:
			return d.text(value)
		case strings.Contains(name, "."):
			return fmt.Sprint(d.attribute(name))
		}
		return fmt.Sprint(d.ref(name))
	})
}

func texts(all []any) []string {
	var each []string
	for _, one := range all {
		each = append(each, fmt.Sprint(one))
	}
	return each
}
