package infra_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/infra"
)

// environments are the variables that each function's code reads.
func environments() map[string][]string {
	return map[string][]string{
		"authorize":  {"ADMIN_GROUP", "ALLOWED_ORIGINS", "CLIENT_ID", "CONNECTIONS_TABLE", "CONNECTS_FROM_ONE", "CUSTOMERS_TABLE", "EDGE", "EDGE_SECRET_PARAMETER", "ISSUER", "JWKS_URL", "NETWORK_KEY", "SITES_PATH", "SITE_SECRET_PARAMETER"},
		"connect":    {"CONNECTIONS_TABLE"},
		"disconnect": {"AGENTS_TABLE", "CALLBACK_URL", "CONNECTIONS_TABLE", "CUSTOMERS_TABLE", "ROOMS_TABLE", "RULES"},
		"message":    {"AGENTS_TABLE", "CALLBACK_URL", "FRAMES", "KEEP", "MESSAGES_TABLE", "ROOMS_TABLE", "RULES"},
		"room":       {"AGENTS_TABLE", "CALLBACK_URL", "CUSTOMERS_TABLE", "FRAMES", "HANDLED_TABLE", "KEEP", "MESSAGES_TABLE", "ROOMS_TABLE", "RULES", "SHOPS_TABLE", "STATS_TABLE"},
		"console":    {"AGENTS_TABLE", "CALLBACK_URL", "CANNED_TABLE", "CUSTOMERS_TABLE", "FRAMES", "HANDLED_TABLE", "KEEP", "MESSAGES_TABLE", "ROOMS_TABLE", "RULES", "SHOPS_TABLE", "STATS_TABLE", "TIME_ZONE"},
		"sweep":      {"AGENTS_TABLE", "CALLBACK_URL", "CONNECTIONS_TABLE", "HANDLED_TABLE", "KEEP", "MESSAGES_TABLE", "ROOMS_TABLE", "RULES", "SHOPS_TABLE", "STATS_TABLE", "TIME_ZONE"},
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
		assert.Equal(t, map[string]any{"Fn::GetAtt": logical(name) + "Role.Arn"}, function.Properties["Role"], "its own role")
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

// TestRolesAreNarrow: the only wildcards are the connections of this API.
func TestRolesAreNarrow(t *testing.T) {
	template := read(t)
	roles := template.OfType("AWS::IAM::Role")
	require.Len(t, roles, len(names(t))+1, "and one for the schedule")
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

// TestFailedSweepIsNotRepeated: Lambda does not retry a failed sweep. Retries would add to the next minute's run, just when there
// is too much to do.
func TestFailedSweepIsNotRepeated(t *testing.T) {
	called := 0
	for id, function := range read(t).OfType("AWS::Serverless::Function") {
		events, _ := function.Properties["Events"].(map[string]any)
		if events == nil {
			assert.NotContains(t, function.Properties, "EventInvokeConfig", "%s: whoever calls it waits for the answer", id)
			continue
		}
		once := map[string]any{"MaximumRetryAttempts": 0, "MaximumEventAgeInSeconds": 60}
		assert.Equal(t, once, function.Properties["EventInvokeConfig"], id)
		for name, event := range events {
			called++
			schedule := event.(map[string]any)["Properties"].(map[string]any)
			assert.Equal(t, "rate(1 minute)", schedule["ScheduleExpression"], "an event lives until the next")
			assert.Equal(t, once, schedule["RetryPolicy"], name)
			assert.Equal(t, map[string]any{"Fn::GetAtt": "ScheduleRole.Arn"}, schedule["RoleArn"], name)
		}
		assert.Less(t, function.Properties["Timeout"], 60, "%s: it ends before the next begins", id)
	}
	assert.Equal(t, 1, called)
}

// TestScheduleIsOfThisAccount: only this account's schedules can use the role that calls the sweep, and it can do nothing else.
func TestScheduleIsOfThisAccount(t *testing.T) {
	role := read(t).Resources["ScheduleRole"].Properties
	assert.Equal(t, []any{map[string]any{
		"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": map[string]any{"Service": "scheduler.amazonaws.com"},
		"Condition": map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": map[string]any{"Ref": "AWS::AccountId"}}},
	}}, role["AssumeRolePolicyDocument"].(map[string]any)["Statement"])
	assert.Equal(t, []map[string]any{{
		"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": map[string]any{"Fn::GetAtt": "SweepFunction.Arn"},
	}}, infra.Statements(role))
}

// maxEnvironment is Lambda's limit of a function's environment in bytes, with names:
// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
const maxEnvironment = 4096

// TestEnvironmentFits: environments stay within the limit with the longest value of each parameter.
func TestEnvironmentFits(t *testing.T) {
	given := map[string]string{}
	for name, p := range read(t).Parameters {
		switch {
		case p.Type == "Number":
			given[name] = strings.Repeat("9", 10)
		case p.MaxLength > 0:
			given[name] = strings.Repeat("x", p.MaxLength)
		}
	}
	given["PagesCertificateArn"], given["WsCertificateArn"], given["EmulatorHost"] = "arn", "arn", ""
	given["Stage"] = longestStage
	d := deployed(t, given)
	d.parameters["AWS::StackName"] = "rejoin-" + longestStage
	longest := 0
	for id, function := range d.OfType("AWS::Serverless::Function") {
		own := d.value(function.Properties["Environment"].(map[string]any)["Variables"]).(map[string]any)
		maps.Copy(own, d.value(d.Globals.Environment).(map[string]any))
		size := len(text(t, own))
		longest = max(longest, size)
		assert.LessOrEqual(t, size, maxEnvironment, id)
	}
	assert.Greater(t, longest, 2048, "the origins are there")
}

// TestWhatEntersAnEnvironmentIsBounded: each text parameter of an environment has a maximum length.
func TestWhatEntersAnEnvironmentIsBounded(t *testing.T) {
	template := read(t)
	used := ""
	for _, function := range template.OfType("AWS::Serverless::Function") {
		used += text(t, function.Properties["Environment"])
	}
	for _, id := range []string{"PagesUrl", "LoginUrl", "IssuerUrl", "PoolId", "CallbackUrl"} {
		used += text(t, template.Resources[id].Properties)
	}
	bounded := 0
	for name, p := range template.Parameters {
		if p.Type == "String" && (strings.Contains(used, "${"+name+"}") || strings.Contains(used, `{"Ref":"`+name+`"}`)) {
			bounded++
			assert.Positive(t, p.MaxLength, name)
		}
	}
	assert.Greater(t, bounded, 5)
}
