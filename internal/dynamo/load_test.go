package dynamo_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/dynamo"
	"rejoin/internal/proof/dynamotest"
)

// TestLoad writes more than one request can, and reads it by all methods that read it.
func TestLoad(t *testing.T) {
	dynamotest.OnEach(t, func(t *testing.T, store *dynamo.Store) {
		var all dynamo.Load
		for i := range 60 {
			r, opened := newRoom(chat.RoomID(fmt.Sprintf("room-%02d", i)), chat.Caller{Who: "c_1", Conn: "conn", At: 1})
			r.Status, r.EndedAt, r.Reason, r.SweepAt, r.Counted, r.Held = chat.StatusEnded, chat.Millis(1000+i), chat.Idle, 0, true, []chat.PersonID{"a_1"}
			all.Rooms, all.Messages = append(all.Rooms, r), append(all.Messages, opened)
			all.Stats = append(all.Stats, chat.StatsRow{Series: "hours/all", At: fmt.Sprintf("%013d", i), Weight: 3, Data: []byte{byte(i)}, Expires: 9000})
		}
		all.Stats = append(all.Stats, chat.StatsRow{Series: "hours/all", At: "9", Weight: 1})
		require.NoError(t, store.Load(t.Context(), all))
		for i, want := range all.Rooms {
			got, err := store.Room(t.Context(), want.ID)
			require.NoError(t, err)
			assert.Equal(t, want, got)
			past, err := store.Messages(t.Context(), "c_1", want.ID, 1, 9)
			require.NoError(t, err)
			assert.Equal(t, all.Messages[i:i+1], past)
		}
		ends, err := store.EndedRooms(t.Context(), chat.Span{Agent: "a_1", To: 5000}, chat.Ending{}, 100)
		require.NoError(t, err)
		assert.Len(t, ends, 60)
		rows, err := store.Stats(t.Context(), "hours/all", " ", "~")
		require.NoError(t, err)
		assert.Equal(t, all.Stats, rows)
	})
}
