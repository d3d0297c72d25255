package fidelity_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/credentials"
	manage "github.com/aws/aws-sdk-go-v2/service/apigatewaymanagementapi"
	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"
)

// timeout bounds the wait for an event.
const timeout = 2 * time.Minute

const (
	account = "210987654329" // these tests' own account; the emulator uses it as the access key
	region  = "us-east-1"
	stage   = "live"
)

// emulator is a running emulator.
type emulator struct{ url string }

type addresses struct{ AWS, Console string }

// endpoints are the addresses of the running stack.
func endpoints(t *testing.T) (at addresses) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(os.Getenv("REJOIN_TEST_STATE"), "endpoints.json"))
	require.NoError(t, err, "the stack that REJOIN_TEST_STATE names is not up")
	require.NoError(t, json.Unmarshal(data, &at))
	return at
}

// stackEmulator is the running stack's, with the patches of localstack/preload.
func stackEmulator(t *testing.T) emulator { return emulator{endpoints(t).AWS} }

// startUnpatched starts the emulator without our patches.
func startUnpatched(t *testing.T) emulator {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	port := free.Addr().(*net.TCPAddr).Port
	require.NoError(t, free.Close())
	home := t.TempDir()
	command := exec.Command("../../.venv/bin/python", "-m", "ministack")
	command.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + home, "TMPDIR=" + home, fmt.Sprint("GATEWAY_PORT=", port), "BIND_HOST=127.0.0.1",
		"IOT_MTLS_ENABLED=0", "SFTP_ENABLED=0", "MINISTACK_REGION=" + region,
	}
	require.NoError(t, command.Start())
	t.Cleanup(func() {
		_ = command.Process.Signal(os.Interrupt)
		_ = command.Wait()
	})
	e := emulator{fmt.Sprint("http://localhost:", port)}
	require.Eventually(t, func() bool {
		resp, err := http.Get(e.url + "/_localstack/health")
		if err != nil {
			return false
		}
		return resp.Body.Close() == nil && resp.StatusCode == http.StatusOK
	}, timeout, 100*time.Millisecond)
	return e
}

// call sends one request to an AWS service that answers JSON. The emulator does not check the signature.
func (e emulator) call(t *testing.T, method, service, path, target string, in any) map[string]any {
	t.Helper()
	body, err := json.Marshal(in)
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, e.url+path, bytes.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Authorization", fmt.Sprintf(
		"AWS4-HMAC-SHA256 Credential=%s/20260101/%s/%s/aws4_request, SignedHeaders=host, Signature=0", account, region, service))
	req.Header.Set("Content-Type", "application/json")
	if target != "" {
		req.Header.Set("X-Amz-Target", target)
		req.Header.Set("Content-Type", "application/x-amz-json-1.1")
	}
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.Less(t, resp.StatusCode, 300, "%s %s: %s", method, path, data)
	out := map[string]any{}
	if len(data) > 0 {
		require.NoError(t, json.Unmarshal(data, &out), "%s", data)
	}
	return out
}

// echo answers with its event after as many seconds as the frame says, and then appends the event to a file.
const echo = `import json, os, time
def handler(event, context):
    try:
        time.sleep(json.loads(event.get("body") or "{}").get("sleep", 0))
    except ValueError:
        pass
    if event["requestContext"].get("eventType") != "CONNECT": # of an API that has no such route, too
        with open(os.environ["EVENTS"], "a") as events:
            events.write(json.dumps(event["requestContext"]) + "\n")
    return {"statusCode": 200, "body": json.dumps(event)}
`

// gateway is a WebSocket API whose routes all invoke echo. $default has a response, the route "mute" has none.
type gateway struct {
	emulator
	api, function string
	events        string // the file to which echo appends them
}

