package app

import (
	"context"
	"errors"
	"time"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/apigatewaymanagementapi"
	"github.com/aws/aws-sdk-go-v2/service/apigatewaymanagementapi/types"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/smithy-go/middleware"

	"rejoin/internal/dynamo"
	"rejoin/internal/telemetry"
)

// postOperation is the call of @connections that sends a frame.
const postOperation = "PostToConnection"

// timed measures every call to AWS, with its retries and the units of the database, for the log line of the invocation that makes it.
func timed() []func(*middleware.Stack) error {
	return []func(*middleware.Stack) error{func(stack *middleware.Stack) error {
		return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("Timed", func(
			ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler,
		) (middleware.InitializeOutput, middleware.Metadata, error) {
			dynamo.RequestUnits(in.Parameters)
			start := time.Now()
			out, metadata, err := next.HandleInitialize(ctx, in)
			measure(ctx, time.Since(start), err)
			telemetry.From(ctx).Use(dynamo.BilledUnits(out.Result))
			return out, metadata, err
		}), middleware.After)
	}}
}

func measure(ctx context.Context, took time.Duration, err error) {
	line := telemetry.From(ctx)
	switch awsmiddleware.GetServiceID(ctx) {
	case dynamodb.ServiceID:
		line.Time(telemetry.StoreLatency, took)
	case apigatewaymanagementapi.ServiceID:
		line.Time(telemetry.PostLatency, took)
		var gone *types.GoneException
		switch {
		case err == nil, awsmiddleware.GetOperationName(ctx) != postOperation:
		case errors.As(err, &gone):
			line.Count(telemetry.PostsGone, 1)
		default:
			line.Count(telemetry.PostsFailed, 1)
		}
	}
}
