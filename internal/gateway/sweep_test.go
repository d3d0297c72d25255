package gateway_test

import (
	"context"
	"io"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/app"
	"rejoin/internal/chat"
	"rejoin/internal/gateway"
	"rejoin/internal/stats"
)

// waitingScript is a script in which the sweep, counting and the sample each wait for the two others to begin.
type waitingScript struct {
	*script
	begin, ready chan struct{}
}

func (s waitingScript) wait() {
	s.begin <- struct{}{}
	<-s.ready
}

func (s waitingScript) Sweep(context.Context) (chat.Swept, error) {
	s.wait()
	return chat.Swept{Checked: 3}, nil
}

func (s waitingScript) Count(context.Context) (int, error) {
	s.wait()
	return 2, assert.AnError
}

func (s waitingScript) Sample(context.Context) (stats.Sample, error) {
	s.wait()
	return stats.Sample{}, nil
}

// TestSweepSharesItsTime: the parts of a run are under way beside each other, so none can keep another waiting, and what one
// has done is told although another has failed.
func TestSweepSharesItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := waitingScript{&script{}, make(chan struct{}), make(chan struct{})}
		c := controller(s.script, io.Discard)
		c.Service, c.Stats, c.Each = s, s, app.Each
		go func() {
			for range 3 {
				<-s.begin
			}
			close(s.ready)
		}()
		done, err := c.Sweep()(t.Context(), gateway.SweepEvent{})
		require.ErrorIs(t, err, assert.AnError)
		assert.Equal(t, gateway.Swept{Checked: 3, Counted: 2}, done)
	})
}