func (e emulator) gateway(t *testing.T) gateway {
	t.Helper()
	var zipped bytes.Buffer
	archive := zip.NewWriter(&zipped)
	file, err := archive.Create("index.py")
	require.NoError(t, err)
	_, err = file.Write([]byte(echo))
	require.NoError(t, err)
	require.NoError(t, archive.Close())
	name := "echo-" + strings.ToLower(rand.Text())
	events := filepath.Join(t.TempDir(), "events")
	function := e.call(t, http.MethodPost, "lambda", "/2015-03-31/functions", "", map[string]any{
		"FunctionName": name, "Runtime": "python3.11", "Handler": "index.handler", "Role": "arn:aws:iam::" + account + ":role/any",
		"Timeout": 30, "Code": map[string]any{"ZipFile": zipped.Bytes()},
		"Environment": map[string]any{"Variables": map[string]string{"EVENTS": events}}, "LoggingConfig": map[string]any{"LogFormat": "JSON", "SystemLogLevel": "WARN"},
	})["FunctionArn"]
	api := e.call(t, http.MethodPost, "apigateway", "/v2/apis", "", map[string]any{
		"name": name, "protocolType": "WEBSOCKET", "routeSelectionExpression": "$request.body.action",
	})["apiId"].(string)
	integration := e.call(t, http.MethodPost, "apigateway", "/v2/apis/"+api+"/integrations", "", map[string]any{
		"integrationType": "AWS_PROXY",
		"integrationUri":  fmt.Sprintf("arn:aws:apigateway:%s:lambda:path/2015-03-31/functions/%s/invocations", region, function),
	})["integrationId"]
	for _, key := range []string{"$disconnect", "$default", "mute"} {
		route := map[string]any{"routeKey": key, "target": fmt.Sprint("integrations/", integration)}
		if key == "$default" {
			route["routeResponseSelectionExpression"] = "$default"
		}
		e.call(t, http.MethodPost, "apigateway", "/v2/apis/"+api+"/routes", "", route)
	}
	e.call(t, http.MethodPost, "apigateway", "/v2/apis/"+api+"/stages", "", map[string]any{
		"stageName": stage, "autoDeploy": true, "defaultRouteSettings": map[string]any{"throttlingRateLimit": 1, "throttlingBurstLimit": 1},
	})
	return gateway{e, api, name, events}
}

func (g gateway) path() string { return "/_aws/execute-api/" + g.api + "/" + stage }

// connections is the SDK's client of the API's connections.
func (g gateway) connections() *manage.Client {
	at := g.url + g.path()
	return manage.New(manage.Options{
		Region: region, BaseEndpoint: &at, RetryMaxAttempts: 1,
		Credentials: credentials.NewStaticCredentialsProvider(account, "any", ""),
	})
}

// line is one connection.
type line struct {
	t    *testing.T
	conn *websocket.Conn
}

func (g gateway) dial(t *testing.T) line {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), timeout)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, strings.Replace(g.url, "http", "ws", 1)+g.path(), nil)
	require.NoError(t, err)
	conn.SetReadLimit(1 << 20)
	t.Cleanup(func() { _ = conn.CloseNow() })
	return line{t, conn}
}

func (l line) send(frame string) {
	l.t.Helper()
	require.NoError(l.t, l.conn.Write(l.t.Context(), websocket.MessageText, []byte(frame)))
}

// event is the function's event.
type event struct {
	Body           string
	RequestContext struct {
		ConnectionID     string `json:"connectionId"`
		ConnectedAt      int64
		RequestTimeEpoch int64
	}
}

// receive waits for the next answer.
func (l line) receive() (e event) {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.t.Context(), timeout)
	defer cancel()
	_, data, err := l.conn.Read(ctx)
	require.NoError(l.t, err)
	require.NoError(l.t, json.Unmarshal(data, &e), "%s", data)
	return e
}

// handled waits until echo has handled so many events, and returns them in the order of their ends.
func (g gateway) handled(t *testing.T, n int) (all []handled) {
	t.Helper()
	require.Eventually(t, func() bool {
		all = nil
		data, _ := os.ReadFile(g.events)
		for line := range bytes.Lines(data) {
			var h handled
			if json.Unmarshal(line, &h) == nil {
				all = append(all, h)
			}
		}
		return len(all) == n
	}, timeout, 100*time.Millisecond)
	return all
}

type handled struct {
	EventType, DisconnectReason string
	DisconnectStatusCode        int
}
