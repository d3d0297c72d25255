package infra_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/infra"
)

func TestTablesExpireAndAreBackedUp(t *testing.T) {
	tables := read(t).OfType("AWS::DynamoDB::Table")
	require.Len(t, tables, 9)
	for id, table := range tables {
		assert.Equal(t, map[string]any{"AttributeName": "ttl", "Enabled": true}, table.Properties["TimeToLiveSpecification"], id)
		assert.Equal(t, map[string]any{"PointInTimeRecoveryEnabled": true}, table.Properties["PointInTimeRecoverySpecification"], id)
	}
}

// TestIndexesHoldNothingThatMessagesChange: a text changes no index, so that it costs no further write.
func TestIndexesHoldNothingThatMessagesChange(t *testing.T) {
	tables, err := infra.Tables()
	require.NoError(t, err)
	require.Len(t, tables, 9)
	indexes := map[string][]string{}
	for name, table := range tables {
		assert.Equal(t, types.BillingModePayPerRequest, table.BillingMode, name)
		assert.NotEmpty(t, table.KeySchema, name)
		for _, index := range table.GlobalSecondaryIndexes {
			indexes[name] = append(indexes[name], *index.IndexName)
			if name == "agents" {
				assert.Equal(t, types.ProjectionTypeInclude, index.Projection.ProjectionType)
				assert.Subset(t, []string{"name", "conn"}, index.Projection.NonKeyAttributes, "what a push needs")
				continue
			}
			assert.Equal(t, types.ProjectionTypeKeysOnly, index.Projection.ProjectionType, *index.IndexName)
		}
	}
	assert.Equal(t, map[string][]string{
		"rooms": {"queue", "agent", "due", "customer", "ended", "uncounted"}, "agents": {"online", "free"}, "connections": {"lasting"},
	}, indexes)
}

func TestBucketsArePrivate(t *testing.T) {
	template := read(t)
	buckets := template.OfType("AWS::S3::Bucket")
	require.NotEmpty(t, buckets)
	for id, bucket := range buckets {
		assert.Equal(t, map[string]any{
			"BlockPublicAcls": true, "BlockPublicPolicy": true, "IgnorePublicAcls": true, "RestrictPublicBuckets": true,
		}, bucket.Properties["PublicAccessBlockConfiguration"], id)
	}
	for id, policy := range template.OfType("AWS::S3::BucketPolicy") {
		for _, statement := range infra.Statements(policy.Properties) {
			if statement["Effect"] == "Allow" {
				assert.Equal(t, map[string]any{"Service": "cloudfront.amazonaws.com"}, statement["Principal"], id)
				assert.Contains(t, text(t, statement["Condition"]), "distribution/${Distribution}", id)
			}
		}
	}
}

func TestLogIn(t *testing.T) {
	template := read(t)
	users := template.Resources["UserPool"].Properties["AdminCreateUserConfig"].(map[string]any)
	assert.Equal(t, true, users["AllowAdminCreateUserOnly"])
	invitation := text(t, users["InviteMessageTemplate"])
	for _, part := range []string{"{username}", "{####}", "${PagesUrl.Value}/console/index.html", "비밀번호"} {
		assert.Contains(t, invitation, part)
	}
	assert.Equal(t, "OPTIONAL", deployed(t, nil).text(template.Resources["UserPool"].Properties["MfaConfiguration"]))
	assert.Equal(t, "ON", deployed(t, map[string]string{"Mfa": "ON"}).text(template.Resources["UserPool"].Properties["MfaConfiguration"]))
	assert.Equal(t, []any{"SOFTWARE_TOKEN_MFA"}, template.Resources["UserPool"].Properties["EnabledMfas"])
	pool := template.Resources["UserPool"].Properties
	assert.Equal(t, map[string]any{"CaseSensitive": false}, pool["UsernameConfiguration"], "which cannot be changed later")
	for _, never := range []string{"UsernameAttributes", "AliasAttributes", "Schema"} {
		assert.NotContains(t, pool, never, "which cannot be changed later")
	}
	client := template.Resources["UserPoolClient"].Properties
	assert.Equal(t, []any{"locale"}, client["WriteAttributes"], "an agent gives themselves no other name or address")
	assert.Equal(t, false, client["GenerateSecret"])
	assert.Equal(t, []any{"code"}, client["AllowedOAuthFlows"])
	assert.Equal(t, []any{"openid", "email", "profile"}, client["AllowedOAuthScopes"])
	for _, flow := range infra.List(client["ExplicitAuthFlows"]) {
		assert.NotContains(t, []any{"ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"}, flow, "passwords only on an emulator")
	}
}

func TestPagesSayWhatTheyMayDo(t *testing.T) {
	headers := text(t, read(t).Resources["PageHeaders"].Properties)
	for _, part := range []string{
		"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "connect-src ${Reached};",
	} {
		assert.Contains(t, headers, part)
	}
	assert.NotContains(t, headers, "unsafe-")
}
