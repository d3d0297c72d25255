package gateway

import (
	"context"

	"rejoin/internal/chat"
)

// ping stands in for the answer that API Gateway gives itself, to the letter: it echoes no id, and asks nothing of the
// connection.
func ping(context.Context, chat.Caller, *frame) (any, error) {
	return plainFrame{head{Type: typePong}}, nil
}
