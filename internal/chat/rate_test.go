package chat_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// endedRoom is a new customer's room that an agent had, ended by the customer.
func (w *world) endedRoom() (customer, agent chat.Caller, r chat.Room) {
	w.t.Helper()
	customer, agent, r = w.ActiveRoom(w.t)
	return customer, agent, w.end(customer, r.ID).Room
}

func TestRate(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.endedRoom()
	for _, given := range []struct{ said, kept chat.Rating }{
		{chat.Rating{Score: 2, Comment: " slow\u0000 \n"}, chat.Rating{Score: 2, Comment: "slow"}},
		{chat.Rating{Score: 5}, chat.Rating{Score: 5}}, // a second one replaces all of the first
		{chat.Rating{Score: 5}, chat.Rating{Score: 5}}, // a repeat is harmless, and the agent is told again
		{chat.Rating{Score: 1, Comment: strings.Repeat("가", chat.MaxComment)}, chat.Rating{Score: 1, Comment: strings.Repeat("가", chat.MaxComment)}},
	} {
		w.Pusher.Forget()
		require.NoError(t, w.Service.Rate(t.Context(), customer, r.ID, given.said))
		stored := w.room(r.ID)
		assert.Equal(t, given.kept, stored.Rating)
		assert.Equal(t, []string{"room ended 3 for agent"}, w.pushesTo(agent))
		assert.Empty(t, w.pushesTo(customer))

		page := w.join(customer, chat.CustomerJoin{Room: r.ID, Since: stored.Seq})
		assert.Equal(t, given.kept, page.View.Room.Rating, "its customer sees it")
		desk := w.joinAgent(agent, chat.KnownRoom{Room: r.ID, Since: stored.Seq})
		require.Len(t, desk.Rooms, 1)
		assert.Equal(t, given.kept, desk.Rooms[0].View.Room.Rating, "and who held the room")
	}
	past := w.history(customer)
	assert.Equal(t, []string{"opened", "taken", "ended"}, past, "it is no message")
}

// TestRatingsInALoop: a room is rated a few times, and the statistics count it again no more often. A repeat counts nothing.
func TestRatingsInALoop(t *testing.T) {
	w := newWorld(t)
	customer, _, r := w.endedRoom()
	rate := func(c chat.Caller, score int) error {
		return w.Service.Rate(t.Context(), c, r.ID, chat.Rating{Score: score, Comment: "again"})
	}
	for n := range chat.MaxRatings {
		for range 3 {
			require.NoError(t, rate(customer, 1+n%2))
		}
	}
	rated := w.room(r.ID)
	assert.Equal(t, chat.MaxRatings, rated.Ratings)
	for range 3 {
		w.unchanged(customer, r.ID, func() { assert.False(t, refused(t, chat.Forbidden, rate(customer, 5)).Retry()) })
	}
	require.NoError(t, rate(customer, rated.Rating.Score), "the last one, repeated")
	back := w.Reconnect(customer)
	w.join(back, chat.CustomerJoin{})
	require.NoError(t, rate(back, rated.Rating.Score), "and on a new connection, since its answer may have been lost")
	assert.Equal(t, rated, w.room(r.ID))
	refused(t, chat.NotCurrent, rate(customer, 5))
}

// TestARepeatedRatingIsNotCountedAgain: counting reads the whole room.
func TestARepeatedRatingIsNotCountedAgain(t *testing.T) {
	w := newWorld(t)
	customer, _, r := w.endedRoom()
	good := chat.Rating{Score: 5}
	require.NoError(t, w.Service.Rate(t.Context(), customer, r.ID, good))
	_, ok, err := w.Store.SetCounted(t.Context(), r.ID, w.room(r.ID).Rev)
	require.NoError(t, err)
	require.True(t, ok)
	require.NoError(t, w.Service.Rate(t.Context(), customer, r.ID, good))
	assert.True(t, w.room(r.ID).Counted)
	require.NoError(t, w.Service.Rate(t.Context(), w.Reconnect(customer), r.ID, good))
	assert.False(t, w.room(r.ID).Counted, "another connection's is another rating")
}

