// Package telemetry is what an invocation leaves behind: one line of the log, as JSON, which is its metrics as well. It knows
// CloudWatch's embedded metric format and the ids of an invocation, and nothing of what is counted.
package telemetry
