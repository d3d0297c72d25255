package chat_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"rejoin/internal/chat"
)

// TestForecast: a waiting customer gets a forecast by their position; other customers and agents do not. A forecast
// that fails prevents no chat.
func TestForecast(t *testing.T) {
	w := newWorld(t)
	asked := []int{}
	w.Forecasts = func(position int) (chat.Millis, error) {
		asked = append(asked, position)
		return chat.Millis(position) * 60_000, nil
	}
	w.WaitingRoom(t)
	customer, agent := w.Customer(), w.onlineAgent()
	first := w.join(customer, chat.CustomerJoin{Start: true})
	assert.Equal(t, 2, first.View.Position)
	assert.Equal(t, chat.Millis(120_000), first.View.Wait)
	assert.Equal(t, first.View.Wait, w.join(customer, chat.CustomerJoin{Room: first.View.Room.ID}).View.Wait)

	asked = nil
	w.take(agent, first.View.Room.ID)
	w.send(customer, first.View.Room.ID, 1, "hello")
	assert.Zero(t, w.join(customer, chat.CustomerJoin{}).View.Wait)
	assert.Zero(t, w.release(agent, first.View.Room.ID).Wait)
	assert.Empty(t, asked)

	w.Forecasts = func(int) (chat.Millis, error) { return 0, errDown }
	again := w.join(customer, chat.CustomerJoin{})
	assert.Equal(t, 2, again.View.Position)
	assert.Zero(t, again.View.Wait)
}
