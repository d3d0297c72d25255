package gateway

import (
	"context"

	"rejoin/internal/chat"
)

// ping gives exactly the answer that API Gateway gives on AWS without a function: it echoes no id, and does not check
// the connection.
func ping(context.Context, chat.Caller, *frame) (any, error) {
	return plainFrame{head{Type: typePong}}, nil
}
