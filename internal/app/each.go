package app

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// atOnce is how many calls of one Each run side by side. A function has one or two hundred MB of memory, and a call holds a
// room's page at most.
const atOnce = 32

// Each implements chat.Each with goroutines.
func Each(ctx context.Context, n int, do func(ctx context.Context, i int)) {
	var calls errgroup.Group // for its limit: a call has no error
	calls.SetLimit(atOnce)
	for i := range n {
		calls.Go(func() error {
			do(ctx, i)
			return nil
		})
	}
	_ = calls.Wait()
}
