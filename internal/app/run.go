package app

import (
	"context"
	"log/slog"
	"os"

	"github.com/aws/aws-lambda-go/lambda"

	"rejoin/internal/watch"
)

// Run builds a function's handler and answers its events for as long as the platform lets it. A function that cannot be
// built says why and exits, so that the platform counts the start as failed.
func Run[H any](build func(context.Context) (H, error)) {
	ctx := context.Background()
	handler, err := build(ctx)
	if err != nil {
		logger().ErrorContext(ctx, "function not started", "error", err)
		os.Exit(1)
	}
	lambda.Start(handler)
}

// logger writes to stderr, from where the platform collects it.
func logger() *slog.Logger { return watch.NewLogger(os.Stderr, os.Getenv(envStack)) }
