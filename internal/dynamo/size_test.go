package dynamo_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"rejoin/internal/dynamo"
	"rejoin/internal/proof/dynamotest"
)

// TestRoomFitsOneUnit: a write unit pays for 1 KB, and every message writes the room.
func TestRoomFitsOneUnit(t *testing.T) {
	n := dynamotest.Size(dynamo.RoomItem(dynamo.FullRoom()))
	t.Logf("a room with long fields is %d bytes", n)
	assert.LessOrEqual(t, n, 1024)
	worst := dynamo.FullRoom()
	worst.Held = append(worst.Held, "a_0f8e2c1a-7b3d-4e5f-9a6b-1c2d3e4f5a64", "a_0f8e2c1a-7b3d-4e5f-9a6b-1c2d3e4f5a65")
	n = dynamotest.Size(dynamo.RoomItem(worst))
	t.Logf("with five agents, %d", n)
	assert.LessOrEqual(t, n, 2048, "each agent more than three who ever held it costs about 40 bytes")
}
