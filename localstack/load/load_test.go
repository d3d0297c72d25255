package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/localstack/device"
	"rejoin/localstack/people"
)

// runningStack is the file with the addresses of the stack that tests have. Without one, the test is left out.
func runningStack(t *testing.T) string {
	t.Helper()
	state := os.Getenv("REJOIN_TEST_STATE")
	if state == "" {
		t.Skip("REJOIN_TEST_STATE is not set: there is no stack")
	}
	return filepath.Join(state, "endpoints.json")
}

// TestLoad lets a few people talk on the stack that is there, beside whatever else its tests do.
func TestLoad(t *testing.T) {
	endpoints := runningStack(t)
	o, err := parse([]string{
		"-CHATS=3", "-AGENTS=4", "-RATE=6", "-MESSAGES=4", "-MINUTES=0.1", "-GREEDY=2", "-state=" + endpoints,
	})
	require.NoError(t, err)
	var out, progress bytes.Buffer
	require.NoError(t, run(t.Context(), o, &out, &progress), "%s", &out)
	for _, row := range []string{"connect", "join", "start", "wait", "take", "ack", "delivery", "end", "a ping", "a function alone", "a raw PutItem", "a raw post"} {
		assert.Regexp(t, `(?m)^`+row+` +[1-9]\d* +[\d.]+ ms`, out.String())
	}
	assert.Regexp(t, `(?m)^message +[1-9]\d* +2 +1 +2 +0$`, out.String(), "what a text costs")
	assert.Contains(t, out.String(), "\nLost: nothing. ")
	assert.Contains(t, out.String(), "GREEDY=2 connections a second from 127.0.0.9: ")
	assert.Contains(t, progress.String(), " chats open, ")
}

// TestStopped: who stops it gets the summary of what has happened until then.
func TestStopped(t *testing.T) {
	endpoints := runningStack(t)
	o, err := parse([]string{"-CHATS=2", "-AGENTS=1", "-RATE=4", "-MINUTES=60", "-state=" + endpoints})
	require.NoError(t, err)
	stop, interrupt := context.WithCancel(t.Context())
	var out bytes.Buffer
	require.NoError(t, run(stop, o, &out, interruptAt{interrupt, " 2 chats open, 0 of them wait"}), "%s", &out)
	assert.Contains(t, out.String(), "\nLost: nothing. ")
}

// TestElsewhere: of a stack that is not on an emulator the address and the secret are enough. Then no agent comes, and what only an emulator
// or the log tells is said to be missing.
func TestElsewhere(t *testing.T) {
	endpoints := runningStack(t)
	local, err := people.Read(endpoints)
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "other.json")
	text, err := json.Marshal(map[string]string{"ws": local.WS, "siteSecret": local.SiteSecret})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, text, 0o600))
	o, err := parse([]string{"-CHATS=2", "-AGENTS=0", "-RATE=4", "-MINUTES=0.05", "-state=" + file})
	require.NoError(t, err)
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), o, &out, io.Discard), "%s", &out)
	assert.Regexp(t, `(?m)^start +[1-9]\d* +[\d.]+ ms`, out.String())
	assert.Regexp(t, `(?m)^a function alone +[1-9]\d* +[\d.]+ ms`, out.String())
	assert.NotContains(t, out.String(), "a raw PutItem")
	assert.Contains(t, out.String(), "Posts and units of each event: not available: the stack's file names no functions")

	o, err = parse([]string{"-AGENTS=1", "-state=" + file})
	require.NoError(t, err)
	require.ErrorContains(t, run(t.Context(), o, &out, io.Discard), "AGENTS=1 are too many")
}

// interruptAt interrupts the run as soon as the progress says something.
type interruptAt struct {
	interrupt func()
	words     string
}

func (i interruptAt) Write(line []byte) (int, error) {
	if strings.Contains(string(line), i.words) {
		i.interrupt()
	}
	return len(line), nil
}

// TestLostIsTold: what was acknowledged and is not stored is printed, and is an error.
func TestLostIsTold(t *testing.T) {
	c := &crew{figures: newFigures(), ledger: device.NewLedger()}
	_, key := c.ledger.Write("c", 1)
	c.ledger.Acked(key, "r", 1, 2, 0)
	var out bytes.Buffer
	require.ErrorIs(t, report{crew: c, greedy: &greedy{}, took: time.Second}.print(&out), errBroken)
	assert.Contains(t, out.String(), "Lost: 1 promises were not kept:\n  c.1 was acknowledged at {r 2}, and is stored at []")
}

// TestUnanswered: a text without an answer is not lost, but no success either.
func TestUnanswered(t *testing.T) {
	c := &crew{figures: newFigures(), ledger: device.NewLedger()}
	c.ledger.Write("c", 1)
	var out bytes.Buffer
	require.ErrorIs(t, report{crew: c, greedy: &greedy{}, took: time.Second}.print(&out), errBroken)
	assert.Contains(t, out.String(), "Lost: nothing. ")
	assert.Contains(t, out.String(), "\n1 texts had no answer 1m0s after the end:\n  c.1 has no outcome")
}

func TestPercentile(t *testing.T) {
	hundred := make([]time.Duration, 100)
	for i := range hundred {
		hundred[i] = time.Duration(i + 1)
	}
	for _, c := range []struct {
		of   []time.Duration
		p    int
		want time.Duration
	}{
		{nil, 50, 0}, {hundred[:1], 50, 1}, {hundred[:1], 99, 1}, {hundred[:2], 50, 1}, {hundred[:2], 90, 2},
		{hundred, 50, 50}, {hundred, 90, 90}, {hundred, 99, 99}, {hundred[:10], 99, 10},
	} {
		assert.Equal(t, c.want, percentile(c.of, c.p), "p%d of %d", c.p, len(c.of))
	}
}

// TestAddUp: joins are told apart, and what was refused from what was not; other people's rooms do not count.
func TestAddUp(t *testing.T) {
	at := time.UnixMilli(1)
	got := addUp([]line{
		{Timestamp: at.Add(2), Route: "join", Code: "ok", Room: "r", StoreLatency: latencies{1}},
		{Timestamp: at.Add(1), Route: "join", Code: "ok", Room: "r", StoreLatency: latencies{1, 2}, PostLatency: latencies{3}, WriteUnits: 13, ReadUnits: 0.5},
		{Timestamp: at, Route: "join", Code: "ok"},
		{Timestamp: at, Route: "join", Code: "ok", Room: "another"},
		{Timestamp: at, Route: "message", Code: "rate_limited"},
		{Timestamp: at, Route: "take", Code: "ok", PostLatency: make(latencies, maxLatencies)},
	}, map[string]bool{"r": true})
	assert.Equal(t, map[string]use{
		firstJoin: {invocations: 1}, startJoin: {invocations: 1, calls: 2, posts: 1, writes: 13, reads: 0.5}, laterJoin: {invocations: 1, calls: 1},
		"message: rate_limited": {invocations: 1}, "take": {invocations: 1, posts: maxLatencies, cut: true},
	}, got)
}

func TestParseRefuses(t *testing.T) {
	for _, bad := range []string{"-CHATS=0", "-CHATS=many", "-AGENTS=-1", "-RATE=0", "-MESSAGES=0", "-MINUTES=0", "-MINUTES=1441", "-GREEDY=-1", "more"} {
		_, err := parse([]string{bad})
		assert.Error(t, err, bad)
	}
	_, err := parse([]string{"-state=" + filepath.Join(t.TempDir(), "none.json")})
	assert.ErrorContains(t, err, "make up")
}
