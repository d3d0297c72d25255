package chat_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func TestRead(t *testing.T) {
	for name, trial := range map[string]struct {
		seqs []int64
		want int64
		told []string
	}{
		"moves":                        {[]int64{2}, 2, []string{"read customer 2"}},
		"moves on":                     {[]int64{2, 3}, 3, []string{"read customer 2", "read customer 3"}},
		"never back":                   {[]int64{3, 1}, 3, []string{"read customer 3"}},
		"the same again is not told":   {[]int64{3, 3}, 3, []string{"read customer 3"}},
		"is cut to the room's seq":     {[]int64{99}, 4, []string{"read customer 4"}},
		"beyond the seq, there before": {[]int64{4, 99}, 4, []string{"read customer 4"}},
		"nothing yet":                  {[]int64{0}, 0, []string{}},
		"less than nothing":            {[]int64{-5}, 0, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer, agent, r := w.ActiveRoom(t)
			w.send(agent, r.ID, 1, "one")
			w.send(agent, r.ID, 2, "two")
			w.Pusher.Forget()
			for _, seq := range trial.seqs {
				require.NoError(t, w.Service.Read(t.Context(), customer, r.ID, seq))
			}
			assert.Equal(t, trial.want, w.room(r.ID).Customer.Read)
			assert.Zero(t, w.room(r.ID).Agent.Read, "each side has its own mark")
			assert.Equal(t, trial.told, w.pushesTo(agent))
			assert.Empty(t, w.pushesTo(customer))
		})
	}
}

func TestReadByTheAgent(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.Pusher.Forget()
	require.NoError(t, w.Service.Read(t.Context(), agent, r.ID, 2))
	assert.Equal(t, []string{"read agent 2"}, w.pushesTo(customer))
	assert.Empty(t, w.pushesTo(agent))
	assert.Equal(t, int64(2), w.room(r.ID).Agent.Read)
}

func TestReadAfterTheEnd(t *testing.T) {
	w := newWorld(t)
	customer, agent, r := w.ActiveRoom(t)
	w.end(agent, r.ID)
	for _, seq := range []int64{3, 3, 1, 99} {
		require.NoError(t, w.Service.Read(t.Context(), customer, r.ID, seq))
		assert.Equal(t, int64(3), w.room(r.ID).Customer.Read)
	}
}

func TestReadWhileTheStoreFails(t *testing.T) {
	w := newWorld(t)
	customer, _, r := w.ActiveRoom(t)
	err := w.failing("MarkRead").Read(t.Context(), customer, r.ID, 1)
	require.ErrorIs(t, err, errDown)
	assert.Equal(t, chat.Unavailable, chat.AsError(err).Code)
}
