package app

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
)

// TestEach: every call is made once, and 32 at most are under way.
func TestEach(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var made [100]int
		var begun atomic.Int32
		returns, done := make(chan struct{}), make(chan struct{})
		go func() {
			Each(t.Context(), len(made), func(_ context.Context, i int) {
				begun.Add(1)
				<-returns
				made[i]++
			})
			close(done)
		}()
		for _, so := range []int32{32, 33, 34} {
			synctest.Wait() // until none can go on
			assert.Equal(t, so, begun.Load())
			returns <- struct{}{}
		}
		close(returns)
		<-done
		for i, n := range made {
			assert.Equal(t, 1, n, i)
		}
	})
}

// TestEachPanics: a call that panics stops no other, and its panic reaches the caller with the place where it began.
func TestEachPanics(t *testing.T) {
	var made [100]bool
	defer func() {
		assert.ErrorContains(t, recover().(error), "nobody expects\n")
		for i := range made {
			assert.True(t, made[i], i)
		}
	}()
	Each(t.Context(), len(made), func(_ context.Context, i int) {
		made[i] = true
		if i == 50 {
			panic("nobody expects")
		}
	})
}
