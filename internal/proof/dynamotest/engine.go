// Package dynamotest connects tests to the DynamoDB engines that ENGINES names. It reads the tests' environment, and may
// import internal/dynamo and infra.
package dynamotest

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/require"

	"rejoin/infra"
	"rejoin/internal/dynamo"
)

// EnvEngines names the variable that lists the engines to run on, separated by commas. The store in memory has its own
// tests (internal/memory).
const EnvEngines = "ENGINES"

const memory = "memory"

// Local is the official engine, the strictest; Emulator is the local stack's.
const (
	Local    = "dynamodblocal"
	Emulator = "ministack"
)

// engineURLs are the names of engines and the variable that says where each answers.
func engineURLs() map[string]string {
	return map[string]string{Emulator: "MINISTACK_URL", Local: "DYNAMODB_LOCAL_URL"}
}

// Engines returns the engines that ENGINES names, without the store in memory. An unknown name fails the test.
func Engines(t testing.TB) []string {
	t.Helper()
	var asked []string
	for _, name := range strings.Split(cmp.Or(os.Getenv(EnvEngines), memory), ",") {
		if name == memory {
			continue
		}
		require.Contains(t, engineURLs(), name, "%s names an engine that is not known", EnvEngines)
		asked = append(asked, name)
	}
	return asked
}

// OnLocal tells whether ENGINES names the official engine.
func OnLocal(t testing.TB) bool {
	t.Helper()
	return slices.Contains(Engines(t), Local)
}

// Connect returns a client of an engine that ENGINES names.
func Connect(t testing.TB, engine string, options ...func(*dynamodb.Options)) *dynamodb.Client {
	t.Helper()
	url := os.Getenv(engineURLs()[engine])
	require.NotEmpty(t, url, "%s was asked for and %s is not set", engine, engineURLs()[engine])
	return dynamodb.New(dynamodb.Options{
		Region: "eu-central-1", BaseEndpoint: &url,
		Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
	}, options...)
}

// CreateTables creates the template's tables under unique names, so that tests can run in parallel.
func CreateTables(t testing.TB, client *dynamodb.Client) dynamo.Tables {
	t.Helper()
	definitions, err := infra.Tables()
	require.NoError(t, err)
	prefix := "t" + strings.ToLower(rand.Text()[:10]) + "-"
	for name, in := range definitions {
		in.TableName = aws.String(prefix + name)
		_, err := client.CreateTable(t.Context(), &in)
		if there := new(types.ResourceInUseException); !errors.As(err, &there) { // the SDK repeats a request without an answer
			require.NoError(t, err, "create %s", name)
		}
		t.Cleanup(func() {
			_, err := client.DeleteTable(context.Background(), &dynamodb.DeleteTableInput{TableName: in.TableName})
			if gone := new(types.ResourceNotFoundException); !errors.As(err, &gone) {
				require.NoError(t, err)
			}
		})
	}
	return dynamo.Tables{
		Connections: prefix + "connections", Rooms: prefix + "rooms", Messages: prefix + "messages",
		Customers: prefix + "customers", Agents: prefix + "agents", Canned: prefix + "canned", Handled: prefix + "handled",
		Stats: prefix + "stats", Shops: prefix + "shops",
	}
}

// OnEach runs a test in parallel on each engine that ENGINES names, with a store on its own tables.
func OnEach(t *testing.T, test func(t *testing.T, store *dynamo.Store)) {
	t.Parallel()
	for _, engine := range Engines(t) {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			test(t, OpenStore(t, engine))
		})
	}
}

// OpenStore returns a store on its own tables.
func OpenStore(t testing.TB, engine string) *dynamo.Store {
	t.Helper()
	client := Connect(t, engine)
	return dynamo.New(client, CreateTables(t, client))
}
