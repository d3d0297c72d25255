package dynamo

import (
	"io"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// readOnlyBodies hides all methods of request bodies but Read and Close. The SDK closes a body as soon as the head of
// the answer arrives, and its bodies' WriteTo then returns io.EOF as an error. If net/http is just then probing the
// end of the body, it takes that for a failed write and closes the connection before the answer's body is read. The
// SDK would retry, and the condition of the write that was already applied would fail.
type readOnlyBodies struct{ next dynamodb.HTTPClient }

func (p readOnlyBodies) Do(r *http.Request) (*http.Response, error) {
	if r.Body != nil && r.Body != http.NoBody {
		r.Body = struct{ io.ReadCloser }{r.Body}
	}
	return p.next.Do(r)
}
