package chat_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// expiredStore is a store whose rooms, or texts, have expired.
type expiredStore struct {
	chat.Store
	rooms bool
}

func (e expiredStore) SeatInRoom(ctx context.Context, id chat.RoomID, c chat.Caller) (chat.Room, bool, error) {
	if e.rooms {
		return chat.Room{}, false, nil
	}
	return e.Store.SeatInRoom(ctx, id, c)
}

func (e expiredStore) Messages(context.Context, chat.PersonID, chat.RoomID, int64, int64) ([]chat.Message, error) {
	return nil, nil
}

// TestJoinAfterTheLastRoomHasExpired: the customer's item outlives the room that it names, which prevents nothing.
func TestJoinAfterTheLastRoomHasExpired(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.end(agent, r.ID)
	s := *w.Service
	s.Store = expiredStore{w.Store, true}
	page, err := s.JoinCustomer(t.Context(), customer, chat.CustomerJoin{Room: r.ID})
	require.NoError(t, err)
	assert.Empty(t, page.View.Room.ID, "as before the first")
	page, err = s.JoinCustomer(t.Context(), customer, chat.CustomerJoin{Start: true})
	require.NoError(t, err)
	assert.Equal(t, chat.StatusWaiting, page.View.Room.Status)
	assert.NotEqual(t, r.ID, page.View.Room.ID)
}

// TestTextsThatHaveExpired: they show as void places, and nothing is put there again.
func TestTextsThatHaveExpired(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.send(customer, r.ID, 1, "hello")
	w.end(agent, r.ID)
	past := w.history(customer)
	s := w.failing("PutMessage")
	s.Store = expiredStore{s.Store, false}
	page, err := s.JoinCustomer(t.Context(), customer, chat.CustomerJoin{Room: r.ID})
	require.NoError(t, err)
	assert.Empty(t, page.Messages)
	assert.Equal(t, []int64{1, 2, 3, 4}, page.Void)
	assert.Equal(t, int64(4), page.Through)
	assert.False(t, page.More)
	assert.Equal(t, past, w.history(customer))
}
