// Package telemetry writes one log line per invocation, as JSON that CloudWatch also reads as metrics. It knows the embedded
// metric format and an invocation's ids, and nothing of what is counted.
package telemetry
