package contract

import (
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func testConnections(t *testing.T, w *World) {
	ctx := t.Context()
	c, other := w.Customer(), w.Agent()
	require.NoError(t, w.Store.PutConnection(ctx, c))
	require.NoError(t, w.Store.PutConnection(ctx, c), "the answer to the first may have been lost")
	require.NoError(t, w.Store.PutConnection(ctx, other))

	got, err := w.Store.DeleteConnection(ctx, c.Conn)
	require.NoError(t, err)
	assert.Equal(t, c.Conn, got.Conn)
	assert.Equal(t, c.Who, got.Who)
	assert.Equal(t, c.Side, got.Side)
	assert.Equal(t, c.At, got.At)

	got, err = w.Store.DeleteConnection(ctx, c.Conn)
	require.NoError(t, err)
	assert.Zero(t, got, "a connection is forgotten once")

	got, err = w.Store.DeleteConnection(ctx, other.Conn)
	require.NoError(t, err)
	assert.Equal(t, other.Who, got.Who, "another one's is left alone")
}

func testExpiredConnections(t *testing.T, w *World) {
	ctx := t.Context()
	const end chat.Millis = 1000 // before any other connection's
	last, first, lasting, customer := w.Agent(), w.Agent(), w.Agent(), w.Customer()
	last.Until, first.Until = end, end-1
	mine := []chat.ConnectionID{last.Conn, first.Conn, lasting.Conn, customer.Conn}
	ranOut := func(now chat.Millis) []chat.ConnectionID {
		all, err := w.Store.ExpiredConnections(ctx, now)
		require.NoError(t, err)
		return slices.DeleteFunc(all, func(id chat.ConnectionID) bool { return !slices.Contains(mine, id) })
	}
	for _, c := range []chat.Caller{last, first, lasting, customer} {
		require.NoError(t, w.Store.PutConnection(ctx, c))
	}
	assert.Empty(t, ranOut(end-1), "a token holds to its last moment")
	assert.Equal(t, []chat.ConnectionID{first.Conn}, ranOut(end))
	assert.Equal(t, []chat.ConnectionID{first.Conn, last.Conn}, ranOut(w.Clock.Now()), "longest first, and none without an end")

	got, err := w.Store.DeleteConnection(ctx, first.Conn)
	require.NoError(t, err)
	assert.Equal(t, first.Until, got.Until)
	assert.Equal(t, []chat.ConnectionID{last.Conn}, ranOut(w.Clock.Now()), "what is forgotten is not listed")
	_, err = w.Store.DeleteConnection(ctx, last.Conn)
	require.NoError(t, err)
}

func testCountConnection(t *testing.T, w *World) {
	const most, minute = 3, 60_000
	here, there, now := w.name("here"), w.name("there"), w.Clock.Now()
	count := func(from string, at chat.Millis) bool {
		ok, err := w.Store.CountConnection(t.Context(), from, at, most)
		require.NoError(t, err)
		return ok
	}
	for range most {
		assert.True(t, count(here, now+minute-1))
	}
	assert.False(t, count(here, now), "of one minute")
	assert.False(t, count(here, now+minute-1), "a refusal counts nothing, and changes nothing")
	assert.True(t, count(there, now), "another address")
	assert.True(t, count(here, now+minute), "the next minute")

	var came sync.WaitGroup
	let := make(chan bool, 4*most)
	for range cap(let) {
		came.Go(func() { let <- count(here, now+2*minute) })
	}
	came.Wait()
	close(let)
	in := 0
	for ok := range let {
		if ok {
			in++
		}
	}
	assert.Equal(t, most, in, "of many at one time")
}

func (w *World) storedPerson(t *testing.T, want chat.Person, msg ...any) {
	t.Helper()
	got, err := w.Store.Person(t.Context(), want.ID)
	require.NoError(t, err)
	assert.Equal(t, want, got, msg...)
}

// seat seats the caller where nothing prevents it.
func (w *World) seat(t *testing.T, c chat.Caller) chat.Person {
	t.Helper()
	p, ok, err := w.Store.SeatPerson(t.Context(), c)
	require.NoError(t, err)
	require.True(t, ok)
	w.storedPerson(t, p, "what comes back is what is stored")
	return p
}

func (w *World) seatRefused(t *testing.T, c chat.Caller, found chat.Person, msg string) {
	t.Helper()
	p, ok, err := w.Store.SeatPerson(t.Context(), c)
	require.NoError(t, err)
	assert.False(t, ok, msg)
	assert.Equal(t, found, p, "a refusal returns the person as found")
	w.storedPerson(t, found, "a refusal writes nothing")
}

func testSeatPerson(t *testing.T, w *World) {
	ctx := t.Context()
	none, err := w.Store.Person(ctx, w.Customer().Who)
	require.NoError(t, err)
	assert.Zero(t, none, "unknown")

	first := w.Customer()
	p := w.seat(t, first)
	assert.Equal(t, chat.Person{ID: first.Who, Name: first.Name, Seat: chat.Seat{Conn: first.Conn, At: first.At}}, p)
	w.seatRefused(t, first, p, "it is seated already")

	late := w.Reconnect(first) // newer than the first, older than the next
	second := w.Reconnect(first)
	second.Name = "Renamed 이름"
	p = w.seat(t, second)
	assert.Equal(t, chat.Seat{Conn: second.Conn, At: second.At, Prev: first.Conn}, p.Seat)
	assert.Equal(t, "Renamed 이름", p.Name)
	w.seatRefused(t, late, p, "a newer one is seated; stamps that differ by one are distinct")

	third := w.Reconnect(first)
	assert.Equal(t, second.Conn, w.seat(t, third).Seat.Prev, "the one it replaced, not an earlier one")
	p, ok, err := w.Store.UnseatPerson(ctx, third.Who, third.Conn)
	require.NoError(t, err)
	require.True(t, ok)
	w.seatRefused(t, second, p, "a newer one was seated")
	again := w.seat(t, third)
	assert.Equal(t, chat.Seat{Conn: third.Conn, At: third.At, Prev: second.Conn}, again.Seat, "its own close came before its join")

	agent := w.Agent()
	assert.Equal(t, chat.StatusOnline, w.seat(t, agent).Status, "an agent is online at first")
	_, ok, err = w.Store.SetStatus(ctx, agent, chat.StatusAway)
	require.NoError(t, err)
	require.True(t, ok)
	assert.Equal(t, chat.StatusAway, w.seat(t, w.Reconnect(agent)).Status, "away outlives the connection")

	r := w.openRoom(t, third, nil)
	p = w.seat(t, w.Reconnect(third))
	assert.Equal(t, r.ID, p.Room, "the last room is kept")
}

func testUnseatPerson(t *testing.T, w *World) {
	ctx := t.Context()
	first := w.Customer()
	w.seat(t, first)
	second := w.Reconnect(first)
	found := w.seat(t, second)

	p, ok, err := w.Store.UnseatPerson(ctx, first.Who, first.Conn)
	require.NoError(t, err)
	assert.False(t, ok, "another connection is seated")
	assert.Equal(t, found, p)
	w.storedPerson(t, found)

	p, ok, err = w.Store.UnseatPerson(ctx, second.Who, second.Conn)
	require.NoError(t, err)
	assert.True(t, ok)
	want := found
	want.Seat.Conn = ""
	assert.Equal(t, want, p, "only the connection goes")
	w.storedPerson(t, want)

	p, ok, err = w.Store.UnseatPerson(ctx, second.Who, second.Conn)
	require.NoError(t, err)
	assert.False(t, ok, "the seat is empty")
	assert.Equal(t, want, p)

	nobody := w.Customer()
	p, ok, err = w.Store.UnseatPerson(ctx, nobody.Who, nobody.Conn)
	require.NoError(t, err)
	assert.False(t, ok)
	assert.Zero(t, p)
	got, err := w.Store.Person(ctx, nobody.Who)
	require.NoError(t, err)
	assert.Zero(t, got, "a refusal creates no person")
}

func testStatus(t *testing.T, w *World) {
	ctx := t.Context()
	stranger := w.Agent()
	_, known, err := w.Store.SetStatus(ctx, stranger, chat.StatusAway)
	require.NoError(t, err)
	assert.False(t, known, "who never joined")
	nobody, err := w.Store.Person(ctx, stranger.Who)
	require.NoError(t, err)
	assert.Zero(t, nobody)

	old := w.Agent()
	w.seat(t, old)
	now := w.Reconnect(old)
	want := w.seat(t, now)

	p, ok, err := w.Store.SetStatus(ctx, old, chat.StatusAway)
	require.NoError(t, err)
	assert.False(t, ok, "a newer connection is seated")
	assert.Equal(t, want, p)
	w.storedPerson(t, want)

	for _, c := range []chat.Caller{now, w.Reconnect(now)} {
		for _, status := range []chat.AgentStatus{chat.StatusAway, chat.StatusAway, chat.StatusOnline} {
			p, ok, err = w.Store.SetStatus(ctx, c, status)
			require.NoError(t, err)
			assert.True(t, ok)
			want.Status = status
			assert.Equal(t, want, p, "only the status changes")
			w.storedPerson(t, want)
		}
	}
}

func testBlocked(t *testing.T, w *World) {
	ctx := t.Context()
	stranger := w.Customer()
	_, known, err := w.Store.SetBlocked(ctx, stranger.Who, true, w.Clock.Now())
	require.NoError(t, err)
	assert.False(t, known, "who never joined")
	nobody, err := w.Store.Person(ctx, stranger.Who)
	require.NoError(t, err)
	assert.Zero(t, nobody)

	c := w.Customer()
	w.seat(t, c)
	first := w.openRoom(t, c, end)
	want, err := w.Store.Person(ctx, c.Who)
	require.NoError(t, err)
	opens := func(next chat.Room) bool {
		ok, err := w.Store.OpenRoom(ctx, next, w.message(next, 1, chat.EventOpened), chat.Start{Last: first.ID})
		require.NoError(t, err)
		return ok
	}
	next := w.newRoom(c, first.ID)
	for _, blocked := range []bool{true, true, false, true} {
		p, ok, err := w.Store.SetBlocked(ctx, c.Who, blocked, w.Clock.Now())
		require.NoError(t, err)
		assert.True(t, ok)
		want.Blocked = blocked
		assert.Equal(t, want, p, "nothing else changes")
		w.storedPerson(t, want)
	}
	assert.False(t, opens(next), "no room opens for a blocked customer")
	_, _, err = w.Store.SetBlocked(ctx, c.Who, false, w.Clock.Now())
	require.NoError(t, err)
	assert.True(t, opens(next))
}

// online lists this world's online agents.
func (w *World) online(t *testing.T) []chat.Person {
	t.Helper()
	all, err := w.Store.ConnectedAgents(t.Context(), chat.StatusOnline)
	require.NoError(t, err)
	var mine []chat.Person
	for _, p := range all {
		if w.people[p.ID] != "" {
			mine = append(mine, p)
		}
	}
	return mine
}

func testConnectedAgents(t *testing.T, w *World) {
	ctx := t.Context()
	assert.Empty(t, w.online(t))
	a, b := w.Agent(), w.Agent()
	w.seat(t, a)
	w.seat(t, b)
	w.seat(t, w.Customer())
	listed := func(c chat.Caller) chat.Person {
		return chat.Person{ID: c.Who, Name: c.Name, Seat: chat.Seat{Conn: c.Conn}}
	}
	assert.ElementsMatch(t, []chat.Person{listed(a), listed(b)}, w.online(t), "only agents, with what a push needs")

	_, _, err := w.Store.SetStatus(ctx, a, chat.StatusAway)
	require.NoError(t, err)
	assert.ElementsMatch(t, []chat.Person{listed(b)}, w.online(t))
	a = w.Reconnect(a)
	w.seat(t, a)
	assert.ElementsMatch(t, []chat.Person{listed(b)}, w.online(t), "an agent who is away stays away on the next connection")
	_, _, err = w.Store.SetStatus(ctx, a, chat.StatusOnline)
	require.NoError(t, err)
	assert.ElementsMatch(t, []chat.Person{listed(a), listed(b)}, w.online(t))

	newer := w.Reconnect(b)
	w.seat(t, newer)
	assert.ElementsMatch(t, []chat.Person{listed(a), listed(newer)}, w.online(t), "each once, by the newest connection")
	_, _, err = w.Store.UnseatPerson(ctx, newer.Who, newer.Conn)
	require.NoError(t, err)
	assert.ElementsMatch(t, []chat.Person{listed(a)}, w.online(t))
	for _, status := range []chat.AgentStatus{chat.StatusAway, chat.StatusOnline} {
		_, _, err = w.Store.SetStatus(ctx, newer, status)
		require.NoError(t, err)
		assert.ElementsMatch(t, []chat.Person{listed(a)}, w.online(t), "without a connection nobody is online")
	}
}
