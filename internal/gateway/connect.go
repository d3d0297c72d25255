package gateway

import (
	"context"
	"net/http"

	"github.com/aws/aws-lambda-go/events"
)

// Types of the gateway's events: a client's frame, whatever its route, and the end of a connection.
const (
	eventMessage    = "MESSAGE"
	eventDisconnect = "DISCONNECT"
)

// Connect records a connection that the authorizer allowed. Any status but 200 refuses it.
func (c *Controller) Connect() Handler { return c.connectionEvent(c.connect) }

func (c *Controller) connect(ctx context.Context, event events.APIGatewayWebsocketProxyRequest) error {
	caller, err := callerOf(event)
	if err != nil {
		return err
	}
	return c.Service.Connect(ctx, caller)
}

// unlimited limits no frames: these functions may close no connection, and their answer to a frame needs no request.
func unlimited(context.Context, events.APIGatewayWebsocketProxyRequestContext) error { return nil }

// connectionEvent handles the gateway's own events of a connection. A client's frame whose action has the name of
// such an event is answered as a frame.
func (c *Controller) connectionEvent(do func(context.Context, events.APIGatewayWebsocketProxyRequest) error) Handler {
	return func(ctx context.Context, event events.APIGatewayWebsocketProxyRequest) (events.APIGatewayProxyResponse, error) {
		if event.RequestContext.EventType == eventMessage {
			return c.frames(nil, unlimited)(ctx, event)
		}
		ctx = begin(ctx, event.RequestContext.RouteKey, event.RequestContext)
		err := do(ctx, event)
		c.record(ctx, event.RequestContext, "", err)
		if err != nil {
			return events.APIGatewayProxyResponse{StatusCode: http.StatusInternalServerError}, nil
		}
		return events.APIGatewayProxyResponse{StatusCode: http.StatusOK}, nil
	}
}
