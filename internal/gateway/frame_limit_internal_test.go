package gateway

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"rejoin/internal/chat"
)

// TestFrameLimitForgets: many connections take bounded memory, and nobody who goes on sending gets a new allowance.
func TestFrameLimitForgets(t *testing.T) {
	l, now := NewFrameLimit(1, 1), time.UnixMilli(1_795_478_400_000)
	assert.Equal(t, passes, l.judge("busy", now, 1))
	for n := range 5 * maxAllowances {
		assert.Equal(t, passes, l.judge(chat.ConnectionID(strconv.Itoa(n)), now, 1))
		if n%(maxAllowances/2) == 0 {
			assert.NotEqual(t, passes, l.judge("busy", now, 1))
		}
		assert.LessOrEqual(t, len(l.recent)+len(l.past), 2*maxAllowances)
	}
}
