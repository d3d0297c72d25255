package telemetry

// Namespace is the metrics' namespace in CloudWatch.
const Namespace = "Rejoin"

// Dimensions of the metrics. CloudWatch bills each value of a dimension as a metric.
const (
	DimensionStack = "Stack" // of all: the stack's name
	DimensionCode  = "Code"  // of Errors
)

// CodeOK is the Code of an event that was handled as requested.
const CodeOK = "ok"

// Metric is the name of a metric, in CloudWatch and as a field of the line.
type Metric string

// The metrics.
const (
	Latency          Metric = "Latency"          // ms from the gateway's event to its answer, if someone waits for it: not of sweeps and $disconnect
	StoreLatency     Metric = "StoreLatency"     // ms of each call to DynamoDB, with its retries
	PostLatency      Metric = "PostLatency"      // ms of each call to @connections, with its retries
	PostsGone        Metric = "PostsGone"        // posts to a connection that no longer exists (410)
	PostsFailed      Metric = "PostsFailed"      // posts that failed otherwise, after their retries
	Accepted         Metric = "Accepted"         // texts acknowledged for the first time
	Duplicates       Metric = "Duplicates"       // texts acknowledged again
	StaleDisconnects Metric = "StaleDisconnects" // $disconnects of a connection that nobody uses any more, which change nothing
	Errors           Metric = "Errors"           // events that were refused or failed, by Code
	Waiting          Metric = "Waiting"          // customers in the queue, at each sweep
	LongestWait      Metric = "LongestWait"      // s within the opening hours since an agent last wrote to one of them, or since their start: the longest
	SweepEnded       Metric = "SweepEnded"       // rooms that the sweep ended
	SweepReleased    Metric = "SweepReleased"    // rooms that the sweep returned to the queue, or kept for later
	SweepWarned      Metric = "SweepWarned"      // rooms that the sweep warned
	SweepLag         Metric = "SweepLag"         // ms that the oldest room had been due that a sweep left for the next; 0 when it left none
)

// Metrics are all metrics, in the order of a line.
func Metrics() []Metric {
	return []Metric{
		Latency, StoreLatency, PostLatency, PostsGone, PostsFailed, Accepted, Duplicates, StaleDisconnects, Errors,
		Waiting, LongestWait, SweepEnded, SweepReleased, SweepWarned, SweepLag,
	}
}

// Unit is CloudWatch's name for the unit of the metric's values.
func (m Metric) Unit() string {
	switch m {
	case Latency, StoreLatency, PostLatency, SweepLag:
		return "Milliseconds"
	case LongestWait:
		return "Seconds"
	}
	return "Count"
}

// Dimensions are the metric's dimensions in CloudWatch.
func (m Metric) Dimensions() []string {
	if m == Errors {
		return []string{DimensionStack, DimensionCode}
	}
	return []string{DimensionStack}
}
