package e2e_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"

	"rejoin/localstack/people"
)

// timeout bounds each wait. No verdict depends on how long something took.
const timeout = 2 * time.Minute

type login = people.Login

type stack struct {
	people.Stack
	Site string // which of its shops these connections mean
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
	s, err := people.Read(filepath.Join(state, "endpoints.json"))
	require.NoError(t, err, "the stack that %s names is not up", variable)
	return stack{Stack: s}
}

// TestSecretsAreTheOwners: only their owner can read the files with the shops' secrets, with any umask.
func TestSecretsAreTheOwners(t *testing.T) {
	runningStack(t)
	info, err := os.Stat(filepath.Join(os.Getenv("REJOIN_TEST_STATE"), "endpoints.json"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode())
}

var persons atomic.Int64 // makes the names of this run's people unique

func unique(name string) string {
	return fmt.Sprintf("%s-%d-%d", name, time.Now().UnixNano(), persons.Add(1))
}

// customerToken is what a shop's server signs for a customer it knows.
func (s stack) customerToken(t *testing.T, sub string, change ...func(jwt.MapClaims)) string {
	t.Helper()
	claims := jwt.MapClaims{"name": "Customer " + sub[:4]}
	for _, c := range change {
		c(claims)
	}
	token, err := s.Customer(sub, claims)
	require.NoError(t, err)
	return token
}

// visitorToken is what a browser signs for itself.
func visitorToken(t *testing.T, key *ecdsa.PrivateKey) string {
	t.Helper()
	token, err := people.Visitor(key)
	require.NoError(t, err)
	return token
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
	token, err := s.LogIn(t.Context(), a.Username, a.Password)
	require.NoError(t, err)
	return token
}

const password = "Under-fire-1"

// createAgent makes an agent.
func (s stack) createAgent(t *testing.T) login {
	t.Helper()
	username := unique("agent")
	require.NoError(t, s.CreateAgent(t.Context(), username, password))
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
	ctx, cancel := context.WithTimeout(t.Context(), timeout)
	defer cancel()
	require.NoError(t, s.Call(ctx, service, target, in, out))
}

// invoke runs a function and waits for its answer.
func (s stack) invoke(t *testing.T, function string, event any) {
	t.Helper()
	body, err := json.Marshal(event)
	require.NoError(t, err)
	s.send(t, http.MethodPost, "lambda", s.AWS+"/2015-03-31/functions/"+s.Functions[function]+"/invocations", nil, body)
}

// send sends one request of any AWS protocol. The emulator does not check the signature.
func (s stack) send(t *testing.T, method, service, url string, header map[string]string, body []byte) ([]byte, http.Header) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), timeout)
	defer cancel()
	data, answered, err := s.Send(ctx, method, service, url, header, body)
	require.NoError(t, err)
	require.Empty(t, answered.Get("X-Amz-Function-Error"), "%s", data)
	return data, answered
}
