package linear

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// lostAnswers counts the lost answers to one call's requests. The SDK repeats a request after each.
type lostAnswers struct{ count atomic.Int32 }

// lostKey finds the call's lostAnswers in its context.
type lostKey struct{}

// network is the network to the database. It loses answers to requests that were carried out. To plant a bug, it changes
// the conditions of requests.
type network struct {
	next dynamodb.HTTPClient
	rate float64
	// weakened is a part of a condition that is replaced by one that always holds; empty: none.
	weakened string
}

// attach makes a client use the network.
func (t *network) attach(o *dynamodb.Options) { t.next, o.HTTPClient = o.HTTPClient, t }

var errCut = errors.New("connection cut")

func (t *network) Do(r *http.Request) (*http.Response, error) {
	if t.weakened != "" {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		body = bytes.ReplaceAll(body, []byte(t.weakened), []byte("("+t.weakened+" OR NOT "+t.weakened+")"))
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	response, err := t.next.Do(r)
	lost, counted := r.Context().Value(lostKey{}).(*lostAnswers)
	if err != nil || !counted || rand.Float64() >= t.rate || !writes(r) {
		return response, err
	}
	lost.count.Add(1)
	_ = response.Body.Close()
	return nil, errCut
}

// writes tells whether a request is a write.
func writes(r *http.Request) bool {
	_, action, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	return action == "UpdateItem" || action == "PutItem" || action == "TransactWriteItems"
}
