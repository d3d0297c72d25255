package e2e_test

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"rejoin/localstack/people"
)

// account is this test's own, empty AWS account in the running emulator.
type account struct{ stack }

func (s stack) account(number string) account {
	return account{stack{Stack: people.Stack{AWS: s.AWS, Region: "ap-northeast-2", Key: number}}}
}

// make runs a target of the Makefile with the account's credentials, and returns its output.
func (a account) make(t *testing.T, arguments ...string) string {
	t.Helper()
	out, err := a.try(t, nil, arguments...)
	require.NoError(t, err, "make %v: %s", arguments, out)
	return out
}

// try is make with additional environment variables.
func (a account) try(t *testing.T, env []string, arguments ...string) (string, error) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "make", append([]string{"--no-print-directory", "-C", "../.."}, arguments...)...)
	command.Env = append(os.Environ(), "AWS_ENDPOINT_URL="+a.AWS, "AWS_REGION="+a.Region, "AWS_ACCESS_KEY_ID="+a.Key, "AWS_SECRET_ACCESS_KEY=any")
	command.Env = append(command.Env, env...)
	out, err := command.CombinedOutput()
	return string(out), err
}

// deployed is a stage of the account, according to its config.json and parameters.
func (a account) deployed(t *testing.T, stage string) stack {
	t.Helper()
	s := a.stack
	config, _ := a.page(t, stage, "config.json")
	require.NoError(t, json.Unmarshal(config, &s))
	var out struct{ Parameter struct{ Value string } }
	s.call(t, "ssm", "AmazonSSM.GetParameter", map[string]any{"Name": "/rejoin/" + stage + "/site-secret", "WithDecryption": true}, &out)
	s.SiteSecret = out.Parameter.Value
	s.Tables = map[string]string{"rooms": "rejoin-" + stage + "-rooms"}
	return s
}

// page reads a file of the stage's pages, and for how long it may be kept. The distribution, which alone may read them on
// AWS, has no such origin in the emulator.
func (a account) page(t *testing.T, stage, name string) (body []byte, cache string) {
	t.Helper()
	body, header := a.send(t, http.MethodGet, "s3", a.AWS+"/rejoin-"+stage+"-web/"+name, nil, nil)
	return body, header.Get("Cache-Control")
}

var temporary = regexp.MustCompile(`temporary password, since an emulator sends no mail: (\S+)`)

// createAgent creates an agent, who logs in with the printed password and sets their own.
func (a account) createAgent(t *testing.T, s stack, stage string, more ...string) (username string) {
	t.Helper()
	username = unique("agent") + "@shop.example"
	printed := a.make(t, append([]string{"agent", "STAGE=" + stage, "EMAIL=" + username}, more...)...)
	found := temporary.FindStringSubmatch(printed)
	require.NotNil(t, found, "%s", printed)
	var challenge struct{ ChallengeName, Session string }
	s.call(t, "cognito-idp", "AWSCognitoIdentityProviderService.InitiateAuth", map[string]any{
		"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": s.ClientID,
		"AuthParameters": map[string]string{"USERNAME": username, "PASSWORD": found[1]},
	}, &challenge)
	require.Equal(t, "NEW_PASSWORD_REQUIRED", challenge.ChallengeName)
	var out any
	s.call(t, "cognito-idp", "AWSCognitoIdentityProviderService.RespondToAuthChallenge", map[string]any{
		"ClientId": s.ClientID, "ChallengeName": challenge.ChallengeName, "Session": challenge.Session,
		"ChallengeResponses": map[string]string{"USERNAME": username, "NEW_PASSWORD": password},
	}, &out)
	return username
}

// resources counts the resources of each kind that a deployment creates.
func (a account) resources(t *testing.T) map[string]int {
	t.Helper()
	form := map[string]string{"Content-Type": "application/x-www-form-urlencoded"}
	counts := map[string]int{}
	for kind, of := range map[string]struct{ service, ask, each string }{
		"tables":        {"dynamodb", "DynamoDB_20120810.ListTables {}", `"rejoin-`},
		"logs":          {"logs", "Logs_20140328.DescribeLogGroups {}", `"logGroupName"`},
		"parameters":    {"ssm", `AmazonSSM.DescribeParameters {"MaxResults": 50}`, `"Name"`},
		"user pools":    {"cognito-idp", `AWSCognitoIdentityProviderService.ListUserPools {"MaxResults": 60}`, `"Name"`},
		"roles":         {"iam", "Action=ListRoles&Version=2010-05-08", "<RoleName>"},
		"policies":      {"iam", "Action=ListPolicies&Scope=Local&Version=2010-05-08", "<PolicyName>"},
		"stacks":        {"cloudformation", "Action=DescribeStacks&Version=2010-05-15", "<StackName>"},
		"buckets":       {"s3", "/", "<Bucket>"},
		"functions":     {"lambda", "/2015-03-31/functions/", `"FunctionName"`},
		"APIs":          {"apigateway", "/v2/apis", `"apiId"`},
		"schedules":     {"scheduler", "/schedules", `"Name"`},
		"distributions": {"cloudfront", "/2020-05-31/distribution", "<DistributionSummary>"},
		"headers":       {"cloudfront", "/2020-05-31/response-headers-policy?Type=custom", "<ResponseHeadersPolicySummary>"},
		"origin access": {"cloudfront", "/2020-05-31/origin-access-control", "<OriginAccessControlSummary>"},
	} {
		var answer []byte
		switch target, body, json := strings.Cut(of.ask, " "); {
		case json:
			header := map[string]string{"X-Amz-Target": target, "Content-Type": "application/x-amz-json-1.1"}
			answer, _ = a.send(t, http.MethodPost, of.service, a.AWS+"/", header, []byte(body))
		case strings.HasPrefix(of.ask, "/"):
			answer, _ = a.send(t, http.MethodGet, of.service, a.AWS+of.ask, nil, nil)
		default:
			answer, _ = a.send(t, http.MethodPost, of.service, a.AWS+"/", form, []byte(of.ask))
		}
		counts[kind] = strings.Count(string(answer), of.each)
	}
	return counts
}
