package layout

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/infra"
)

// TestPrivileges: a function's role grants the requests that its code can make, and no others. They are derived from the code:
// each request that main may reach, with its table.
func TestPrivileges(t *testing.T) {
	template, err := infra.Read()
	require.NoError(t, err)
	p := load(t)
	for name, main := range p.mains {
		t.Run(name, func(t *testing.T) {
			needed := callsOf(p.from(main))
			require.NotEmpty(t, needed)
			granted := grantedTo(t, template, strings.ToUpper(name[:1])+name[1:]+"Role")
			assert.Empty(t, without(granted, needed), "granted without need")
			assert.Equal(t, unreachable()[name], without(needed, granted), "needed but not granted")
		})
	}
}

// unreachable are requests that the analysis finds but a function never makes, because of values known only at run time.
func unreachable() map[string][]string {
	return map[string][]string{
		"authorize": {"dynamodb:GetItem Agents"},       // it reads only customers
		"message":   {"dynamodb:UpdateItem Customers"}, // it clears only agents' seats
		"sweep": {"dynamodb:GetItem Customers", // it looks for newer connections of agents only
			"dynamodb:Query Handled", // it counts the ends of a span of time, not of an agent
			"dynamodb:UpdateItem Customers"},
	}
}

func without(all, these map[string]bool) (left []string) {
	for _, call := range slices.Sorted(maps.Keys(all)) {
		if !these[call] {
			left = append(left, call)
		}
	}
	return left
}

// grantedTo is what a role allows, in the form of callsOf. It leaves out logging, which every function needs.
func grantedTo(t *testing.T, template infra.Template, role string) map[string]bool {
	t.Helper()
	properties := template.Resources[role].Properties
	statements := infra.Statements(properties)
	if managed, ok := properties["ManagedPolicyArns"]; ok {
		for _, arn := range infra.List(managed) {
			policy := template.Resources[arn.(map[string]any)["Ref"].(string)]
			statements = append(statements, infra.Statements(policy.Properties)...)
		}
	}
	granted := map[string]bool{}
	for _, statement := range statements {
		for _, action := range infra.List(statement["Action"]) {
			for _, resource := range infra.List(statement["Resource"]) {
				if service, _, _ := strings.Cut(action.(string), ":"); service != "logs" {
					granted[callOf(t, action.(string), resource)] = true
				}
			}
		}
	}
	return granted
}

// callOf is the request that a statement allows.
func callOf(t *testing.T, action string, resource any) string {
	t.Helper()
	arn := fmt.Sprint(resource)
	for pattern, call := range map[string]string{
		`GetAtt:(\w+)Table\.Arn`:              action + " $1",
		`Sub:\$\{\w+Table\.Arn\}(/index/\w+)`: action + " $1",
		`/POST/@connections/\*`:               "apigatewaymanagementapi:PostToConnection",
		`/DELETE/@connections/\*`:             "apigatewaymanagementapi:DeleteConnection",
		`/GET/@connections/\*`:                "apigatewaymanagementapi:GetConnection",
		`:parameter[$/]`:                      action,
	} {
		if found := regexp.MustCompile(pattern).FindStringSubmatchIndex(arn); found != nil {
			return string(regexp.MustCompile(pattern).ExpandString(nil, call, arn, found))
		}
	}
	t.Fatalf("%s of %s: not known", action, arn)
	return ""
}
