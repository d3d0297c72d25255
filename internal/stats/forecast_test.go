package stats_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/memory"
	"rejoin/internal/proof/contract"
	"rejoin/internal/stats"
)

// shift is a number of chats: one agent takes one in every `every`, after the customer has waited for `waited`.
func shift(t *testing.T, chats int, every, waited time.Duration) (*contract.World, *stats.Service) {
	t.Helper()
	w := contract.NewWorld(t, memory.NewStore())
	s := &stats.Service{Store: w.Store, Clock: w.Clock, Each: memory.Each, Zone: time.UTC}
	agent := w.Agent()
	_, err := w.Service.JoinAgent(t.Context(), agent, chat.AgentJoin{})
	require.NoError(t, err)
	for range chats {
		customer, r := w.WaitingRoom(t)
		w.Clock.Advance(waited)
		_, err := w.Service.Take(t.Context(), agent, r.ID)
		require.NoError(t, err)
		w.Clock.Advance(every - waited)
		_, err = w.Service.End(t.Context(), customer, r.ID)
		require.NoError(t, err)
		_, err = s.Sample(t.Context())
		require.NoError(t, err)
	}
	_, err = s.Count(t.Context())
	require.NoError(t, err)
	return w, s
}

func forecast(t *testing.T, s *stats.Service, position int) time.Duration {
	t.Helper()
	wait, err := s.Wait(t.Context(), position)
	require.NoError(t, err)
	return time.Duration(wait) * time.Millisecond
}

func near(t *testing.T, want, got time.Duration) {
	t.Helper()
	assert.InDelta(t, want.Seconds(), got.Seconds(), 0.02*want.Seconds())
}

func TestForecast(t *testing.T) {
	t.Run("agents are free", func(t *testing.T) {
		_, s := shift(t, 18, 5*time.Minute, 20*time.Second)
		near(t, 20*time.Second, forecast(t, s, 1))
		near(t, time.Minute, forecast(t, s, 3))
	})
	t.Run("the queue is long", func(t *testing.T) {
		w, s := shift(t, 18, 5*time.Minute, 299*time.Second)
		one := forecast(t, s, 1)
		assert.LessOrEqual(t, one, 5*time.Minute)
		assert.InDelta(t, 2*one.Seconds(), forecast(t, s, 2).Seconds(), 1)
		colleague := w.Agent()
		_, err := w.Service.JoinAgent(t.Context(), colleague, chat.AgentJoin{})
		require.NoError(t, err)
		near(t, one/2, forecast(t, s, 1))
		assert.Zero(t, forecast(t, s, 30), "further than an hour")
	})
}

// TestNoForecast: without enough data there is no forecast.
func TestNoForecast(t *testing.T) {
	const every, waited = 5 * time.Minute, time.Minute
	t.Run("too few chats", func(t *testing.T) {
		_, s := shift(t, 9, every, waited)
		assert.Zero(t, forecast(t, s, 1))
	})
	t.Run("enough", func(t *testing.T) {
		_, s := shift(t, 10, every, waited)
		assert.NotZero(t, forecast(t, s, 1))
		assert.Zero(t, forecast(t, s, 0), "who has no place")
	})
	t.Run("too long ago", func(t *testing.T) {
		w, s := shift(t, 18, every, waited)
		w.Clock.Advance(5 * time.Hour)
		assert.Zero(t, forecast(t, s, 1))
	})
	t.Run("nobody is there to take it", func(t *testing.T) {
		w, s := shift(t, 18, every, waited)
		agents, err := w.Store.ConnectedAgents(t.Context(), chat.StatusOnline)
		require.NoError(t, err)
		for _, a := range agents {
			_, _, err := w.Store.UnseatPerson(t.Context(), a.ID, a.Seat.Conn)
			require.NoError(t, err)
		}
		assert.Zero(t, forecast(t, s, 1))
	})
}

// TestForecastAfterANight: chats that lay there while the shop was closed tell how long they waited since it opened. Those that
// were taken before tell nothing.
func TestForecastAfterANight(t *testing.T) {
	const chats, night = 12, 3 * time.Hour
	w := contract.NewWorld(t, memory.NewStore())
	hours := &openSince{}
	s := &stats.Service{Store: w.Store, Clock: w.Clock, Each: memory.Each, Zone: time.UTC, Hours: hours}
	agent := w.Agent()
	_, err := w.Service.JoinAgent(t.Context(), agent, chat.AgentJoin{})
	require.NoError(t, err)
	var left []chat.RoomID
	var customers []chat.Caller
	for range chats {
		customer, r := w.WaitingRoom(t)
		customers, left = append(customers, customer), append(left, r.ID)
	}
	for range night / time.Hour {
		_, err := s.Sample(t.Context())
		require.NoError(t, err)
		w.Clock.Advance(time.Hour)
	}
	hours.opened = w.Clock.Now()
	w.Clock.Advance(20 * time.Second)
	for i, id := range left {
		_, err := w.Service.Take(t.Context(), agent, id)
		require.NoError(t, err)
		_, err = w.Service.End(t.Context(), customers[i], id)
		require.NoError(t, err)
	}
	_, err = s.Count(t.Context())
	require.NoError(t, err)
	near(t, 20*time.Second, forecast(t, s, 1))

	hours.opened = w.Clock.Now()
	_, err = s.Recount(t.Context(), hours.opened.After(-time.Hour), hours.opened)
	require.NoError(t, err)
	assert.Zero(t, forecast(t, s, 1), "all were taken before it opened")
}

// openSince are the hours of a shop that opened at a moment.
type openSince struct{ opened chat.Millis }

func (h *openSince) Past(context.Context, string, chat.Millis) (func(from, to chat.Millis) chat.Millis, error) {
	opened := h.opened
	return func(from, to chat.Millis) chat.Millis { return max(to-max(from, opened), 0) }, nil
}

// TestForecastFarBack: those who are far back share what one of them has read, for some seconds.
func TestForecastFarBack(t *testing.T) {
	w, s := shift(t, 18, 5*time.Minute, 20*time.Second)
	far := forecast(t, s, 60)
	near(t, 20*time.Minute, far)
	agents, err := w.Store.ConnectedAgents(t.Context(), chat.StatusOnline)
	require.NoError(t, err)
	require.Len(t, agents, 1)
	_, _, err = w.Store.UnseatPerson(t.Context(), agents[0].ID, agents[0].Seat.Conn)
	require.NoError(t, err)
	assert.Zero(t, forecast(t, s, 49), "nobody is there to take it")
	assert.Equal(t, far, forecast(t, s, 60))
	assert.Equal(t, 2*far, forecast(t, s, 120))
	assert.Zero(t, forecast(t, s, 190), "further than an hour")
	w.Clock.Advance(10 * time.Second)
	assert.Zero(t, forecast(t, s, 60))
}

// TestForecastOfALargeTeam: of so many agents, few are counted for each customer.
func TestForecastOfALargeTeam(t *testing.T) {
	w, s := shift(t, 18, 5*time.Minute, 299*time.Second)
	one := forecast(t, s, 1)
	join := func(n int) {
		for range n {
			_, err := w.Service.JoinAgent(t.Context(), w.Agent(), chat.AgentJoin{})
			require.NoError(t, err)
		}
	}
	join(29)
	near(t, one/30, forecast(t, s, 1))
	join(20)
	near(t, one/50, forecast(t, s, 1))
	join(50)
	near(t, one/50, forecast(t, s, 1))
	w.Clock.Advance(10 * time.Second)
	near(t, one/100, forecast(t, s, 1))
}
