package telemetry

import (
	"context"
	"io"
	"log/slog"

	"github.com/aws/aws-lambda-go/lambdacontext"
)

// Names of the ids in the log.
const (
	LogRoute      = "route"
	LogConnection = "connectionId"
	LogRequest    = "requestId"    // API Gateway's id, which the gateway's own errors show to clients
	LogInvocation = "invocationId" // Lambda's id, record.requestId in Lambda's own lines
)

// Names of what the database bills for an invocation.
const (
	LogWriteUnits = "writeUnits"
	LogReadUnits  = "readUnits"
)

// NewLogger writes lines of JSON with Lambda's own field names. Each has the stack's name and, if its context belongs to an
// invocation, the invocation's ids.
func NewLogger(to io.Writer, stack string) *slog.Logger {
	lines := slog.NewJSONHandler(to, &slog.HandlerOptions{ReplaceAttr: lambdacontext.ReplaceAttr})
	return slog.New(handler{lines}).With(slog.String(DimensionStack, stack))
}

type handler struct{ slog.Handler }

// Handle writes the invocation's ids before all other attributes.
func (h handler) Handle(ctx context.Context, r slog.Record) error {
	line := slog.NewRecord(r.Time, r.Level, r.Message, r.PC)
	line.AddAttrs(From(ctx).ids...)
	if lambda, ok := lambdacontext.FromContext(ctx); ok {
		line.AddAttrs(slog.String(LogInvocation, lambda.AwsRequestID))
	}
	r.Attrs(func(a slog.Attr) bool {
		line.AddAttrs(a)
		return true
	})
	return h.Handler.Handle(ctx, line)
}

func (h handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return handler{h.Handler.WithAttrs(attrs)}
}

func (h handler) WithGroup(name string) slog.Handler { return handler{h.Handler.WithGroup(name)} }
