package dynamo

import (
	"io"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// readOnlyBodies sends request bodies that can only be read. The SDK closes a body as soon as the head of the answer is
// there, and its bodies' WriteTo then returns io.EOF as an error; when net/http is just then looking whether the body
// has an end, it takes that for a failed write and closes the connection before the answer's body was read. The SDK
// would ask again, and the condition of a write that was carried out fails the second time.
type readOnlyBodies struct{ next dynamodb.HTTPClient }

func (p readOnlyBodies) Do(r *http.Request) (*http.Response, error) {
	if r.Body != nil && r.Body != http.NoBody {
		r.Body = struct{ io.ReadCloser }{r.Body}
	}
	return p.next.Do(r)
}
