package telemetry

// Namespace is where CloudWatch keeps the metrics.
const Namespace = "Rejoin"

// Dimensions of the metrics. Each further value of one is a further metric, and paid for as such.
const (
	DimensionStack = "Stack" // of all: the stack's name
	DimensionCode  = "Code"  // of Errors
)

// CodeOK is the Code of what was done as it was asked.
const CodeOK = "ok"

// Metric is what is counted or measured: its name is the metric's in CloudWatch and the field's in the line.
type Metric string

// The metrics.
const (
	Latency          Metric = "Latency"          // ms from when the gateway has an event to its answer: of what somebody waits for, so of no sweep or $disconnect
	StoreLatency     Metric = "StoreLatency"     // ms of each call to the tables, with its retries
	PostLatency      Metric = "PostLatency"      // ms of each call to @connections, with its retries
	PostsGone        Metric = "PostsGone"        // posts to a connection that is no longer there (410)
	PostsFailed      Metric = "PostsFailed"      // posts that failed otherwise, after their retries
	Accepted         Metric = "Accepted"         // texts acknowledged for the first time
	Duplicates       Metric = "Duplicates"       // texts acknowledged again
	StaleDisconnects Metric = "StaleDisconnects" // $disconnects that changed nothing: no longer anybody's connection
	Errors           Metric = "Errors"           // events that were not done as asked, by Code
	Waiting          Metric = "Waiting"          // customers in the queue, at each sweep
	LongestWait      Metric = "LongestWait"      // s that one of them has been without an agent's word, at most
	SweepEnded       Metric = "SweepEnded"       // rooms that the sweep ended
	SweepReleased    Metric = "SweepReleased"    // rooms that it put back into the queue
	SweepWarned      Metric = "SweepWarned"      // rooms that it warned
)

// Metrics are all of them, in the order of a line.
func Metrics() []Metric {
	return []Metric{
		Latency, StoreLatency, PostLatency, PostsGone, PostsFailed, Accepted, Duplicates, StaleDisconnects, Errors,
		Waiting, LongestWait, SweepEnded, SweepReleased, SweepWarned,
	}
}

// Unit is CloudWatch's name for what the metric's values are.
func (m Metric) Unit() string {
	switch m {
	case Latency, StoreLatency, PostLatency:
		return "Milliseconds"
	case LongestWait:
		return "Seconds"
	}
	return "Count"
}

// Dimensions are what CloudWatch keeps the metric's values apart by.
func (m Metric) Dimensions() []string {
	if m == Errors {
		return []string{DimensionStack, DimensionCode}
	}
	return []string{DimensionStack}
}
