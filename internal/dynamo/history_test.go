package dynamo

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// manyPages answers each Query with one message, as often as it is to.
type manyPages struct{ left int }

func (m *manyPages) Do(*http.Request) (*http.Response, error) {
	m.left--
	body := fmt.Sprintf(`{"Items":[{"customerId":{"S":"c_1"},"place":{"S":"r#%010d"},"from":{"S":"customer"}}]`, m.left+1)
	if m.left > 0 {
		body += `,"LastEvaluatedKey":{"customerId":{"S":"c_1"},"place":{"S":"x"}}`
	}
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/x-amz-json-1.0"}}, Body: io.NopCloser(strings.NewReader(body + "}")),
	}, nil
}

// TestLongRoomsAreReadSlowly: a key has so many read units in a second, and counting a long room leaves half of them. A short
// one, and what people wait for, is read at once. The time of a synctest passes by itself.
func TestLongRoomsAreReadSlowly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		read := func(pages int, texts bool) time.Duration {
			store := New(dynamodb.New(dynamodb.Options{
				Region: "eu-central-1", Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""), HTTPClient: &manyPages{pages},
			}), Tables{Messages: "messages"})
			began, of := time.Now(), store.MessagesWithoutText
			if texts {
				of = store.Messages
			}
			found, err := of(t.Context(), "c_1", "r", 1, int64(pages))
			require.NoError(t, err)
			assert.Len(t, found, pages)
			return time.Since(began)
		}
		assert.Zero(t, read(7, false), "more than an end reads")
		assert.Zero(t, read(160, true))
		longest := read(160, false)
		assert.Greater(t, longest, 24*time.Second)
		assert.Less(t, longest, 27*time.Second)
	})
}

// TestLongRoomWithoutTime: a read that would outlast its function fails at once.
func TestLongRoomWithoutTime(t *testing.T) {
	store := New(dynamodb.New(dynamodb.Options{
		Region: "eu-central-1", Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""), HTTPClient: &manyPages{1000},
	}), Tables{Messages: "messages"})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	expired, stop := context.WithTimeout(ctx, 100*time.Millisecond) // less than the seventh page waits
	defer stop()
	_, err := store.MessagesWithoutText(expired, "c_1", "r", 1, 1000)
	require.Error(t, err)
}
