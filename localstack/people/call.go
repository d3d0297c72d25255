package people

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// Call is one request of an AWS service's JSON protocol. It has no valid signature: an emulator asks for none, and AWS for none at a log-in.
// `out` may be nil.
func (s Stack) Call(ctx context.Context, service, target string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	header := map[string]string{"X-Amz-Target": target, "Content-Type": "application/x-amz-json-1.1"}
	answer, _, err := s.Send(ctx, http.MethodPost, service, s.address()+"/", header, body)
	if err != nil || out == nil {
		return err
	}
	return json.Unmarshal(answer, out)
}

// address is where the emulator answers, or the pool on AWS.
func (s Stack) address() string {
	if s.AWS != "" {
		return s.AWS
	}
	if pool, err := url.Parse(s.Issuer); err == nil {
		return pool.Scheme + "://" + pool.Host
	}
	return s.Issuer
}

// Send is one request of any AWS protocol, and returns the answer's body and header. A status from 300 is an error.
func (s Stack) Send(ctx context.Context, method, service, at string, header map[string]string, body []byte) ([]byte, http.Header, error) {
	request, err := http.NewRequestWithContext(ctx, method, at, bytes.NewReader(body))
	if err != nil {
		return nil, nil, err
	}
	if s.AWS != "" { // which region and account are meant
		request.Header.Set("Authorization", fmt.Sprintf(
			"AWS4-HMAC-SHA256 Credential=%s/20260101/%s/%s/aws4_request, SignedHeaders=host, Signature=0", s.Key, s.Region, service))
	}
	for name, value := range header {
		request.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode >= http.StatusMultipleChoices {
		err = fmt.Errorf("%s %s: %s: %s", method, at, response.Status, answer)
	}
	return answer, response.Header, err
}
