package gateway

import (
	"context"
	"errors"

	"github.com/aws/aws-lambda-go/events"

	"rejoin/internal/chat"
	"rejoin/internal/telemetry"
)

// Disconnect forgets a connection. The gateway delivers the event at best once, and does nothing with its answer.
func (c *Controller) Disconnect() Handler { return c.connectionEvent(c.disconnect) }

// disconnect takes an event without identity too, as an operator sends it who knows the connection's id alone: the
// service knows from $connect whose it is.
func (c *Controller) disconnect(ctx context.Context, event events.APIGatewayWebsocketProxyRequest) error {
	who, err := callerOf(event)
	if errors.Is(err, errAnonymous) {
		who, err = chat.Caller{Conn: chat.ConnectionID(event.RequestContext.ConnectionID)}, nil
	}
	if err != nil {
		return err
	}
	current, err := c.Service.Disconnect(ctx, who)
	if err == nil && !current {
		telemetry.From(ctx).Count(telemetry.StaleDisconnects, 1)
	}
	return err
}
