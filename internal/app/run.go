package app

import (
	"bytes"
	"context"
	"io"
	"log"
	"log/slog"
	"os"
	"reflect"

	"github.com/aws/aws-lambda-go/lambda"

	"rejoin/internal/gateway"
	"rejoin/internal/telemetry"
)

// Run builds a function's handler and serves its events; it does not return. If the handler cannot be built, it logs why and
// exits with status 1, so that the platform counts a failed start.
func Run[H any](build func(context.Context) (H, error)) {
	ctx, lines := context.Background(), logger()
	log.SetFlags(0)
	log.SetOutput(unrecorded{slog.NewLogLogger(lines.Handler(), slog.LevelError).Writer()})
	handler, err := build(ctx)
	if err != nil {
		lines.ErrorContext(ctx, "function not started", "error", err)
		os.Exit(1)
	}
	lambda.Start(handler)
}

// logger writes to stdout, from which the platform takes logs and metrics.
func logger() *slog.Logger { return telemetry.NewLogger(os.Stdout, os.Getenv(envStack)) }

// unrecorded passes on what Lambda's library prints, such as panics, except errors of the type gateway.Recorded: they are
// logged already, and the library prints every error that a handler returns, with its type.
type unrecorded struct{ to io.Writer }

func (u unrecorded) Write(printed []byte) (int, error) {
	if bytes.Contains(printed, []byte(`"errorType":"`+reflect.TypeFor[gateway.Recorded]().Name()+`"`)) {
		return len(printed), nil
	}
	return u.to.Write(printed)
}
