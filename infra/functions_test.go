package infra_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/infra"
)

// environments is what each function's code reads, and no more.
func environments() map[string][]string {
	return map[string][]string{
		"authorize":  {"ADMIN_GROUP", "ALLOWED_ORIGINS", "CLIENT_ID", "CUSTOMERS_TABLE", "ISSUER", "JWKS_URL", "SITES_PATH", "SITE_SECRET_PARAMETER"},
		"connect":    {"CONNECTIONS_TABLE"},
		"disconnect": {"AGENTS_TABLE", "CALLBACK_URL", "CONNECTIONS_TABLE", "CUSTOMERS_TABLE", "ROOMS_TABLE", "RULES"},
		"message":    {"AGENTS_TABLE", "CALLBACK_URL", "KEEP", "MESSAGES_TABLE", "ROOMS_TABLE", "RULES"},
		"room":       {"AGENTS_TABLE", "CALLBACK_URL", "CUSTOMERS_TABLE", "HANDLED_TABLE", "KEEP", "MESSAGES_TABLE", "ROOMS_TABLE", "RULES", "STATS_TABLE"},
		"console":    {"AGENTS_TABLE", "CALLBACK_URL", "CANNED_TABLE", "CUSTOMERS_TABLE", "HANDLED_TABLE", "KEEP", "MESSAGES_TABLE", "ROOMS_TABLE", "RULES", "STATS_TABLE", "TIME_ZONE"},
		"sweep":      {"AGENTS_TABLE", "CALLBACK_URL", "CONNECTIONS_TABLE", "HANDLED_TABLE", "KEEP", "MESSAGES_TABLE", "ROOMS_TABLE", "RULES", "STATS_TABLE", "TIME_ZONE"},
	}
}

func TestFunctionsAreTheFolders(t *testing.T) {
	template := read(t)
	folders := names(t)
	assert.Len(t, template.OfType("AWS::Serverless::Function"), len(folders))
	for _, name := range folders {
		function, ok := template.Resources[logical(name)+"Function"]
		require.True(t, ok, name)
		assert.Equal(t, "../build/"+name+".zip", function.Properties["CodeUri"])
		assert.Equal(t, map[string]any{"Fn::GetAtt": logical(name) + "Role.Arn"}, function.Properties["Role"], "a role of its own")
	}
}

func TestFunctionsGetOnlyWhatTheyRead(t *testing.T) {
	template := read(t)
	for name, want := range environments() {
		variables := template.Resources[logical(name)+"Function"].Properties["Environment"].(map[string]any)["Variables"].(map[string]any)
		var got []string
		for variable := range variables {
			got = append(got, variable)
		}
		slices.Sort(got)
		assert.Equal(t, want, got, name)
	}
}

func TestFunctionsLogWithRetention(t *testing.T) {
	template := read(t)
	assert.Len(t, template.OfType("AWS::Logs::LogGroup"), len(names(t)))
	for _, name := range names(t) {
		log := logical(name) + "Log"
		assert.Equal(t, map[string]any{"Ref": "LogRetention"}, template.Resources[log].Properties["RetentionInDays"], log)
		function := template.Resources[logical(name)+"Function"]
		assert.Equal(t, map[string]any{"LogGroup": map[string]any{"Ref": log}}, function.Properties["LoggingConfig"], name)
	}
}

// TestRolesAreNarrow holds that nothing is allowed by a wildcard but posting to the connections of this API.
func TestRolesAreNarrow(t *testing.T) {
	template := read(t)
	roles := template.OfType("AWS::IAM::Role")
	require.Len(t, roles, len(names(t)))
	policies := template.OfType("AWS::IAM::ManagedPolicy")
	for id, role := range roles {
		for _, managed := range infra.List(role.Properties["ManagedPolicyArns"]) {
			assert.Contains(t, []any{nil, map[string]any{"Ref": "PushPolicy"}}, managed, id)
		}
		policies[id] = role
	}
	for id, policy := range policies {
		statements := infra.Statements(policy.Properties)
		require.NotEmpty(t, statements, id)
		for _, statement := range statements {
			for _, action := range infra.List(statement["Action"]) {
				assert.NotContains(t, action, "*", id)
			}
			for _, resource := range infra.List(statement["Resource"]) {
				arn := text(t, resource)
				if strings.Contains(arn, "*") {
					assert.Contains(t, arn, "${Api}/${Stage}/", id)
					assert.True(t, strings.HasSuffix(arn, `/@connections/*"}`), "%s: %s", id, arn)
				}
			}
		}
	}
}
