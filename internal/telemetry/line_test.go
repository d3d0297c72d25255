package telemetry_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/telemetry"
)

var at = time.UnixMilli(1_795_478_400_123).UTC()

// written is the line of an invocation with these counts and times.
func written(ctx context.Context, code string, collect func(*telemetry.Line), attrs ...slog.Attr) string {
	var out bytes.Buffer
	ctx = telemetry.Begin(ctx, slog.String(telemetry.LogRoute, "message"))
	collect(telemetry.From(ctx))
	telemetry.From(ctx).Write(ctx, telemetry.NewLogger(&out, "rejoin"), at, slog.LevelInfo, "event handled", code, attrs...)
	return out.String()
}

// TestWrite compares lines literally.
func TestWrite(t *testing.T) {
	for name, c := range map[string]struct {
		code    string
		collect func(*telemetry.Line)
		want    string
	}{
		"nothing measured": {telemetry.CodeOK, func(*telemetry.Line) {}, `"Code":"ok","room":"r"}`},
		"counted twice": {telemetry.CodeOK, func(l *telemetry.Line) {
			l.Count(telemetry.PostsGone, 1)
			l.Count(telemetry.PostsGone, 2)
		}, `"Code":"ok","room":"r","PostsGone":3,"_aws":{"Timestamp":1795478400123,"CloudWatchMetrics":[` +
			`{"Namespace":"Rejoin","Dimensions":[["Stack"]],"Metrics":[{"Name":"PostsGone","Unit":"Count"}]}]}}`},
		"none is a count too": {telemetry.CodeOK, func(l *telemetry.Line) { l.Count(telemetry.Waiting, 0) },
			`"Code":"ok","room":"r","Waiting":0,"_aws":{"Timestamp":1795478400123,"CloudWatchMetrics":[` +
				`{"Namespace":"Rejoin","Dimensions":[["Stack"]],"Metrics":[{"Name":"Waiting","Unit":"Count"}]}]}}`},
		"units": {telemetry.CodeOK, func(l *telemetry.Line) {
			l.Use(2, 0)
			l.Use(0, 0.5)
			l.Use(1, 0)
		}, `"Code":"ok","room":"r","writeUnits":3,"readUnits":0.5}`},
		"in ms, in s, many, and by code": {"not_current", func(l *telemetry.Line) {
			l.Time(telemetry.LongestWait, 90*time.Second+999*time.Millisecond)
			l.Time(telemetry.StoreLatency, 1234567*time.Nanosecond)
			l.Time(telemetry.StoreLatency, 2*time.Millisecond)
		}, `"Code":"not_current","room":"r","StoreLatency":[1.234,2],"Errors":1,"LongestWait":90,"_aws":{"Timestamp":1795478400123,"CloudWatchMetrics":[` +
			`{"Namespace":"Rejoin","Dimensions":[["Stack"]],"Metrics":[{"Name":"StoreLatency","Unit":"Milliseconds"},{"Name":"LongestWait","Unit":"Seconds"}]},` +
			`{"Namespace":"Rejoin","Dimensions":[["Stack","Code"]],"Metrics":[{"Name":"Errors","Unit":"Count"}]}]}}`},
	} {
		t.Run(name, func(t *testing.T) {
			const head = `{"timestamp":"2026-11-24T00:00:00.123Z","level":"INFO","message":"event handled","Stack":"rejoin","route":"message",`
			assert.Equal(t, head+c.want+"\n", written(t.Context(), c.code, c.collect, slog.String("room", "r")))
		})
	}
}

// TestManyValues: a line has at most 100 values of a metric. CloudWatch ignores a line with more.
func TestManyValues(t *testing.T) {
	line := written(t.Context(), telemetry.CodeOK, func(l *telemetry.Line) {
		var all sync.WaitGroup
		for range 150 {
			all.Go(func() { l.Time(telemetry.StoreLatency, time.Millisecond) })
		}
		all.Wait()
	})
	var read struct{ StoreLatency []float64 }
	require.NoError(t, json.Unmarshal([]byte(line), &read))
	assert.Len(t, read.StoreLatency, 100)
}

