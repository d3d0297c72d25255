package fidelity_test

import (
	"archive/zip"
	"bytes"
	"crypto/rand"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// late is a function that writes the line with its result half a second after it has answered, before it asks for the next event.
const late = `#!/usr/bin/env python3
import json, os, time
from urllib.request import Request, urlopen
api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
while True:
    with urlopen(api + "next") as event:
        id = event.headers["Lambda-Runtime-Aws-Request-Id"]
    urlopen(Request(api + id + "/response", b"{}"))
    time.sleep(0.5)
    print(json.dumps({"invocationId": id, "Code": "ok"}), flush=True)
`

// lateLines returns the log of one invocation of late.
func (e emulator) lateLines(t *testing.T) string {
	t.Helper()
	var zipped bytes.Buffer
	archive := zip.NewWriter(&zipped)
	header := &zip.FileHeader{Name: "bootstrap"}
	header.SetMode(fs.ModePerm)
	file, err := archive.CreateHeader(header)
	require.NoError(t, err)
	_, err = file.Write([]byte(late))
	require.NoError(t, err)
	require.NoError(t, archive.Close())
	name := "late-" + strings.ToLower(rand.Text())
	e.call(t, http.MethodPost, "lambda", "/2015-03-31/functions", "", map[string]any{
		"FunctionName": name, "Runtime": "provided.al2023", "Handler": "bootstrap", "Role": "arn:aws:iam::" + account + ":role/any",
		"Timeout": 30, "Code": map[string]any{"ZipFile": zipped.Bytes()},
	})
	e.call(t, http.MethodPost, "lambda", "/2015-03-31/functions/"+name+"/invocations", "", map[string]any{})
	log := e.call(t, http.MethodPost, "logs", "/", "Logs_20140328.FilterLogEvents", map[string]any{"logGroupName": "/aws/lambda/" + name})
	return fmt.Sprint(log["events"])
}
