package client

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// bench is a client's effects: a clock that stands still, and one socket that keeps what was sent.
type bench struct {
	now    int64
	events SocketEvents
	sent   []frame
}

func (b *bench) Now() int64                           { return b.now }
func (b *bench) Rand(n int64) int64                   { return n / 2 }
func (b *bench) After(int64, func()) func()           { return func() {} }
func (b *bench) Device() string                       { return "device" }
func (b *bench) Visible() bool                        { return true }
func (b *bench) Close()                               {}
func (b *bench) Acked(_, _ string, _ int, _, _ int64) {}
func (b *bench) Failed(_, _, _ string)                {}

func (b *bench) Dial(e SocketEvents) Socket {
	b.events = e
	return b
}

func (b *bench) Send(body []byte) {
	var f frame
	if json.Unmarshal(body, &f) == nil {
		b.sent = append(b.sent, f)
	}
}

func (b *bench) joins() []frame {
	return slices.DeleteFunc(slices.Clone(b.sent), func(f frame) bool { return f.Action != actionJoin })
}

// answer answers a join by a desk with these rooms, each of which the agent holds.
func (b *bench) answer(t *testing.T, join frame, rooms []string) {
	t.Helper()
	parts := make([]any, len(rooms))
	for i, id := range rooms {
		parts[i] = map[string]any{"room": map[string]any{
			"id": id, "rev": 1, "status": statusActive, "created": i,
			"agent": map[string]any{"id": "a_kim", "online": true}, "customer": map[string]any{"id": "c_" + id},
		}}
	}
	body, err := json.Marshal(map[string]any{
		"type": "desk", "re": join.ID, "agent": map[string]any{"id": "a_kim"}, "status": "online", "rooms": parts,
	})
	require.NoError(t, err)
	b.events.Frame(body)
}

func named(join frame) []string {
	ids := make([]string, len(join.Rooms))
	for i, h := range join.Rooms {
		ids[i] = h.Room
	}
	return ids
}

func TestAgentWithManyRooms(t *testing.T) {
	b := &bench{now: 1_000_000}
	a := NewAgent(b, b, nil)
	a.Open()
	b.events.Opened()
	all := make([]string, 250)
	for i := range all {
		all[i] = fmt.Sprintf("R%03d", i)
	}
	b.answer(t, b.sent[0], all)
	a.Send(all[3], "unsent", "key")

	b.events.Closed()
	b.now += 1000
	a.step()
	b.sent = nil
	b.events.Opened()
	shown := map[string]bool{}
	for range 3 { // the desk has no space for rooms that are not named
		joins := b.joins()
		require.NotEmpty(t, joins)
		join := joins[len(joins)-1]
		assert.LessOrEqual(t, len(join.Rooms), maxJoinRooms)
		if len(shown) == 0 {
			assert.Equal(t, append([]string{all[3]}, all[249], all[248]), named(join)[:3], "unsent texts first, then the newest")
		}
		for _, id := range named(join) {
			shown[id] = true
		}
		b.answer(t, join, named(join))
	}
	assert.Len(t, shown, len(all))
	assert.Len(t, b.joins(), 3, "nobody asks on and on")
}
