package infra_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The longest possible names of a stage and a region.
const (
	longestStage  = "sixteenletters16"
	longestRegion = "ap-southeast-12"
)

// naming is how AWS names the resources of a type.
type naming struct {
	property string // the property with the name; empty: the type has none
	wide     bool   // unique in the whole account or globally; else in a region
	max      int    // characters
}

// namings covers every type of the template, as documented in
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
func namings() map[string]naming {
	return map[string]naming{
		"AWS::CloudFront::Distribution":          {},
		"AWS::CloudFront::OriginAccessControl":   {"OriginAccessControlConfig.Name", true, 64},
		"AWS::CloudFront::OriginRequestPolicy":   {"OriginRequestPolicyConfig.Name", true, 128},
		"AWS::CloudFront::ResponseHeadersPolicy": {"ResponseHeadersPolicyConfig.Name", true, 128},
		"AWS::CloudWatch::Dashboard":             {"DashboardName", true, 255},
		"AWS::IAM::ManagedPolicy":                {"ManagedPolicyName", true, 128},
		"AWS::IAM::Role":                         {"RoleName", true, 64},
		"AWS::S3::Bucket":                        {"BucketName", true, 63},

		"AWS::ApiGatewayV2::Api":        {"Name", false, 128},
		"AWS::ApiGatewayV2::Authorizer": {"Name", false, 128},
		"AWS::CloudWatch::Alarm":        {"AlarmName", false, 255},
		"AWS::Cognito::UserPool":        {"UserPoolName", false, 128},
		"AWS::Cognito::UserPoolClient":  {"ClientName", false, 128},
		"AWS::Cognito::UserPoolDomain":  {"Domain", false, 63},
		"AWS::Cognito::UserPoolGroup":   {"GroupName", false, 128},
		"AWS::DynamoDB::Table":          {"TableName", false, 255},
		"AWS::Logs::LogGroup":           {"LogGroupName", false, 512},
		"AWS::SNS::Topic":               {"TopicName", false, 256},
		"AWS::SSM::Parameter":           {"Name", false, 1011},
		"AWS::Serverless::Function":     {"FunctionName", false, 64},

		"AWS::ApiGatewayV2::ApiMapping":          {},
		"AWS::ApiGatewayV2::DomainName":          {}, // the shop's own
		"AWS::ApiGatewayV2::Integration":         {},
		"AWS::ApiGatewayV2::IntegrationResponse": {},
		"AWS::ApiGatewayV2::Route":               {},
		"AWS::ApiGatewayV2::RouteResponse":       {},
		"AWS::ApiGatewayV2::Stage":               {},
		"AWS::Lambda::Permission":                {},
		"AWS::Route53::RecordSet":                {},
		"AWS::Route53::RecordSetGroup":           {},
		"AWS::S3::BucketPolicy":                  {},
		"AWS::SNS::Subscription":                 {},
	}
}

// name is the template's name of a resource; empty if AWS chooses one.
func (d deployment) name(id, property string) string {
	part := d.value(d.Resources[id].Properties)
	for step := range strings.SplitSeq(property, ".") {
		part = part.(map[string]any)[step]
	}
	name, _ := part.(string)
	return name
}

// TestStageStandsInTwoRegions: a stage of the same name can be created in another region of the account, and no name is too
// long, even with the longest names of stage and region.
func TestStageStandsInTwoRegions(t *testing.T) {
	in := func(region string) deployment {
		d := deployed(t, chosen("pages", "ws", "zone", "alarms", "origins", "edge"))
		d.parameters["AWS::StackName"], d.parameters["Stage"], d.parameters["AWS::Region"] = "rejoin-"+longestStage, longestStage, region
		return d
	}
	here, there := in(longestRegion), in("eu-west-1")
	wide := 0
	for id, r := range here.resources() {
		kind, known := namings()[r.Type]
		require.True(t, known, "%s: is the name of a %s of its region or of the account?", id, r.Type)
		if kind.property == "" {
			continue
		}
		name := here.name(id, kind.property)
		assert.LessOrEqual(t, len(name), kind.max, "%s: %s", id, name)
		if kind.wide && name != "" {
			wide++
			assert.NotEqual(t, name, there.name(id, kind.property), "%s belongs to the whole account", id)
		}
	}
	assert.Equal(t, 4, wide)
	sweep := here.Resources["SweepFunction"].Properties["Events"].(map[string]any)["EveryMinute"].(map[string]any)["Properties"]
	assert.LessOrEqual(t, len(here.text(sweep.(map[string]any)["Name"])), 64, "a schedule's name")
}
