package e2e_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"
)

// timeout bounds each wait. No verdict depends on how long something took.
const timeout = 2 * time.Minute

type login struct {
	Username, Password string
	Admin              bool
}

type stack struct {
	WS, AWS, Region, Demo, Console, Issuer, ClientID, SiteSecret string
	Tables, Functions                                            map[string]string
	Shops                                                        map[string]string // the secret of each that has a key
	Site                                                         string            // which of them these connections mean
	Params                                                       map[string]string // the template's, where they aren't the defaults
	Agents                                                       []login
	key                                                          string // access key, as which an emulator takes an account's number
}

// runningStack is the stack that `python3 -m localstack with` started.
func runningStack(t *testing.T) stack { return openStack(t, "REJOIN_TEST_STATE") }

// openStack reads the addresses of the stack whose folder the variable names. Without the variable, the test is left out: this run has no
// such stack.
func openStack(t *testing.T, variable string) stack {
	t.Helper()
	state := os.Getenv(variable)
	if state == "" {
		t.Skipf("%s is not set: there is no such stack", variable)
	}
	data, err := os.ReadFile(filepath.Join(state, "endpoints.json"))
	require.NoError(t, err, "the stack that %s names is not up", variable)
	s := stack{key: "test"}
	require.NoError(t, json.Unmarshal(data, &s))
	return s
}

// TestSecretsAreTheOwners: only their owner can read the files with the shops' secrets, with any umask.
func TestSecretsAreTheOwners(t *testing.T) {
	runningStack(t)
	info, err := os.Stat(filepath.Join(os.Getenv("REJOIN_TEST_STATE"), "endpoints.json"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode())
}

var people atomic.Int64 // makes the names of this run's people unique

func unique(name string) string {
	return fmt.Sprintf("%s-%d-%d", name, time.Now().UnixNano(), people.Add(1))
}

// customerToken is what a shop's server signs for a customer it knows.
func (s stack) customerToken(t *testing.T, sub string, change ...func(jwt.MapClaims)) string {
	t.Helper()
	claims := jwt.MapClaims{"aud": "rejoin", "sub": sub, "name": "Customer " + sub[:4], "exp": time.Now().Add(time.Hour).Unix()}
	for _, c := range change {
		c(claims)
	}
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(s.SiteSecret))
	require.NoError(t, err)
	return token
}

// visitorToken is what a browser signs for itself.
func visitorToken(t *testing.T, key *ecdsa.PrivateKey) string {
	t.Helper()
	point, err := key.PublicKey.Bytes() // 4, x, y
	require.NoError(t, err)
	b64 := base64.RawURLEncoding.EncodeToString
	token := jwt.NewWithClaims(jwt.SigningMethodES256, jwt.MapClaims{"aud": "rejoin", "iat": time.Now().Unix()})
	token.Header["jwk"] = map[string]string{"kty": "EC", "crv": "P-256", "x": b64(point[1:33]), "y": b64(point[33:])}
	signed, err := token.SignedString(key)
	require.NoError(t, err)
	return signed
}

func visitorKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	return key
}

// agentToken logs an agent in and returns their ID token.
func (s stack) agentToken(t *testing.T, a login) string {
	t.Helper()
	var out struct {
		AuthenticationResult struct {
			IDToken string `json:"IdToken"`
		}
	}
	s.call(t, "cognito-idp", "AWSCognitoIdentityProviderService.InitiateAuth", map[string]any{
		"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": s.ClientID,
		"AuthParameters": map[string]string{"USERNAME": a.Username, "PASSWORD": a.Password},
	}, &out)
	require.NotEmpty(t, out.AuthenticationResult.IDToken)
	return out.AuthenticationResult.IDToken
}

const password = "Under-fire-1"

// createAgent makes an agent.
func (s stack) createAgent(t *testing.T) login {
	t.Helper()
	var out any
	username, pool := unique("agent"), path.Base(s.Issuer)
	s.call(t, "cognito-idp", "AWSCognitoIdentityProviderService.AdminCreateUser", map[string]any{
		"UserPoolId": pool, "Username": username, "MessageAction": "SUPPRESS",
		"UserAttributes": []map[string]string{{"Name": "name", "Value": username}},
	}, &out)
	s.call(t, "cognito-idp", "AWSCognitoIdentityProviderService.AdminSetUserPassword", map[string]any{
		"UserPoolId": pool, "Username": username, "Password": password, "Permanent": true,
	}, &out)
	return login{Username: username, Password: password}
}

// connectionsOf lists the open connections of a person.
func (s stack) connectionsOf(t *testing.T, who string) []string {
	t.Helper()
	var ids []string
	var start any
	for {
		var out struct {
			Items            []map[string]map[string]string
			LastEvaluatedKey map[string]any
		}
		in := map[string]any{
			"TableName": s.Tables["connections"], "ConsistentRead": true,
			"FilterExpression": "who = :who", "ExpressionAttributeValues": map[string]any{":who": map[string]string{"S": who}},
		}
		if start != nil {
			in["ExclusiveStartKey"] = start
		}
		s.call(t, "dynamodb", "DynamoDB_20120810.Scan", in, &out)
		for _, item := range out.Items {
			ids = append(ids, item["connectionId"]["S"])
		}
		if len(out.LastEvaluatedKey) == 0 {
			return ids
		}
		start = out.LastEvaluatedKey
	}
}

// call is one request of an AWS service's JSON protocol.
func (s stack) call(t *testing.T, service, target string, in, out any) {
	t.Helper()
	s.post(t, service, s.AWS+"/", map[string]string{"X-Amz-Target": target, "Content-Type": "application/x-amz-json-1.1"}, in, out)
}

// invoke runs a function and waits for its answer.
func (s stack) invoke(t *testing.T, function string, event any) {
	t.Helper()
	var out any
	s.post(t, "lambda", s.AWS+"/2015-03-31/functions/"+s.Functions[function]+"/invocations", nil, event, &out)
}

func (s stack) post(t *testing.T, service, url string, header map[string]string, in, out any) {
	t.Helper()
	body, err := json.Marshal(in)
	require.NoError(t, err)
	if data, _ := s.send(t, http.MethodPost, service, url, header, body); len(data) > 0 {
		require.NoError(t, json.Unmarshal(data, out), "%s", data)
	}
}

// send sends one request of any AWS protocol. The emulator does not check the signature.
func (s stack) send(t *testing.T, method, service, url string, header map[string]string, body []byte) ([]byte, http.Header) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Authorization", fmt.Sprintf(
		"AWS4-HMAC-SHA256 Credential=%s/20260101/%s/%s/aws4_request, SignedHeaders=host, Signature=0", s.key, s.Region, service))
	for k, v := range header {
		req.Header.Set(k, v)
	}
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.Less(t, resp.StatusCode, 300, "%s: %s", url, data)
	require.Empty(t, resp.Header.Get("X-Amz-Function-Error"), "%s", data)
	return data, resp.Header
}
