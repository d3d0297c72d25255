package dynamo_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/assert"

	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
	"rejoin/internal/memory"
)

// TestQueueIsSpread: no key of the index of waiting rooms gets much more than its share, and a room always has the same.
func TestQueueIsSpread(t *testing.T) {
	ids, rooms := memory.NewIDs(), map[string]int{}
	for range 1000 {
		r, _ := newRoom(ids.NewRoomID(1_767_225_600_000, ""), chat.Caller{Who: "c_1"})
		key := dynamo.RoomItem(r)["queue"]
		rooms[key.(*types.AttributeValueMemberS).Value]++
		assert.Equal(t, key, dynamo.RoomItem(r)["queue"])
		r.Status = chat.StatusActive
		assert.NotContains(t, dynamo.RoomItem(r), "queue", "only while it waits")
	}
	assert.Len(t, rooms, 2)
	assert.Contains(t, rooms, "waiting", "the key of earlier versions is one of them")
	for key, n := range rooms {
		assert.InDelta(t, 500, n, 100, key)
	}
}
