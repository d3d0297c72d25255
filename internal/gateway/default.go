package gateway

import (
	"context"

	"rejoin/internal/chat"
)

// unknownAction answers a frame without a route.
func unknownAction(context.Context, chat.Caller, *frame) (any, error) {
	return nil, invalid("There is no such action.")
}
