package gateway

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"rejoin/internal/chat"
)

// TestPaceForgets: many connections take bounded memory, and give nobody who goes on sending a new start.
func TestPaceForgets(t *testing.T) {
	p, now := NewPace(1, 1), time.UnixMilli(1_795_478_400_000)
	assert.Equal(t, passes, p.judge("busy", now))
	for n := range 5 * maxPaced {
		assert.Equal(t, passes, p.judge(chat.ConnectionID(strconv.Itoa(n)), now))
		if n%(maxPaced/2) == 0 {
			assert.NotEqual(t, passes, p.judge("busy", now))
		}
		assert.LessOrEqual(t, len(p.recent)+len(p.past), 2*maxPaced)
	}
}
