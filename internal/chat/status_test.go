package chat_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func TestStatusOutlivesTheConnection(t *testing.T) {
	w := newWorld(t)
	agent := w.onlineAgent()
	assert.Equal(t, chat.StatusOnline, w.joinAgent(agent).Agent.Status, "at first")
	require.NoError(t, w.Service.SetStatus(t.Context(), agent, chat.StatusAway))
	w.disconnect(agent)
	agent = w.Reconnect(agent)
	assert.Equal(t, chat.StatusAway, w.joinAgent(agent).Agent.Status)

	w.WaitingRoom(t)
	assert.Empty(t, w.pushesTo(agent), "who is away gets no queue pushes")
	require.NoError(t, w.Service.SetStatus(t.Context(), agent, chat.StatusOnline))
	_, r := w.WaitingRoom(t)
	assert.Equal(t, []string{"add " + string(r.ID)}, w.pushesTo(agent))
}

func TestStatusFromAnOlderConnection(t *testing.T) {
	w := newWorld(t)
	agent := w.onlineAgent()
	newer := w.Reconnect(agent)
	w.joinAgent(newer)
	refused(t, chat.NotCurrent, w.Service.SetStatus(t.Context(), agent, chat.StatusAway))
	assert.Equal(t, chat.StatusOnline, w.joinAgent(newer).Agent.Status)
}

func TestStatusWhileTheStoreFails(t *testing.T) {
	w := newWorld(t)
	assert.ErrorIs(t, w.failing("SetStatus").SetStatus(t.Context(), w.onlineAgent(), chat.StatusAway), errDown)
}
