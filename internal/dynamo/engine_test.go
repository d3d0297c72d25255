package dynamo_test

import (
	"cmp"
	"context"
	"crypto/rand"
	"os"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/stretchr/testify/require"

	"rejoin/infra"
	"rejoin/internal/dynamo"
)

// Environment of these tests. ENGINES lists what to run on; the in-memory store is chattest's to test.
const (
	envEngines = "ENGINES"
	memory     = "memory"
)

// engineURLs are the names of engines and the variable that says where each answers.
func engineURLs() map[string]string {
	return map[string]string{"ministack": "MINISTACK_URL", "dynamodblocal": "DYNAMODB_LOCAL_URL"}
}

// engines are those that the run asks for, without the in-memory one. A name that nobody knows fails.
func engines(t *testing.T) []string {
	t.Helper()
	var asked []string
	for _, name := range strings.Split(cmp.Or(os.Getenv(envEngines), memory), ",") {
		if name == memory {
			continue
		}
		require.Contains(t, engineURLs(), name, "%s names an engine that is not known", envEngines)
		asked = append(asked, name)
	}
	return asked
}

// connect returns a client of an engine that was asked for.
func connect(t testing.TB, engine string, options ...func(*dynamodb.Options)) *dynamodb.Client {
	t.Helper()
	url := os.Getenv(engineURLs()[engine])
	require.NotEmpty(t, url, "%s was asked for and %s is not set", engine, engineURLs()[engine])
	return dynamodb.New(dynamodb.Options{
		Region: "eu-central-1", BaseEndpoint: &url,
		Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
	}, options...)
}

// createTables makes the template's tables under names of their own, so that tests run beside each other.
func createTables(t testing.TB, client *dynamodb.Client) dynamo.Tables {
	t.Helper()
	definitions, err := infra.Tables()
	require.NoError(t, err)
	prefix := "t" + strings.ToLower(rand.Text()[:10]) + "-"
	for name, in := range definitions {
		in.TableName = aws.String(prefix + name)
		_, err := client.CreateTable(t.Context(), &in)
		require.NoError(t, err, "create %s", name)
		t.Cleanup(func() {
			_, err := client.DeleteTable(context.Background(), &dynamodb.DeleteTableInput{TableName: in.TableName})
			require.NoError(t, err)
		})
	}
	return dynamo.Tables{
		Connections: prefix + "connections", Rooms: prefix + "rooms", Messages: prefix + "messages",
		Customers: prefix + "customers", Agents: prefix + "agents", Canned: prefix + "canned", Handled: prefix + "handled",
	}
}

func openStore(t testing.TB, engine string) *dynamo.Store {
	t.Helper()
	client := connect(t, engine)
	return dynamo.New(client, createTables(t, client))
}
