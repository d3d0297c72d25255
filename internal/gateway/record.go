package gateway

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"rejoin/internal/chat"
	"rejoin/internal/telemetry"
)

// codeRefused is the code of a connection that the authorizer denies: the client gets HTTP 403 and no frame.
const codeRefused = "refused"

// codeTooMany is the code of one that it denies because its address has reached the limit: a metric of its own.
const codeTooMany = "too_many"

// The routes in the log of events that have none.
const (
	routeAuthorize = "authorize"
	routeSweep     = "sweep"
)

// Recorded is an error that has been logged and must not be logged again.
type Recorded struct{ Err error }

func (r Recorded) Error() string { return r.Err.Error() }

// Unwrap returns the error that was logged.
func (r Recorded) Unwrap() error { return r.Err }

// begin starts the log line of an event.
func begin(ctx context.Context, route string, request events.APIGatewayWebsocketProxyRequestContext) context.Context {
	return telemetry.Begin(ctx,
		slog.String(telemetry.LogRoute, route),
		slog.String(telemetry.LogRequest, request.RequestID),
		slog.String(telemetry.LogConnection, request.ConnectionID))
}

// record writes the one log line of an event: a refusal at level info, a failure at level error. It never contains what
// people wrote, their names or tokens.
func (c *Controller) record(ctx context.Context, request events.APIGatewayWebsocketProxyRequestContext, room chat.RoomID, err error) {
	var attrs []slog.Attr
	if room != "" {
		attrs = append(attrs, slog.String(chat.LogRoom, string(room)))
	}
	now := c.Now()
	recordLatency(ctx, request, now)
	c.write(ctx, now, err, attrs)
}

// recordLatency measures the time since the gateway received the event, which includes a function's start. The
// gateway's clock may be slightly ahead. A $disconnect, which may come hours late, is not measured: nobody waits for
// it.
func recordLatency(ctx context.Context, request events.APIGatewayWebsocketProxyRequestContext, now time.Time) {
	if request.RequestTimeEpoch > 0 && request.EventType != eventDisconnect {
		telemetry.From(ctx).Time(telemetry.Latency, max(0, now.Sub(time.UnixMilli(request.RequestTimeEpoch))))
	}
}

func (c *Controller) write(ctx context.Context, now time.Time, err error, attrs []slog.Attr) {
	line := telemetry.From(ctx)
	var why *chat.Error
	switch {
	case err == nil:
		line.Write(ctx, c.Log, now, slog.LevelInfo, "event handled", telemetry.CodeOK, attrs...)
	case errors.As(err, &why):
		line.Write(ctx, c.Log, now, slog.LevelInfo, "event refused", string(why.Code), attrs...)
	default:
		attrs = append(attrs, slog.String(chat.LogError, err.Error()))
		line.Write(ctx, c.Log, now, slog.LevelError, "event failed", string(chat.Unavailable), attrs...)
	}
}
