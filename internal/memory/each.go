package memory

import "context"

// Each is a chat.Each that makes one call after the other, so that tests know the order.
func Each(ctx context.Context, n int, do func(ctx context.Context, i int)) {
	for i := range n {
		do(ctx, i)
	}
}
