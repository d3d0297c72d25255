package chat

import "context"

// Each calls do for 0 … n-1, a bounded number of them side by side, in any order, and returns when all have returned. A
// service gets one from outside, so that a simulation can decide which of the calls goes on.
type Each func(ctx context.Context, n int, do func(ctx context.Context, i int))
