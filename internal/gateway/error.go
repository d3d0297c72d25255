package gateway

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"rejoin/internal/chat"
)

// Names in the log. What people wrote, their names and their tokens never go there.
const (
	logRoute      = "route"
	logRequest    = "requestId"
	logConnection = "connectionId"
	logRoom       = "room"
	logDuration   = "durationMs"
	logOutcome    = "outcome"
	logError      = "error"
)

// record writes the one line that each event leaves in the log: a refusal by rule is news, a failure an error.
func (c *Controller) record(
	ctx context.Context, event events.APIGatewayWebsocketProxyRequest, room chat.RoomID, start time.Time, err error,
) {
	attrs := []slog.Attr{
		slog.String(logRoute, event.RequestContext.RouteKey),
		slog.String(logRequest, event.RequestContext.RequestID),
		slog.String(logConnection, event.RequestContext.ConnectionID),
	}
	if room != "" {
		attrs = append(attrs, slog.String(logRoom, string(room)))
	}
	c.log(ctx, start, err, attrs)
}

func (c *Controller) log(ctx context.Context, start time.Time, err error, attrs []slog.Attr) {
	attrs = append(attrs, slog.Int64(logDuration, c.Now().Sub(start).Milliseconds()))
	var why *chat.Error
	switch {
	case err == nil:
		c.Log.LogAttrs(ctx, slog.LevelInfo, "event handled", append(attrs, slog.String(logOutcome, "ok"))...)
	case errors.As(err, &why):
		c.Log.LogAttrs(ctx, slog.LevelInfo, "event refused", append(attrs, slog.String(logOutcome, string(why.Code)))...)
	default:
		c.Log.LogAttrs(ctx, slog.LevelError, "event failed", append(attrs,
			slog.String(logOutcome, string(chat.Unavailable)), slog.String(logError, err.Error()))...)
	}
}
