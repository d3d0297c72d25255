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

// TestNow: connected agents, online or away, with their numbers of chats; an agent sees only their own.
func TestNow(t *testing.T) {
	w := contract.NewWorld(t, memory.NewStore())
	s := &stats.Service{Store: w.Store, Clock: w.Clock, Each: memory.Each, Zone: time.UTC}
	_, busy, r := w.ActiveRoom(t)
	second, other := w.WaitingRoom(t)
	_, err := w.Service.Take(t.Context(), busy, other.ID)
	require.NoError(t, err)
	_, away, _ := w.ActiveRoom(t)
	require.NoError(t, w.Service.SetStatus(t.Context(), away, chat.StatusAway))
	_, gone, _ := w.ActiveRoom(t)
	_, err = w.Service.Disconnect(t.Context(), gone)
	require.NoError(t, err)
	idle := w.Agent()
	_, err = w.Service.JoinAgent(t.Context(), idle, chat.AgentJoin{})
	require.NoError(t, err)

	type seen struct {
		status chat.AgentStatus
		open   int
	}
	taken := 0
	query := func(c chat.Caller, of chat.PersonID) map[chat.PersonID]seen {
		t.Helper()
		answer, err := s.Query(t.Context(), c, stats.Query{By: stats.ByNow, Agent: of, Zone: time.UTC})
		require.NoError(t, err)
		assert.Empty(t, answer.After)
		got := map[chat.PersonID]seen{}
		assert.Empty(t, answer.Rows)
		for _, a := range answer.Now.Present {
			assert.NotEmpty(t, a.Agent.Name)
			got[a.Agent.ID] = seen{a.Status, a.Open}
		}
		assert.Len(t, got, len(answer.Now.Present), "each once")
		taken = answer.Now.Open
		return got
	}
	assert.Equal(t, map[chat.PersonID]seen{
		busy.Who: {chat.StatusOnline, 2}, away.Who: {chat.StatusAway, 1}, idle.Who: {chat.StatusOnline, 0},
	}, query(admin, ""))
	assert.Equal(t, 4, taken, "a chat goes on when its agent loses the connection")
	assert.Equal(t, map[chat.PersonID]seen{away.Who: {chat.StatusAway, 1}}, query(admin, away.Who))
	assert.Equal(t, 1, taken)
	assert.Empty(t, query(admin, gone.Who))
	assert.Equal(t, 1, taken)
	assert.Equal(t, map[chat.PersonID]seen{busy.Who: {chat.StatusOnline, 2}}, query(busy, ""))
	assert.Equal(t, 2, taken)
	_, err = s.Query(t.Context(), busy, stats.Query{By: stats.ByNow, Agent: away.Who, Zone: time.UTC})
	refused(t, chat.Forbidden, err)

	_, err = w.Service.End(t.Context(), second, other.ID)
	require.NoError(t, err)
	_, err = w.Service.Release(t.Context(), busy, r.ID)
	require.NoError(t, err)
	assert.Equal(t, seen{chat.StatusOnline, 0}, query(admin, "")[busy.Who])
	assert.Equal(t, 2, taken, "a released chat waits again")

	_, left := w.WaitingRoom(t)
	kept := left
	kept.Rev, kept.Kept, kept.Left = left.Rev+1, left.Created, true
	ok, err := w.Store.ChangeRoom(t.Context(), left, kept, nil)
	require.NoError(t, err)
	require.True(t, ok)
	query(admin, "")
	assert.Equal(t, 2, taken, "nobody has taken a question that is left")
}

// TestManyAgentsNow: more agents than one result covers.
func TestManyAgentsNow(t *testing.T) {
	w := contract.NewWorld(t, memory.NewStore())
	s := &stats.Service{Store: w.Store, Clock: w.Clock, Each: memory.Each, Zone: time.UTC}
	var want []chat.PersonID
	for range stats.MaxAgents + 3 {
		agent := w.Agent()
		want = append(want, agent.Who)
		_, err := w.Service.JoinAgent(t.Context(), agent, chat.AgentJoin{})
		require.NoError(t, err)
	}
	var got []chat.PersonID
	query := stats.Query{By: stats.ByNow, Zone: time.UTC}
	for more := true; more; more = query.After != "" {
		answer, err := s.Query(t.Context(), admin, query)
		require.NoError(t, err)
		for _, a := range answer.Now.Present {
			got = append(got, a.Agent.ID)
		}
		query.After = answer.After
	}
	assert.ElementsMatch(t, want, got)
	assert.IsIncreasing(t, got)
}

// openStore counts how many rooms are listed as open.
type openStore struct {
	*memory.Store
	listed int
}

func (s *openStore) DueRooms(ctx context.Context, shard int, after chat.Due, now chat.Millis, limit int) ([]chat.Due, error) {
	due, err := s.Store.DueRooms(ctx, shard, after, now, limit)
	s.listed += len(due)
	return due, err
}

// TestManyOpenChatsNow: so many that they are counted once for all who ask within half a minute.
func TestManyOpenChatsNow(t *testing.T) {
	w := newQueueWorld(t)
	store := &openStore{Store: w.store.Store}
	w.Store = store
	taken := func() int {
		t.Helper()
		store.listed = 0
		answer, err := w.Query(t.Context(), admin, stats.Query{By: stats.ByNow, Zone: time.UTC})
		require.NoError(t, err)
		return answer.Now.Open
	}
	w.join(500)
	w.take(400)
	assert.Equal(t, 400, taken())
	w.join(1000)
	w.take(1000)
	assert.Equal(t, 1400, taken(), "counted")
	w.take(50)
	assert.Equal(t, 1400, taken(), "as it was counted")
	assert.LessOrEqual(t, store.listed, 1000)
	w.clock.Advance(30 * time.Second)
	assert.Equal(t, 1450, taken())
	assert.Greater(t, store.listed, 1500)
	_, err := store.PutStats(t.Context(), chat.StatsRow{Series: "state", At: "taken", Weight: int64(w.clock.Now()), Data: []byte{99}})
	require.NoError(t, err)
	assert.Equal(t, 1450, taken(), "another version's figure counts as none")
}
