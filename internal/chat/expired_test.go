package chat_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// expired is a store whose rooms, or texts, are gone.
type expired struct {
	chat.Store
	rooms bool
}

func (e expired) SeatInRoom(ctx context.Context, id chat.RoomID, c chat.Caller) (chat.Room, bool, error) {
	if e.rooms {
		return chat.Room{}, false, nil
	}
	return e.Store.SeatInRoom(ctx, id, c)
}

func (e expired) Messages(context.Context, chat.PersonID, chat.RoomID, int64, int64) ([]chat.Message, error) {
	return nil, nil
}

// TestJoinAfterTheLastRoomHasExpired: the customer's pointer outlives what it names, and keeps them from nothing.
func TestJoinAfterTheLastRoomHasExpired(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.Talking(t)
	w.end(agent, r.ID)
	s := *w.Service
	s.Store = expired{w.Store, true}
	page, err := s.JoinCustomer(t.Context(), customer, chat.CustomerJoin{Room: r.ID})
	require.NoError(t, err)
	assert.Nil(t, page, "as before the first")
	page, err = s.JoinCustomer(t.Context(), customer, chat.CustomerJoin{Start: true})
	require.NoError(t, err)
	assert.Equal(t, chat.StatusWaiting, page.View.Room.Status)
	assert.NotEqual(t, r.ID, page.View.Room.ID)
}

// TestTextsThatHaveExpired show as places that stay empty, and nothing is put there again.
func TestTextsThatHaveExpired(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.Talking(t)
	w.say(customer, r.ID, 1, "hello")
	w.end(agent, r.ID)
	past := w.past(customer)
	s := w.failing("PutMessage")
	s.Store = expired{s.Store, false}
	page, err := s.JoinCustomer(t.Context(), customer, chat.CustomerJoin{Room: r.ID})
	require.NoError(t, err)
	assert.Empty(t, page.Messages)
	assert.Equal(t, []int64{1, 2, 3, 4}, page.Void)
	assert.Equal(t, int64(4), page.Through)
	assert.False(t, page.More)
	assert.Equal(t, past, w.past(customer))
}
