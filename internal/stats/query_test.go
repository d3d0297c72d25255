package stats_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/memory"
	"rejoin/internal/proof/contract"
	"rejoin/internal/stats"
)

func refused(t *testing.T, want chat.Code, err error) {
	t.Helper()
	var e *chat.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, want, e.Code, e.Message)
}

func TestWhoMayAsk(t *testing.T) {
	store := memory.NewStore()
	for _, c := range generate(rand.New(rand.NewPCG(seed, 20)), 50) {
		c.store(t, store)
	}
	s := newService(t, store)
	_, err := s.Count(t.Context())
	require.NoError(t, err)
	agent := chat.Caller{Who: "a_2", Side: chat.Agent, Conn: "conn", At: 5}
	query := func(c chat.Caller, by stats.Unit, of chat.PersonID) ([]stats.Row, error) {
		got, err := s.Query(t.Context(), c, stats.Query{From: began, To: ended, By: by, Agent: of, Zone: time.UTC})
		return got.Rows, err
	}
	whole, err := query(admin, stats.ByRange, "")
	require.NoError(t, err)
	theirs, err := query(admin, stats.ByRange, agent.Who)
	require.NoError(t, err)
	assert.NotEqual(t, whole, theirs)
	for _, of := range []chat.PersonID{"", agent.Who} {
		own, err := query(agent, stats.ByRange, of)
		require.NoError(t, err)
		assert.Equal(t, theirs, own)
	}
	own, err := query(agent, stats.ByAgent, "")
	require.NoError(t, err)
	require.Len(t, own, 1)
	assert.Equal(t, agent.Who, own[0].Agent.ID)
	_, err = query(agent, stats.ByDay, "a_1")
	refused(t, chat.Forbidden, err)

	newer := agent
	newer.Conn, newer.At = "newer", 6
	_, ok, err := store.SeatPerson(t.Context(), newer)
	require.NoError(t, err)
	require.True(t, ok)
	_, err = query(agent, stats.ByDay, "")
	refused(t, chat.NotCurrent, err)
}

func TestRanges(t *testing.T) {
	s := newService(t, memory.NewStore())
	for _, r := range []struct {
		by   stats.Unit
		long time.Duration
		ok   bool
	}{
		{stats.ByHour, 0, false}, {stats.ByHour, -1, false}, {stats.ByHour, time.Millisecond, true},
		{stats.ByHour, 2400 * time.Hour, true}, {stats.ByHour, 2400*time.Hour + time.Millisecond, false},
		{stats.ByDay, chat.MaxSpan, true}, {stats.ByDay, chat.MaxSpan + time.Millisecond, false},
		{stats.ByRange, chat.MaxSpan, true}, {stats.ByAgent, chat.MaxSpan + time.Millisecond, false},
	} {
		_, err := s.Query(t.Context(), admin, stats.Query{From: began, To: began.After(r.long), By: r.by, Zone: time.UTC})
		if r.ok {
			assert.NoError(t, err, "%s %s", r.by, r.long)
		} else {
			refused(t, chat.Invalid, err)
		}
	}
	berlin := zone(t, "Europe/Berlin")
	from := func(day int) chat.Millis { return stats.StartOfDay(noon(2026, time.October, 25-day), berlin) } // a day of 25 hours
	_, err := s.Query(t.Context(), admin, stats.Query{From: from(99), To: from(-1), By: stats.ByHour, Zone: berlin})
	require.NoError(t, err)
	_, err = s.Query(t.Context(), admin, stats.Query{From: from(99), To: from(-1) + 1, By: stats.ByHour, Zone: berlin})
	refused(t, chat.Invalid, err)
}

// TestManyAgents: more agents than one result covers.
func TestManyAgents(t *testing.T) {
	w := contract.NewWorld(t, memory.NewStore())
	s := &stats.Service{Store: w.Store, Clock: w.Clock, Each: memory.Each, Zone: time.UTC}
	var want []chat.PersonID
	for range stats.MaxAgents + 3 {
		customer, agent, r := w.ActiveRoom(t)
		want = append(want, agent.Who)
		_, err := w.Service.End(t.Context(), customer, r.ID)
		require.NoError(t, err)
	}
	_, err := s.Count(t.Context())
	require.NoError(t, err)
	var got []chat.PersonID
	for _, row := range rows(t, s, stats.Query{From: w.Clock.Now(), To: w.Clock.Now() + 1, By: stats.ByAgent, Zone: time.UTC}) {
		got = append(got, row.Agent.ID)
		assert.Equal(t, int64(1), row.Started)
	}
	slices.Sort(want)
	assert.Equal(t, want, got)
}

func TestPlaces(t *testing.T) {
	s := newService(t, memory.NewStore())
	for _, after := range []string{"x", "1", "a_1", "0000000000000", "1772150400001", "9999999999999", " 1772150400000"} {
		for _, by := range []stats.Unit{stats.ByHour, stats.ByDay} {
			_, err := s.Query(t.Context(), admin, stats.Query{From: began, To: began.After(200 * time.Hour), By: by, Zone: time.UTC, After: after})
			refused(t, chat.Invalid, err)
		}
	}
}

