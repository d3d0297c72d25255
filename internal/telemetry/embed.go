package telemetry

import (
	"log/slog"
	"slices"
	"time"
)

// The part of a line from which CloudWatch reads metrics. Its format is
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
type (
	metadata struct {
		Timestamp         int64       // ms
		CloudWatchMetrics []directive // one for each set of dimensions
	}
	directive struct {
		Namespace  string
		Dimensions [][]string
		Metrics    []definition
	}
	definition struct {
		Name Metric
		Unit string
	}
)

// embedded describes the line's metrics; without any it is an empty attribute, which is not written.
func (l *Line) embedded(at time.Time) slog.Attr {
	meta := metadata{Timestamp: at.UnixMilli()}
	for _, m := range Metrics() {
		if l.values[m] == nil {
			continue
		}
		i := slices.IndexFunc(meta.CloudWatchMetrics, func(d directive) bool {
			return slices.Equal(d.Dimensions[0], m.Dimensions())
		})
		if i < 0 {
			i = len(meta.CloudWatchMetrics)
			meta.CloudWatchMetrics = append(meta.CloudWatchMetrics, directive{Namespace: Namespace, Dimensions: [][]string{m.Dimensions()}})
		}
		d := &meta.CloudWatchMetrics[i]
		d.Metrics = append(d.Metrics, definition{m, m.Unit()})
	}
	if len(meta.CloudWatchMetrics) == 0 {
		return slog.Attr{}
	}
	return slog.Any("_aws", meta)
}
