package app

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func TestRules(t *testing.T) {
	r, err := environment{}.rules()
	require.NoError(t, err)
	assert.Equal(t, chat.DefaultRules(), r, "without the variable")

	r, err = environment{envRules: "abandon=1,left=2,away=3,warn=4,idle=5,look=6,silent=7,texts=8,within=9,starts=10,startsWithin=11,waiting=12,keepLeft=0.5"}.rules()
	require.NoError(t, err)
	assert.Equal(t, chat.Rules{
		Abandon: time.Second, Left: 2 * time.Second, Away: 3 * time.Second, Warn: 4 * time.Second, Idle: 5 * time.Second, Recheck: 6 * time.Second,
		Silent: 7 * time.Second, Burst: 8, BurstWindow: 9 * time.Second, Starts: 10, StartWindow: 11 * time.Second, Waiting: 12, KeepLeft: 12 * time.Hour, LeftAtMost: chat.MaxLeft, Unsettled: chat.MaxUnsettled,
	}, r)

	for _, bad := range []string{"", "left", "left=", "left=soon", "left=1.5", "left=600;away=5", "bored=5", "left=0", "silent=0", "warn=900", "texts=0", "texts=many", "within=0", "starts=0", "startsWithin=0", "waiting=0", "keepLeft=0", "keepLeft=week", "keepLeft=-1", "keepLeft=NaN", "keepLeft=1e9"} {
		_, err := environment{envRules: bad}.rules()
		assert.ErrorContains(t, err, envRules, bad)
	}
}
