package app

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/aws/smithy-go/logging"

	"rejoin/internal/chat"
)

// sdkLog writes what the SDK says by itself, such as that a response was cut off, as lines of the function's log, with the ids of
// the invocation. The SDK's own logger would write plain text to stderr, beside the lines of JSON.
type sdkLog struct {
	ctx   context.Context
	lines *slog.Logger
}

// WithContext implements the SDK's ContextLogger.
func (l sdkLog) WithContext(ctx context.Context) logging.Logger { return sdkLog{ctx, l.lines} }

// Logf implements the SDK's Logger. No level is above a warning: what failed is returned to the caller as an error, and is logged there.
func (l sdkLog) Logf(kind logging.Classification, format string, args ...any) {
	level := slog.LevelWarn
	if kind == logging.Debug {
		level = slog.LevelDebug
	}
	l.lines.Log(l.ctx, level, "SDK", chat.LogError, fmt.Sprintf(format, args...))
}
