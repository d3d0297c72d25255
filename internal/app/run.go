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

// Run builds a function's handler and answers its events for as long as the platform lets it. A function that cannot be
// built says why and exits, so that the platform counts the start as failed.
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

// logger writes to stdout, where the platform looks for metrics too.
func logger() *slog.Logger { return telemetry.NewLogger(os.Stdout, os.Getenv(envStack)) }

// unrecorded passes on what Lambda's library prints, a panic for instance, but drops the errors that are logged already: the
// library prints every error that a handler returns, with the name of its type.
type unrecorded struct{ to io.Writer }

func (u unrecorded) Write(printed []byte) (int, error) {
	if bytes.Contains(printed, []byte(`"errorType":"`+reflect.TypeFor[gateway.Recorded]().Name()+`"`)) {
		return len(printed), nil
	}
	return u.to.Write(printed)
}
