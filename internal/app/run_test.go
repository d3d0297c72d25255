package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// envFunction names the function that this test program runs as; empty for tests.
const envFunction = "REJOIN_TEST_FUNCTION"

func TestMain(m *testing.M) {
	switch os.Getenv(envFunction) {
	case "SweepFunction":
		Run(Sweep)
	case "AuthorizeFunction":
		Run(Authorize)
	case "panic":
		Run(func(context.Context) (func() error, error) { return func() error { panic("lost") }, nil })
	case "unrecorded":
		Run(func(context.Context) (func() error, error) {
			return func() error { return errors.New("nobody wrote this down") }, nil
		})
	default:
		os.Exit(m.Run())
	}
}

// platform is Lambda's runtime API with one event. As any other service it answers with an error.
type platform struct {
	event  string
	sent   atomic.Bool
	failed chan struct{} // closed when the function reports that the event failed
}

func (p *platform) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasSuffix(r.URL.Path, "/invocation/next") && p.sent.CompareAndSwap(false, true):
		w.Header().Set("Lambda-Runtime-Aws-Request-Id", "i1")
		w.Header().Set("Lambda-Runtime-Deadline-Ms", "9999999999999")
		_, _ = io.WriteString(w, p.event)
	case strings.HasSuffix(r.URL.Path, "/invocation/next"):
		<-r.Context().Done()
	case strings.HasSuffix(r.URL.Path, "/error"):
		close(p.failed)
		w.WriteHeader(http.StatusAccepted)
	default:
		w.WriteHeader(http.StatusBadRequest)
	}
}

// TestFailureLeavesOneLine runs functions as the platform does: whatever fails, they write only lines of JSON on stdout, and
// exactly one for an error that a handler returns.
func TestFailureLeavesOneLine(t *testing.T) {
	for name, tc := range map[string]struct {
		event    string
		messages []string
	}{
		"SweepFunction": {`{}`, []string{"event failed"}},
		// An agent's token while the issuer's keys cannot be fetched.
		"AuthorizeFunction": {`{"headers": {"Origin": "http://localhost"}, "queryStringParameters": {"token": "eyJhbGciOiJSUzI1NiIsImtpZCI6ImsifQ.e30.e30"}}`,
			[]string{"connection not decided"}},
		"unrecorded": {`{}`, []string{`{"errorMessage":"nobody wrote this down","errorType":"errorString"}`}},
		"panic":      {`{}`, []string{`{"errorMessage":"lost","errorType":"string","stackTrace"`, "calling the handler function resulted in a panic"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := &platform{event: tc.event, failed: make(chan struct{})}
			server := httptest.NewServer(p)
			defer server.Close()
			var stdout, stderr bytes.Buffer
			function := exec.CommandContext(t.Context(), os.Args[0])
			function.Stdout, function.Stderr = &stdout, &stderr
			function.Env = append(environmentOf(t, name), envFunction+"="+name, "AWS_REGION=eu-central-1", "AWS_ENDPOINT_URL="+server.URL,
				"AWS_ACCESS_KEY_ID=a", "AWS_SECRET_ACCESS_KEY=b", envKeys+"="+server.URL, "AWS_LAMBDA_RUNTIME_API="+strings.TrimPrefix(server.URL, "http://"))
			require.NoError(t, function.Start())
			exited := make(chan error, 1)
			go func() { exited <- function.Wait() }()
			if name != "panic" { // which ends it
				select {
				case <-p.failed:
					require.NoError(t, function.Process.Kill())
				case err := <-exited:
					require.Fail(t, "it ended before its event", "%v: %s", err, stderr.String())
				}
			}
			require.Error(t, <-exited)

			assert.Empty(t, stderr.String())
			lines := slices.Collect(strings.Lines(stdout.String()))
			require.Len(t, lines, len(tc.messages), "%s", stdout.String())
			for i, line := range lines {
				var of struct{ Level, Message, Timestamp string }
				require.NoError(t, json.Unmarshal([]byte(line), &of), line)
				assert.Equal(t, "ERROR", of.Level)
				assert.NotEmpty(t, of.Timestamp)
				assert.True(t, strings.HasPrefix(of.Message, tc.messages[i]), of.Message)
			}
		})
	}
}

// environmentOf is what the template gives a function; nothing for those that it does not know.
func environmentOf(t *testing.T, function string) (env []string) {
	t.Helper()
	for _, variable := range templateEnvironment(t)[function] {
		env = append(env, variable+"="+valueOf(variable))
	}
	return env
}
