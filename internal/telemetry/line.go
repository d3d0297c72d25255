package telemetry

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// maxValues is how many values CloudWatch takes of one metric in one line.
const maxValues = 100

// Line is the line of one invocation while it is collected. It is safe for concurrent use.
type Line struct {
	ids []slog.Attr

	mu     sync.Mutex
	values map[Metric][]float64
}

type key struct{}

// Begin gives an invocation its line. The ids stand in it, and in all that is logged with the context meanwhile.
func Begin(ctx context.Context, ids ...slog.Attr) context.Context {
	return context.WithValue(ctx, key{}, newLine(ids...))
}

// From is the line of the invocation that the context belongs to; one that nobody reads where it belongs to none.
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

// Time adds a duration to what was measured of a metric. Beyond the first hundred of one invocation, as a long sweep has,
// none is kept.
func (l *Line) Time(m Metric, d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.values[m]) < maxValues {
		l.values[m] = append(l.values[m], in(m.Unit(), d))
	}
}

// in is a duration in a metric's unit, to the microsecond or the whole second.
func in(unit string, d time.Duration) float64 {
	if unit == "Seconds" {
		return float64(d / time.Second)
	}
	return float64(d.Microseconds()) / 1000
}

// Write writes the line: what happened, its code, attrs, and whatever was counted and measured.
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
	line.AddAttrs(l.embedded(at))
	_ = log.Handler().Handle(ctx, line) // as slog itself does: nobody could be told
}