// TestDaysOfEveryZone: each page continues where the one before ended, also if days start within an hour of UTC.
func TestDaysOfEveryZone(t *testing.T) {
	store := memory.NewStore()
	for _, c := range generate(rand.New(rand.NewPCG(seed, 40)), 50) {
		c.store(t, store)
	}
	s := newService(t, store)
	_, err := s.Count(t.Context())
	require.NoError(t, err)
	for _, name := range []string{"UTC", "Asia/Seoul", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Adelaide", "America/St_Johns"} {
		t.Run(name, func(t *testing.T) {
			z, started := zone(t, name), int64(0)
			for _, row := range rows(t, s, stats.Query{From: began.After(-90 * 24 * time.Hour), To: ended, By: stats.ByDay, Zone: z}) {
				assert.Equal(t, "00:00:00", time.UnixMilli(int64(row.At)).In(z).Format(time.TimeOnly))
				started += row.Started
			}
			assert.Equal(t, int64(50), started)
		})
	}
}

// TestSampleSees: the longest wait counts from an agent's last text or take, not from the start of the chat.
func TestSampleSees(t *testing.T) {
	w := contract.NewWorld(t, memory.NewStore())
	s := &stats.Service{Store: w.Store, Clock: w.Clock, Each: memory.Each, Zone: time.UTC}
	sees := func(want stats.Sample) {
		t.Helper()
		seen, err := s.Sample(t.Context())
		require.NoError(t, err)
		assert.Equal(t, want, seen)
	}
	sees(stats.Sample{})
	_, agent, r := w.ActiveRoom(t)
	w.Clock.Advance(time.Hour)
	_, err := w.Service.Message(t.Context(), agent, r.ID, 1, "a moment")
	require.NoError(t, err)
	w.Clock.Advance(time.Second)
	_, err = w.Service.Release(t.Context(), agent, r.ID)
	require.NoError(t, err)
	sees(stats.Sample{Waiting: 1, Online: 1, LongestWait: 1000})
	w.WaitingRoom(t)
	w.Clock.Advance(time.Second)
	sees(stats.Sample{Waiting: 2, Online: 1, LongestWait: 2000})
	_, err = w.Service.Take(t.Context(), agent, r.ID)
	require.NoError(t, err)
	w.Clock.Advance(time.Second)
	sees(stats.Sample{Waiting: 1, Online: 1, LongestWait: 2000})
}

// TestSamples: an hour or a day has the maximum of its samples.
func TestSamples(t *testing.T) {
	w := contract.NewWorld(t, memory.NewStore())
	s := &stats.Service{Store: w.Store, Clock: w.Clock, Each: memory.Each, Zone: time.UTC}
	from := w.Clock.Now()
	sample := func() {
		_, err := s.Sample(t.Context())
		require.NoError(t, err)
	}
	sample() // without people nothing is written
	customer, r := w.WaitingRoom(t)
	w.WaitingRoom(t)
	sample()
	agent := w.Agent()
	_, err := w.Service.JoinAgent(t.Context(), agent, chat.AgentJoin{})
	require.NoError(t, err)
	_, err = w.Service.End(t.Context(), customer, r.ID)
	require.NoError(t, err)
	w.Clock.Advance(59 * time.Minute)
	sample()
	w.Clock.Advance(time.Minute)
	sample()
	_, err = w.Service.Disconnect(t.Context(), agent)
	require.NoError(t, err)
	w.Clock.Advance(24 * time.Hour)
	sample()

	type seen struct {
		hours           chat.Millis
		waiting, online int64
	}
	got := func(by stats.Unit) (all []seen) {
		for _, row := range rows(t, s, stats.Query{From: from, To: from.After(48 * time.Hour), By: by, Zone: time.UTC}) {
			all = append(all, seen{(row.At - from) / 3_600_000, row.MostWaiting, row.Online})
		}
		return all
	}
	assert.Equal(t, []seen{{0, 2, 1}, {1, 1, 1}, {25, 1, 0}}, got(stats.ByHour))
	assert.Equal(t, []seen{{0, 2, 1}, {24, 1, 0}}, got(stats.ByDay))
	assert.Equal(t, []seen{{0, 2, 1}}, got(stats.ByRange))
	assert.Empty(t, rows(t, s, stats.Query{From: from, To: ended, By: stats.ByDay, Agent: agent.Who, Zone: time.UTC}))
}

// TestKeep: rows expire `Keep` after the time that they count, and by default never.
func TestKeep(t *testing.T) {
	c := generate(rand.New(rand.NewPCG(seed, 30)), 1)[0]
	for _, keep := range []time.Duration{0, 48 * time.Hour} {
		store := newFlakyStore(never)
		c.store(t, store.Store)
		s := newService(t, store)
		s.Keep = keep
		_, err := s.Count(t.Context())
		require.NoError(t, err)
		rows, err := store.Stats(t.Context(), "hours/all", " ", "~")
		require.NoError(t, err)
		require.Len(t, rows, 1)
		want := chat.Millis(0)
		if keep > 0 {
			want = (c.began - c.began%3_600_000).After(keep)
		}
		assert.Equal(t, want, rows[0].Expires)
	}
}
