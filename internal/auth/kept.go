package auth

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

// Anyone can ask for what does not exist, so fetching again is bounded.
const (
	pause      = time.Minute     // after a fetch that worked
	retryPause = 5 * time.Second // after one that failed
)

// kept is what is fetched when it is first needed, and again once it is old, or lacks what is asked for. While it
// cannot be fetched, the old value stays. The age is drawn at random from its last fifth, so that functions that started together,
// as after an outage, do not always fetch together. It is safe for concurrent use.
type kept[T any] struct {
	fetch func(context.Context) (T, error)
	age   time.Duration
	now   func() time.Time

	mu      sync.Mutex // held while fetching: whoever waits finds the result
	value   T
	old     time.Time // when value becomes old
	next    time.Time // no fetch before
	failure error     // of the last fetch
}

// get returns what is kept. Where that lacks what is asked for, the error tells whether it could not be fetched; nil: it
// is not there.
func (k *kept[T]) get(ctx context.Context, lacks func(T) bool) (T, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	if (now.After(k.old) || lacks(k.value)) && !now.Before(k.next) {
		k.refresh(ctx, now)
	}
	if lacks(k.value) {
		return k.value, k.failure
	}
	return k.value, nil
}

func (k *kept[T]) refresh(ctx context.Context, now time.Time) {
	// The result is everyone's, so it must not fail because one caller left.
	value, err := k.fetch(context.WithoutCancel(ctx))
	k.failure, k.next = err, now.Add(retryPause)
	if err == nil {
		k.value, k.old, k.next = value, now.Add(k.age-rand.N(k.age/5)), now.Add(pause)
	}
}
