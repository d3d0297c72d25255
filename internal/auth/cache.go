package auth

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

// Anyone can ask for a key or site that does not exist, so the rate of fetches is limited.
const (
	pause      = time.Minute     // after a fetch that worked
	retryPause = 5 * time.Second // after one that failed
)

// cache holds a value that is fetched when it is first needed, and again when it is old or misses what is asked for. If a
// fetch fails, the old value stays. Each value gets a random age from the last fifth of `age`, so that functions that started
// at the same time, as after an outage, do not keep fetching at the same time. It is safe for concurrent use.
type cache[T any] struct {
	fetch func(context.Context) (T, error)
	age   time.Duration
	now   func() time.Time

	mu      sync.Mutex // held while fetching, so that all callers wait for one fetch
	value   T
	old     time.Time // when value becomes old
	next    time.Time // no fetch before
	failure error     // of the last fetch
}

// get returns the cached value. If that misses what is asked for, the error is the last fetch's: nil if the fetch worked and
// there is no such thing.
func (c *cache[T]) get(ctx context.Context, missing func(T) bool) (T, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	if (now.After(c.old) || missing(c.value)) && !now.Before(c.next) {
		c.refresh(ctx, now)
	}
	if missing(c.value) {
		return c.value, c.failure
	}
	return c.value, nil
}

func (c *cache[T]) refresh(ctx context.Context, now time.Time) {
	// All callers share the result, so one caller's cancellation must not make it fail.
	value, err := c.fetch(context.WithoutCancel(ctx))
	c.failure, c.next = err, now.Add(retryPause)
	if err == nil {
		c.value, c.old, c.next = value, now.Add(c.age-rand.N(c.age/5)), now.Add(pause)
	}
}
