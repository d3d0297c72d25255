package gateway

import (
	"context"

	"rejoin/internal/chat"
)

// unknownAction answers a frame that no route knows.
func unknownAction(context.Context, chat.Caller, *frame) (any, error) {
	return nil, invalid("There is no such action.")
}
