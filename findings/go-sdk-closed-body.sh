#!/usr/bin/env bash
# Package:   aws-sdk-go-v2/service/dynamodb 1.74.0 with smithy-go 1.28.9, on net/http of Go 1.26
# Behaviour: Now and then (here three times in 40,000) a call to a fast endpoint fails while its response is read, although the
#            server has answered in full. The SDK closes the request's body as soon as it has the response's headers. When net/http
#            then copies the rest of the body, to check that it has ended, the closed body's WriteTo returns io.EOF. io.Copy takes
#            only an EOF from Read as the end, and one from WriteTo as an error. So net/http assumes that sending has failed and
#            closes the connection while the response is being read.
# Expected:  A client does not fail its own request after the body was sent in full.
# Seen:      first error: … StatusCode: 200 … deserialization failed, … use of closed network connection
#            bodies as they are: 3 of 40000 failed / bodies that can only be read: 0 of 40000 failed
# Matters:   The SDK repeats the call, so it only shows as a retry. But a conditional write that took effect is repeated, and
#            its condition fails the second time: the caller concludes that another writer was first. An HTTP client that wraps
#            the body, so that it has no WriteTo, avoids it.
# Needs Go. Exits with 1 when the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder" && rm -rf "$folder"' EXIT
cd "$folder"
go mod init example.com/finding >/dev/null 2>&1
cat >main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

const batch = 40000

// onlyRead hides everything of a body but Read and Close.
type onlyRead struct{ next *http.Client }

func (o onlyRead) Do(r *http.Request) (*http.Response, error) {
	r.Body = struct{ io.ReadCloser }{r.Body}
	return o.next.Do(r)
}

// failed makes a batch of calls and tells how many of them broke off.
func failed(url string, client aws.HTTPClient) int64 {
	db := dynamodb.New(dynamodb.Options{
		BaseEndpoint: aws.String(url),
		Region:       "us-east-1",
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "a", SecretAccessKey: "b"}, nil
		}),
		HTTPClient: client,
		Retryer:    aws.NopRetryer{},
	})
	var broken atomic.Int64
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range batch / 8 {
				_, err := db.GetItem(context.Background(), &dynamodb.GetItemInput{
					TableName: aws.String("t"),
					Key:       map[string]types.AttributeValue{"id": &types.AttributeValueMemberS{Value: "1"}},
				})
				if err != nil && broken.Add(1) == 1 {
					fmt.Println(" first error:", err)
				}
			}
		})
	}
	all.Wait()
	return broken.Load()
}

func main() {
	body := `{"Item":{"id":{"S":"1"},"text":{"S":"` + strings.Repeat("x", 20000) + `"}}}`
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/x-amz-json-1.0")
		_, _ = io.WriteString(w, body)
	}))
	defer server.Close()
	var plain int64
	calls := 0
	for plain == 0 && calls < 10*batch {
		plain += failed(server.URL, &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8}})
		calls += batch
	}
	fmt.Printf("bodies as they are: %d of %d failed\n", plain, calls)
	wrapped := failed(server.URL, onlyRead{&http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8}}})
	fmt.Printf("bodies that can only be read: %d of %d failed\n", wrapped, batch)
	if plain == 0 || wrapped != 0 {
		fmt.Println("The behaviour has changed.")
		os.Exit(1)
	}
}
GO
go get github.com/aws/aws-sdk-go-v2/service/dynamodb@v1.74.0 github.com/aws/smithy-go@v1.28.9 2>/dev/null
go run .
