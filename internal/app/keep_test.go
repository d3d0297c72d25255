package app

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/dynamo"
)

func TestKeep(t *testing.T) {
	kept, statistics, err := environment{}.keep()
	require.NoError(t, err)
	assert.Zero(t, kept)
	assert.Zero(t, statistics)

	kept, statistics, err = environment{envKeep: "texts=1,rooms=365,statistics=2"}.keep()
	require.NoError(t, err)
	assert.Equal(t, dynamo.Retention{Texts: 24 * time.Hour, Rooms: 365 * 24 * time.Hour}, kept)
	assert.Equal(t, 48*time.Hour, statistics)

	for _, bad := range []string{"", "texts", "texts=-1", "texts=ever", "chats=1"} {
		_, _, err := environment{envKeep: bad}.keep()
		assert.ErrorContains(t, err, envKeep, bad)
	}
}