// TestIDs: everything that is logged during an invocation has its ids, and logging without an invocation works.
func TestIDs(t *testing.T) {
	var out bytes.Buffer
	log := telemetry.NewLogger(&out, "rejoin")
	ctx := lambdacontext.NewContext(t.Context(), &lambdacontext.LambdaContext{AwsRequestID: "i1"})
	log.With("peer", "p").WarnContext(telemetry.Begin(ctx, slog.String(telemetry.LogConnection, "c1")), "post failed")
	assert.Contains(t, out.String(), `"message":"post failed","Stack":"rejoin","peer":"p","connectionId":"c1","invocationId":"i1"}`)

	out.Reset()
	log.WithGroup("more").WarnContext(t.Context(), "bare", "a", 1)
	assert.Contains(t, out.String(), `"message":"bare","Stack":"rejoin","more":{"a":1}}`)
	telemetry.From(t.Context()).Count(telemetry.PostsGone, 1) // without an invocation: never written

	out.Reset()
	telemetry.From(t.Context()).Write(t.Context(), slog.New(slog.DiscardHandler), at, slog.LevelInfo, "event handled", telemetry.CodeOK)
	assert.Empty(t, out.String())
}

// TestNames: names of metrics are unique and begin with a capital, unlike other fields.
func TestNames(t *testing.T) {
	seen := map[string]bool{telemetry.DimensionStack: true, telemetry.DimensionCode: true}
	for _, m := range telemetry.Metrics() {
		assert.False(t, seen[string(m)], m)
		seen[string(m)] = true
		assert.Contains(t, []string{"Count", "Milliseconds", "Seconds"}, m.Unit())
		assert.Equal(t, strings.ToUpper(string(m[:1])), string(m[:1]), "fields that are metrics begin with a capital")
	}
}

// size counts written bytes and lines.
type size struct{ bytes, lines int }

func (s *size) Write(p []byte) (int, error) {
	s.bytes, s.lines = s.bytes+len(p), s.lines+1
	return len(p), nil
}

// BenchmarkLine compares a message's line with the same line without metrics, in time and bytes.
func BenchmarkLine(b *testing.B) {
	ids := []slog.Attr{
		slog.String(telemetry.LogRoute, "message"), slog.String(telemetry.LogRequest, "VYs2gH9lliAFUaw="), slog.String(telemetry.LogConnection, "VYs1pdN8liACGmA="),
	}
	room := slog.String("room", "01KAT8Q5M0ZJ4V7N2XR9BCDEFG")
	b.Run("with metrics", func(b *testing.B) {
		var out size
		log := telemetry.NewLogger(&out, "rejoin")
		for b.Loop() {
			ctx := telemetry.Begin(b.Context(), ids...)
			line := telemetry.From(ctx)
			line.Time(telemetry.StoreLatency, 3*time.Millisecond)
			line.Time(telemetry.StoreLatency, 4*time.Millisecond)
			line.Time(telemetry.PostLatency, 9*time.Millisecond)
			line.Time(telemetry.Latency, 17*time.Millisecond)
			line.Count(telemetry.Accepted, 1)
			line.Write(ctx, log, at, slog.LevelInfo, "event handled", telemetry.CodeOK, room)
		}
		b.ReportMetric(float64(out.bytes)/float64(out.lines), "B/line")
	})
	b.Run("without", func(b *testing.B) {
		var out size
		log := telemetry.NewLogger(&out, "rejoin")
		for b.Loop() {
			ctx := telemetry.Begin(b.Context(), ids...)
			telemetry.From(ctx).Write(ctx, log, at, slog.LevelInfo, "event handled", telemetry.CodeOK, room)
		}
		b.ReportMetric(float64(out.bytes)/float64(out.lines), "B/line")
	})
}
