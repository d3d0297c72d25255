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

// wire counts the answers to one call's requests that were lost, so that the SDK asked again.
type wire struct{ lost atomic.Int32 }

// wireKey finds it in a context.
type wireKey struct{}

// tricky is the network to the database. It loses answers of requests that were carried out, and where a bug is
// planted, changes what is asked.
type tricky struct {
	next dynamodb.HTTPClient
	rate float64
	// always is a part of a condition that is to count as true; empty: none.
	always string
}

// attach puts it into a client's options.
func (t *tricky) attach(o *dynamodb.Options) { t.next, o.HTTPClient = o.HTTPClient, t }

var errCut = errors.New("connection cut")

func (t *tricky) Do(r *http.Request) (*http.Response, error) {
	if t.always != "" {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		body = bytes.ReplaceAll(body, []byte(t.always), []byte("("+t.always+" OR NOT "+t.always+")"))
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	response, err := t.next.Do(r)
	w, mine := r.Context().Value(wireKey{}).(*wire)
	if err != nil || !mine || rand.Float64() >= t.rate || !writes(r) {
		return response, err
	}
	w.lost.Add(1)
	_ = response.Body.Close()
	return nil, errCut
}

// writes tells whether a request changes anything.
func writes(r *http.Request) bool {
	_, action, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	return action == "UpdateItem" || action == "PutItem" || action == "TransactWriteItems"
}
