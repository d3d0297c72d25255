package app

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"

	"golang.org/x/sync/errgroup"
)

// atOnce is how many calls of one Each run side by side, and how many connections to a service a function keeps.
const atOnce = 32

// Each implements chat.Each with goroutines. A panic of a call stops no other. It goes on where Each was called, so that the
// platform reports it as it does any other.
func Each(ctx context.Context, n int, do func(ctx context.Context, i int)) {
	var calls errgroup.Group // for its limit: a call has no error
	var first sync.Once
	var panicked error
	calls.SetLimit(atOnce)
	for i := range n {
		calls.Go(func() error {
			defer func() {
				if r := recover(); r != nil {
					first.Do(func() { panicked = fmt.Errorf("%v\n%s", r, debug.Stack()) })
				}
			}()
			do(ctx, i)
			return nil
		})
	}
	_ = calls.Wait()
	if panicked != nil {
		panic(panicked)
	}
}
