package gateway

import (
	"context"
	"errors"

	"github.com/aws/aws-lambda-go/events"

	"rejoin/internal/chat"
	"rejoin/internal/telemetry"
)

// Disconnect forgets a connection. The gateway delivers the event on a best-effort basis and ignores the answer.
func (c *Controller) Disconnect() Handler { return c.connectionEvent(c.disconnect) }

// disconnect also accepts an event without identity, which an operator can send with nothing but the connection's id:
// the service recorded at $connect whose it is.
func (c *Controller) disconnect(ctx context.Context, event events.APIGatewayWebsocketProxyRequest) error {
	caller, err := callerOf(event)
	if errors.Is(err, errAnonymous) {
		caller, err = chat.Caller{Conn: chat.ConnectionID(event.RequestContext.ConnectionID)}, nil
	}
	if err != nil {
		return err
	}
	current, err := c.Service.Disconnect(ctx, caller)
	if err == nil && !current {
		telemetry.From(ctx).Count(telemetry.StaleDisconnects, 1)
	}
	return err
}