func TestRateIsRefused(t *testing.T) {
	good := chat.Rating{Score: 3, Comment: "ok"}
	for name, trial := range map[string]struct {
		given chat.Rating
		who   func(w *world, customer chat.Caller, r chat.Room) (chat.Caller, chat.RoomID)
		want  chat.Code
	}{
		"no score": {given: chat.Rating{Comment: "ok"}, want: chat.Invalid},
		"six":      {given: chat.Rating{Score: 6}, want: chat.Invalid},
		"a comment too long": {
			given: chat.Rating{Score: 3, Comment: strings.Repeat("가", chat.MaxComment+1)}, want: chat.TooLong,
		},
		"another's room": {given: good, want: chat.NotFound, who: func(w *world, _ chat.Caller, r chat.Room) (chat.Caller, chat.RoomID) {
			return w.Customer(), r.ID
		}},
		"no such room": {given: good, want: chat.NotFound, who: func(_ *world, customer chat.Caller, _ chat.Room) (chat.Caller, chat.RoomID) {
			return customer, "no such room"
		}},
		"an open room": {given: good, want: chat.Forbidden, who: func(w *world, customer chat.Caller, r chat.Room) (chat.Caller, chat.RoomID) {
			return customer, w.join(customer, chat.CustomerJoin{Start: true, Room: r.ID}).View.Room.ID
		}},
		"a newer connection has joined": {given: good, want: chat.NotCurrent, who: func(w *world, customer chat.Caller, r chat.Room) (chat.Caller, chat.RoomID) {
			w.join(w.Reconnect(customer), chat.CustomerJoin{})
			return customer, r.ID
		}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer, _, r := w.endedRoom()
			who, room := customer, r.ID
			if trial.who != nil {
				who, room = trial.who(w, customer, r)
			}
			w.unchanged(customer, r.ID, func() { refused(t, trial.want, w.Service.Rate(t.Context(), who, room, trial.given)) })
			assert.Zero(t, w.room(room).Rating)
		})
	}
}

// TestRatingReachesTheAgentsCurrentConnection: an agent's connection lasts no longer than their token, which is
// minutes.
func TestRatingReachesTheAgentsCurrentConnection(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.endedRoom()
	back := w.Reconnect(agent)
	w.joinAgent(back) // without naming the room
	w.Pusher.Forget()
	require.NoError(t, w.Service.Rate(t.Context(), customer, r.ID, chat.Rating{Score: 5}))
	assert.Equal(t, []string{"room ended 3 for agent"}, w.pushesTo(back))
	assert.Empty(t, w.pushesTo(agent))

	w.disconnect(back)
	w.Pusher.Forget()
	require.NoError(t, w.Service.Rate(t.Context(), customer, r.ID, chat.Rating{Score: 4}))
	w.assertNoPushes()
}

// TestRatingIsKeptIfThePushFails covers each way in which the push may fail.
func TestRatingIsKeptIfThePushFails(t *testing.T) {
	w := newWorld(t)
	customer, _, r := w.endedRoom()
	lone, waited := w.WaitingRoom(t)
	waited = w.end(lone, waited.ID).Room
	w.Pusher.Forget()
	require.NoError(t, w.Service.Rate(t.Context(), lone, waited.ID, chat.Rating{Score: 3}))

	asked := 0
	require.NoError(t, w.withStore(func(call string, applied bool) error {
		if call == "Person" && !applied {
			if asked++; asked == 2 { // the first reads the customer
				return errDown
			}
		}
		return nil
	}).Rate(t.Context(), customer, r.ID, chat.Rating{Score: 3}))
	assert.Equal(t, 2, asked)
	w.assertNoPushes()
	assert.Equal(t, 3, w.room(r.ID).Rating.Score)
	assert.Equal(t, 3, w.room(waited.ID).Rating.Score)
}

// TestALateRatingLosesToTheNewer: a slow copy from an older connection is written only after the customer has come
// back and rated again.
func TestALateRatingLosesToTheNewer(t *testing.T) {
	w := newWorld(t)
	customer, _, r := w.endedRoom()
	back := w.Reconnect(customer)
	late := w.meanwhile("Rate", func() {
		w.join(back, chat.CustomerJoin{})
		require.NoError(t, w.Service.Rate(t.Context(), back, r.ID, chat.Rating{Score: 5}))
	})
	refused(t, chat.NotCurrent, late.Rate(t.Context(), customer, r.ID, chat.Rating{Score: 1}))
	assert.Equal(t, chat.Rating{Score: 5}, w.room(r.ID).Rating)
}

func TestRateWhileTheStoreFails(t *testing.T) {
	for _, call := range []string{"Person", "Rate"} {
		w := newWorld(t)
		customer, _, r := w.endedRoom()
		assert.ErrorIs(t, w.failing(call).Rate(t.Context(), customer, r.ID, chat.Rating{Score: 3}), errDown, call)
	}
}

// TestManyComments: the comments of all rooms that an agent names do not make a frame too large.
func TestManyComments(t *testing.T) {
	w := newWorld(t)
	agent := w.onlineAgent()
	var holds []chat.KnownRoom
	for range chat.MaxJoinRooms {
		customer, r := w.WaitingRoom(t)
		w.take(agent, r.ID)
		w.end(customer, r.ID)
		require.NoError(t, w.Service.Rate(t.Context(), customer, r.ID, chat.Rating{Score: 1, Comment: strings.Repeat("가", 900)}))
		holds = append(holds, chat.KnownRoom{Room: r.ID, Since: 3})
	}
	comments, scores := 0, 0
	for _, page := range w.joinAgent(agent, holds...).Rooms {
		comments += len(page.View.Room.Rating.Comment)
		scores += page.View.Room.Rating.Score
	}
	assert.Positive(t, comments)
	assert.LessOrEqual(t, comments, chat.MaxFrameBytes/2)
	assert.Equal(t, len(holds), scores, "the scores are all there")
}
