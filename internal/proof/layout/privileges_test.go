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

// TestPrivileges holds that a function's role grants what its code can ask for, and nothing else. What the code can ask
// for is derived from the code: each request that main leads to, with the table that ends up in it.
func TestPrivileges(t *testing.T) {
	template, err := infra.Read()
	require.NoError(t, err)
	p := load(t)
	for name, main := range p.mains {
		t.Run(name, func(t *testing.T) {
			asked := callsOf(p.from(main))
			require.NotEmpty(t, asked)
			granted := grantedTo(t, template, strings.ToUpper(name[:1])+name[1:]+"Role")
			assert.Empty(t, without(granted, asked), "granted, and not asked for")
			assert.Equal(t, never()[name], without(asked, granted), "asked for, and refused")
		})
	}
}

// never is what the code leads to and the function does not do: what is known only at run time keeps it from there.
func never() map[string][]string {
	return map[string][]string{
		"authorize": {"dynamodb:GetItem Agents"},       // it looks up customers alone
		"message":   {"dynamodb:UpdateItem Customers"}, // it empties seats of agents alone
		"sweep": {"dynamodb:GetItem Customers", // it looks for newer lines of agents alone
			"dynamodb:Query Handled", // and counts the ends of a span, whoever's they are
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

// grantedTo is what a role allows, in the words of callsOf; logging apart, which Lambda does for each function.
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

// callOf tells what a statement allows.
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
