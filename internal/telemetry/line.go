package telemetry

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// maxValues is how many values of a metric CloudWatch reads in one line.
const maxValues = 100

// Line collects the log line of one invocation. It is safe for concurrent use.
type Line struct {
	ids []slog.Attr

	mu          sync.Mutex
	values      map[Metric][]float64
	write, read float64 // units
}

type key struct{}

// Begin starts an invocation's line. The ids are part of it, and of everything that is logged with the context.
func Begin(ctx context.Context, ids ...slog.Attr) context.Context {
	return context.WithValue(ctx, key{}, newLine(ids...))
}

// From is the line of the context's invocation. Without an invocation it is a new line that is never written.
func From(ctx context.Context) *Line {
	if line, ok := ctx.Value(key{}).(*Line); ok {
		return line
	}
	return newLine()
}

func newLine(ids ...slog.Attr) *Line { return &Line{ids: ids, values: map[Metric][]float64{}} }

// Count adds n to a metric.
func (l *Line) Count(m Metric, n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.values[m] == nil {
		l.values[m] = []float64{0}
	}
	l.values[m][0] += float64(n)
}

// Time adds a duration to a metric. It drops those after the first 100 of an invocation; a long sweep has more.
func (l *Line) Time(m Metric, d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.values[m]) < maxValues {
		l.values[m] = append(l.values[m], inUnit(m.Unit(), d))
	}
}

// Use adds units of the database, as it bills them. They are fields of the line and no metrics, which CloudWatch would bill.
func (l *Line) Use(write, read float64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.write += write
	l.read += read
}

// inUnit is a duration in a metric's unit, to the microsecond or the whole second.
func inUnit(unit string, d time.Duration) float64 {
	if unit == "Seconds" {
		return float64(d / time.Second)
	}
	return float64(d.Microseconds()) / 1000
}

// Write writes the line: message, code, attrs, and all counts and times. A code other than CodeOK counts as an error.
func (l *Line) Write(ctx context.Context, log *slog.Logger, at time.Time, level slog.Level, message, code string, attrs ...slog.Attr) {
	if !log.Enabled(ctx, level) {
		return
	}
	if code != CodeOK {
		l.Count(Errors, 1)
	}
	line := slog.NewRecord(at, level, message, 0)
	line.AddAttrs(slog.String(DimensionCode, code))
	line.AddAttrs(attrs...)
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, m := range Metrics() {
		switch values := l.values[m]; {
		case len(values) == 1:
			line.AddAttrs(slog.Float64(string(m), values[0]))
		case len(values) > 1:
			line.AddAttrs(slog.Any(string(m), values))
		}
	}
	for _, units := range []slog.Attr{slog.Float64(LogWriteUnits, l.write), slog.Float64(LogReadUnits, l.read)} {
		if units.Value.Float64() > 0 {
			line.AddAttrs(units)
		}
	}
	line.AddAttrs(l.embedded(at))
	_ = log.Handler().Handle(ctx, line) // slog ignores this error too
}
