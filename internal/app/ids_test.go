package app

import (
	"crypto/rand"
	"testing"

	"github.com/stretchr/testify/assert"

	"rejoin/internal/chat"
)

// TestRoomIDs: ids grow with time, and one customer's ids grow even if two functions' clocks disagree.
func TestRoomIDs(t *testing.T) {
	const now = chat.Millis(1795478400000)
	ids := IDs{Entropy: rand.Reader}
	id := ids.NewRoomID(now, "")
	assert.Len(t, string(id), 26)
	assert.NotEqual(t, id, ids.NewRoomID(now, ""), "no two are equal")
	assert.Greater(t, ids.NewRoomID(now+1, ""), id)
	assert.Greater(t, ids.NewRoomID(now, id), id, "made in the same millisecond")
	assert.Greater(t, ids.NewRoomID(now-200, id), id, "made by a clock that is behind")
	assert.Greater(t, ids.NewRoomID(now+1, "not a ULID"), id)
}
