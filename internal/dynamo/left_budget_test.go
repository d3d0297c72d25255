package dynamo_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/memory"
	"rejoin/internal/proof/dynamotest"
)

// TestLeftBudget: what it costs to know whether anybody serves, besides the hours of the shop, and what a question that is left
// costs. Who has a chat with an agent pays nothing.
func TestLeftBudget(t *testing.T) {
	t.Parallel()
	if !dynamotest.OnLocal(t) {
		return
	}
	w, m, _, _ := metered(t)
	cost := func(what string, do func() error) (write, read float64) {
		m.Reset()
		require.NoError(t, do())
		reading := m.Reading()
		t.Logf("%s: %v write units, %v read units: %s", what, reading.Write, reading.Read, reading)
		return reading.Write, reading.Read
	}
	join := func(what string, c chat.Caller, j chat.CustomerJoin) (write, read float64) {
		return cost(what, func() error {
			_, err := w.Service.JoinCustomer(t.Context(), c, j)
			return err
		})
	}
	hours := &memory.Hours{}
	_, agent, active := w.ActiveRoom(t)
	talker, waiter := w.Reconnect(chat.Caller{Who: active.Customer.Who, Side: chat.Customer}), w.Customer()
	const place = 0.5 // each room before one's own is read for one's position
	_, first := join("a start without hours", w.Customer(), chat.CustomerJoin{Start: true})
	_, started := join("the next", waiter, chat.CustomerJoin{Start: true})
	assert.InDelta(t, first+place, started, 0.01)
	_, waits := join("a heartbeat of who waits, without hours", waiter, chat.CustomerJoin{})
	_, talks := join("a join of who talks, without hours", talker, chat.CustomerJoin{})
	w.Service.Hours = hours
	_, withHours := join("a start while somebody serves", w.Customer(), chat.CustomerJoin{Start: true})
	assert.LessOrEqual(t, withHours, started+place+0.5)
	_, read := join("a heartbeat of who waits", waiter, chat.CustomerJoin{})
	assert.LessOrEqual(t, read, waits+0.5)
	_, read = join("a join of who talks", w.Reconnect(talker), chat.CustomerJoin{})
	assert.LessOrEqual(t, read, talks)

	leave := func(what string, c chat.Caller) (write float64) {
		write, _ = cost(what, func() error {
			_, err := w.Service.Disconnect(t.Context(), c)
			return err
		})
		return write
	}
	ordinary := leave("a customer who waits goes", waiter)
	back, _ := join("and comes back", w.Reconnect(waiter), chat.CustomerJoin{})
	_, err := w.Service.Disconnect(t.Context(), agent)
	require.NoError(t, err)
	asker := w.Customer()
	_, read = join("a start while nobody serves", asker, chat.CustomerJoin{Start: true})
	assert.LessOrEqual(t, read, started+2*place+1, "whether an agent is online, and how many questions are left")
	assert.LessOrEqual(t, leave("a customer of a kept chat goes", asker), ordinary+3, "the room, and its place in the index")
	write, _ := join("and comes back", w.Reconnect(asker), chat.CustomerJoin{})
	assert.LessOrEqual(t, write, back+3)
}
