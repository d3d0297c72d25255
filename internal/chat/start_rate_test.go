package chat_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// starter is a customer who starts chats, each after the end of the one before.
type starter struct {
	*world
	who  chat.Caller
	last chat.RoomID
}

// start starts a chat and ends it; the error is the refusal.
func (s *starter) start() error {
	page, err := s.Service.JoinCustomer(s.t.Context(), s.who, chat.CustomerJoin{Start: true, Room: s.last})
	if err != nil {
		return err
	}
	require.NotEqual(s.t, s.last, page.View.Room.ID, "a new one")
	s.last = page.View.Room.ID
	s.end(s.who, s.last)
	return nil
}

func newStarter(t *testing.T) *starter {
	w := newWorld(t)
	w.Service.Rules = chat.DefaultRules()
	return &starter{world: w, who: w.Customer()}
}

// TestStartsInALoop: one identity opens as many rooms as a burst has, and the next burst begins once its time has
// passed. A refused start changes nothing, costs no transaction, and does not keep the customer from joining.
func TestStartsInALoop(t *testing.T) {
	s := newStarter(t)
	rules := s.Service.Rules
	for range rules.Starts {
		require.NoError(t, s.start())
	}
	tooMany := func() {
		past := s.history(s.who)
		s.Pusher.Forget()
		opens := 0
		watched := s.withStore(func(call string, _ bool) error {
			if call == "OpenRoom" {
				opens++
			}
			return nil
		})
		for range 3 {
			_, err := watched.JoinCustomer(t.Context(), s.who, chat.CustomerJoin{Start: true, Room: s.last})
			assert.True(t, refused(t, chat.RateLimited, err).Retry())
		}
		assert.Zero(t, opens)
		assert.Equal(t, past, s.history(s.who))
		s.assertNoPushes()
		assert.Equal(t, s.last, s.join(s.who, chat.CustomerJoin{Room: s.last}).View.Room.ID, "seated and served")
	}
	tooMany()
	s.Clock.Advance(rules.StartWindow - time.Millisecond)
	tooMany()
	s.Clock.Advance(time.Millisecond)
	for range rules.Starts {
		require.NoError(t, s.start())
	}
	tooMany()
}

// TestAnOpenRoomIsJoinedAfterTooManyStarts: a repeat of the last start that was accepted is answered by its room.
func TestAnOpenRoomIsJoinedAfterTooManyStarts(t *testing.T) {
	s := newStarter(t)
	for range s.Service.Rules.Starts - 1 {
		require.NoError(t, s.start())
	}
	open := s.join(s.who, chat.CustomerJoin{Start: true, Room: s.last})
	again := s.join(s.Reconnect(s.who), chat.CustomerJoin{Start: true, Room: s.last})
	assert.Equal(t, open.View.Room.ID, again.View.Room.ID)
}

// TestHonestStartsAreNeverRefused: three chats in a row, on every day and at any time of it, and one every two minutes.
func TestHonestStartsAreNeverRefused(t *testing.T) {
	s := newStarter(t)
	for range 20 {
		for range 3 {
			require.NoError(t, s.start())
		}
		s.Clock.Advance(5 * time.Minute)
	}
	for range 20 {
		s.Clock.Advance(2 * time.Minute)
		require.NoError(t, s.start())
	}
}

// TestStartsOfOneDoNotCountForAnother: the limit is of one identity.
func TestStartsOfOneDoNotCountForAnother(t *testing.T) {
	s := newStarter(t)
	for range s.Service.Rules.Starts {
		require.NoError(t, s.start())
	}
	refused(t, chat.RateLimited, s.start())
	assert.NotNil(t, s.join(s.Customer(), chat.CustomerJoin{Start: true}))
}
