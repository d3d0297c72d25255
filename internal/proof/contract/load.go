package contract

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// testLoad: the load is kept from connection to connection, but not without one.
func testLoad(t *testing.T, w *World) {
	ctx := t.Context()
	set := func(agent chat.PersonID, load int) (chat.Person, bool) {
		p, ok, err := w.Store.SetLoad(ctx, agent, load)
		require.NoError(t, err)
		return p, ok
	}
	add := func(agent chat.PersonID, by int) (chat.Person, bool) {
		p, ok, err := w.Store.AddLoad(ctx, agent, by)
		require.NoError(t, err)
		return p, ok
	}
	refused := func(want chat.Person, why string) {
		for _, write := range []func(chat.PersonID, int) (chat.Person, bool){set, add} {
			p, ok := write(want.ID, 7)
			assert.False(t, ok, why)
			assert.Equal(t, want, p, why)
			w.storedPerson(t, want, why)
		}
	}
	stranger := w.Agent()
	p, ok := add(stranger.Who, 1)
	assert.False(t, ok, "who never joined")
	assert.Zero(t, p)
	p, ok = set(stranger.Who, 1)
	assert.False(t, ok)
	assert.Zero(t, p)
	nobody, err := w.Store.Person(ctx, stranger.Who)
	require.NoError(t, err)
	assert.Zero(t, nobody)

	agent := w.Agent()
	want := w.seat(t, agent)
	assert.Zero(t, want.Load)
	for _, by := range []int{2, 1, -1} {
		p, ok = add(agent.Who, by)
		assert.True(t, ok)
		want.Load += by
		assert.Equal(t, want, p, "only the load changes")
		w.storedPerson(t, want)
	}
	p, ok = set(agent.Who, 5)
	assert.True(t, ok)
	want.Load = 5
	assert.Equal(t, want, p)
	w.storedPerson(t, want)

	newer := w.Reconnect(agent)
	assert.Equal(t, 5, w.seat(t, newer).Load, "of the person, not of the connection")
	gone, ok, err := w.Store.UnseatPerson(ctx, newer.Who, newer.Conn)
	require.NoError(t, err)
	require.True(t, ok)
	assert.Zero(t, gone.Load)
	refused(gone, "without a connection")
	assert.Zero(t, w.seat(t, w.Reconnect(newer)).Load, "nothing has set it since")
}

// testFreeAgents: other agents may be online; this world's have so little to do that they come first.
func testFreeAgents(t *testing.T, w *World) {
	ctx := t.Context()
	const least = -1_000_000
	busy, free, away, gone, customer := w.Agent(), w.Agent(), w.Agent(), w.Agent(), w.Customer()
	w.seat(t, customer)
	load := func(c chat.Caller, load int) {
		_, ok, err := w.Store.SetLoad(ctx, c.Who, load)
		require.NoError(t, err)
		require.True(t, ok)
	}
	for i, c := range []chat.Caller{gone, away, free, busy} {
		w.seat(t, c)
		load(c, least+i)
	}
	_, _, err := w.Store.SetStatus(ctx, away, chat.StatusAway)
	require.NoError(t, err)
	_, _, err = w.Store.UnseatPerson(ctx, gone.Who, gone.Conn)
	require.NoError(t, err)

	lists := func(limit int, want ...chat.Caller) {
		t.Helper()
		got, err := w.Store.FreeAgents(ctx, limit)
		require.NoError(t, err)
		require.Len(t, got, limit)
		for i, c := range want {
			assert.Equal(t, chat.Person{ID: c.Who, Name: c.Name, Seat: chat.Seat{Conn: c.Conn}}, got[i])
		}
	}
	lists(1, free)
	lists(2, free, busy)
	load(free, least+9)
	lists(2, busy, free)
	newer := w.Reconnect(busy)
	w.seat(t, newer)
	lists(2, newer, free)
	_, _, err = w.Store.SetStatus(ctx, newer, chat.StatusAway)
	require.NoError(t, err)
	_, _, err = w.Store.SetStatus(ctx, away, chat.StatusOnline)
	require.NoError(t, err)
	lists(2, away, free)
}
