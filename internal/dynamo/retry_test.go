package dynamo

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// scripted is a store over a database with scripted answers: an error of this JSON, or none.
func scripted(t *testing.T, answers ...string) (s *Store, asked *[]string) {
	t.Helper()
	asked = new([]string)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		*asked = append(*asked, string(body))
		answer := answers[0]
		if len(answers) > 1 {
			answers = answers[1:]
		}
		if answer == "" {
			answer = "{}"
		} else {
			w.WriteHeader(http.StatusBadRequest)
		}
		_, err = io.WriteString(w, answer)
		assert.NoError(t, err)
	}))
	t.Cleanup(server.Close)
	return New(dynamodb.New(dynamodb.Options{
		Region: "eu-central-1", BaseEndpoint: &server.URL,
		Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
	}), Tables{Rooms: "rooms", Messages: "messages"}), asked
}

func cancelledFor(reasons string) string {
	return `{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","message":"cancelled","CancellationReasons":[` + reasons + `]}`
}

func TestConflictsAreRetried(t *testing.T) {
	const (
		none      = `{"Code":"None"}`
		collision = `{"Code":"TransactionConflict","Message":"ongoing"}`
		condition = `{"Code":"ConditionalCheckFailed","Message":"failed"}`
		tooFast   = `{"Code":"ThrottlingError","Message":"slow down"}`
		invalid   = `{"Code":"ValidationError","Message":"no"}`
		plain     = `{"__type":"com.amazonaws.dynamodb.v20120810#TransactionConflictException","message":"ongoing"}`
	)
	before := chat.Room{ID: "r", Rev: 1, Status: chat.StatusWaiting}
	m := &chat.Message{Customer: "c_1", Room: "r", Seq: 1, From: chat.System}
	for _, test := range []struct {
		name    string
		m       *chat.Message
		answers []string
		asked   int
		ok      bool
		fails   bool
	}{
		{"conflict, then free", m, []string{cancelledFor(none + "," + collision), ""}, 2, true, false},
		{"throttled, then free", m, []string{cancelledFor(tooFast + "," + none), ""}, 2, true, false},
		{"conflict for ever", m, []string{cancelledFor(collision + "," + none)}, maxAttempts, false, true},
		{"condition", m, []string{cancelledFor(condition + "," + none)}, 1, false, false},
		{"condition and conflict", m, []string{cancelledFor(condition + "," + collision)}, 1, false, false},
		{"not valid", m, []string{cancelledFor(invalid + "," + none)}, 1, false, true},
		{"a plain write meets a transaction", nil, []string{plain, ""}, 2, true, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s, asked := scripted(t, test.answers...)
			ok, err := s.ChangeRoom(t.Context(), before, before, test.m)
			assert.Equal(t, test.ok, ok)
			assert.Equal(t, test.fails, err != nil, "%v", err)
			require.Len(t, *asked, test.asked)
			for _, again := range *asked {
				assert.Equal(t, (*asked)[0], again, "a retry is the same request, with the same token")
			}
		})
	}
}

// TestAnOutageHasAHundredRetries counts the requests of a client during an outage: each call once, and a hundred
// retries in all, for which its 500 tokens suffice.
func TestAnOutageHasAHundredRetries(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.WriteHeader(http.StatusInternalServerError)
	}))
	t.Cleanup(server.Close)
	s, _ := scripted(t, "")
	s.client = dynamodb.New(s.client.Options(), func(o *dynamodb.Options) { o.BaseEndpoint = &server.URL })
	const calls, retries = 40, 100
	var all sync.WaitGroup
	for range calls {
		all.Go(func() {
			_, err := s.Room(t.Context(), "r")
			assert.Error(t, err)
		})
	}
	all.Wait()
	assert.EqualValues(t, calls+retries, asked.Load())
}

func TestRetriesEndWithTheContext(t *testing.T) {
	s, _ := scripted(t, cancelledFor(`{"Code":"TransactionConflict"}`))
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("over"))
	_, err := s.ChangeRoom(ctx, chat.Room{ID: "r"}, chat.Room{ID: "r"}, &chat.Message{Seq: 1})
	require.ErrorIs(t, err, context.Canceled)
}

func TestBatchRequestsTheRest(t *testing.T) {
	server := []string{
		`{"Responses":{"rooms":[{"roomId":{"S":"a"},"status":{"S":"waiting"}}]},"UnprocessedKeys":{"rooms":{"Keys":[{"roomId":{"S":"b"}}]}}}`,
		`{"Responses":{"rooms":[{"roomId":{"S":"b"},"status":{"S":"waiting"}}]}}`,
	}
	var asked int
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, err := io.WriteString(w, server[min(asked, 1)])
		assert.NoError(t, err)
		asked++
	}))
	t.Cleanup(h.Close)
	s, _ := scripted(t, "")
	s.client = dynamodb.New(s.client.Options(), func(o *dynamodb.Options) { o.BaseEndpoint = &h.URL })
	rooms, err := s.Rooms(t.Context(), []chat.RoomID{"b", "a", "b"})
	require.NoError(t, err)
	require.Len(t, rooms, 3, "as often as it was asked for")
	assert.Equal(t, []chat.RoomID{"b", "a", "b"}, []chat.RoomID{rooms[0].ID, rooms[1].ID, rooms[2].ID})
	assert.Equal(t, 2, asked)
}

type recordingClient struct{ body io.Reader }

func (s *recordingClient) Do(r *http.Request) (*http.Response, error) {
	s.body = r.Body
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("{}"))}, nil
}

func TestBodiesCanOnlyBeRead(t *testing.T) {
	next := &recordingClient{}
	s := New(dynamodb.New(dynamodb.Options{
		Region: "eu-central-1", HTTPClient: next, Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
		DisableValidateResponseChecksum: true,
	}), Tables{Rooms: "rooms"})
	_, err := s.Room(t.Context(), "r")
	require.NoError(t, err)
	require.NotNil(t, next.body)
	assert.NotImplements(t, (*io.WriterTo)(nil), next.body)
}
