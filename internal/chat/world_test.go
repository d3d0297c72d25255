package chat_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/memory"
	"rejoin/internal/proof/contract"
)

// errDown is the error of a store or a gateway that fails.
var errDown = errors.New("down")

// world is a service of its own over the store in memory.
type world struct {
	*contract.World
	t *testing.T
}

func newWorld(t *testing.T) *world {
	return &world{contract.NewWorld(t, memory.NewStore()), t}
}

// room is the room as it is stored.
func (w *world) room(id chat.RoomID) chat.Room {
	w.t.Helper()
	r, err := w.Store.Room(w.t.Context(), id)
	require.NoError(w.t, err)
	return r
}

// send sends a text that is acknowledged, and returns what its sender gets.
func (w *world) send(c chat.Caller, room chat.RoomID, no int, text string) chat.Ack {
	w.t.Helper()
	ack, err := w.Service.Message(w.t.Context(), c, room, no, text)
	require.NoError(w.t, err)
	ack.Repeated = false
	return ack
}

// numberOnly sends a text whose writer dies between its number and its put.
func (w *world) numberOnly(c chat.Caller, room chat.RoomID, no int, text string) {
	w.t.Helper()
	_, err := w.failing("PutMessage").Message(w.t.Context(), c, room, no, text)
	require.ErrorIs(w.t, err, errDown)
}

// voidPlace takes a number whose place stays void.
func (w *world) voidPlace(c chat.Caller, room chat.RoomID, no int) int64 {
	w.t.Helper()
	w.numberOnly(c, room, no, fmt.Sprintf("never stored %d", no))
	r := w.room(room)
	void := chat.Message{Customer: r.Customer.Who, Room: room, Seq: r.Seq, From: chat.System, Void: true}
	_, ok, err := w.Store.PutMessage(w.t.Context(), void)
	require.NoError(w.t, err)
	require.True(w.t, ok)
	return r.Seq
}

// onlineAgent is an agent who is online.
func (w *world) onlineAgent() chat.Caller {
	w.t.Helper()
	a := w.Agent()
	w.joinAgent(a)
	return a
}

// awayAgent is an agent who is connected and away.
func (w *world) awayAgent() chat.Caller {
	w.t.Helper()
	a := w.onlineAgent()
	require.NoError(w.t, w.Service.SetStatus(w.t.Context(), a, chat.StatusAway))
	return a
}

func (w *world) joinAgent(c chat.Caller, holds ...chat.KnownRoom) chat.Desk {
	w.t.Helper()
	desk, err := w.Service.JoinAgent(w.t.Context(), c, chat.AgentJoin{Device: "device-of-" + string(c.Conn), Rooms: holds})
	require.NoError(w.t, err)
	return desk
}

func (w *world) join(c chat.Caller, j chat.CustomerJoin) *chat.RoomPage {
	w.t.Helper()
	page, err := w.Service.JoinCustomer(w.t.Context(), c, j)
	require.NoError(w.t, err)
	return page
}

func (w *world) take(c chat.Caller, room chat.RoomID) chat.RoomPage {
	w.t.Helper()
	page, err := w.Service.Take(w.t.Context(), c, room)
	require.NoError(w.t, err)
	return page
}

func (w *world) release(c chat.Caller, room chat.RoomID) chat.View {
	w.t.Helper()
	v, err := w.Service.Release(w.t.Context(), c, room)
	require.NoError(w.t, err)
	return v
}

func (w *world) end(c chat.Caller, room chat.RoomID) chat.View {
	w.t.Helper()
	v, err := w.Service.End(w.t.Context(), c, room)
	require.NoError(w.t, err)
	return v
}

// disconnect tells whether the connection was still current.
func (w *world) disconnect(c chat.Caller) bool {
	w.t.Helper()
	current, err := w.Service.Disconnect(w.t.Context(), c)
	require.NoError(w.t, err)
	return current
}

func (w *world) sweep() chat.Swept {
	w.t.Helper()
	done, err := w.Service.Sweep(w.t.Context())
	require.NoError(w.t, err)
	return done
}

// history is what is stored of a customer, oldest first: texts, events and "void".
func (w *world) history(c chat.Caller) []string {
	w.t.Helper()
	var past []string
	for _, m := range w.StoredMessages(w.t, c.Who) {
		if m.Void {
			past = append(past, "void")
			continue
		}
		past = append(past, m.Text+string(m.Event))
	}
	slices.Reverse(past)
	return past
}

// pushesTo describes what was posted to a connection since the last Forget.
func (w *world) pushesTo(c chat.Caller) []string {
	told := []string{}
	for _, p := range w.Pusher.Frames(c.Conn) {
		told = append(told, describe(p))
	}
	return told
}

// assertNoPushes checks that nothing was posted.
func (w *world) assertNoPushes() {
	w.t.Helper()
	assert.Empty(w.t, w.Pusher.Sent())
}

func describe(p chat.Push) string {
	switch p := p.(type) {
	case chat.MessagePush:
		return fmt.Sprintf("message %d %s %s", p.Message.Seq, p.Message.From, p.Message.Text+string(p.Message.Event))
	case chat.RoomPush:
		return fmt.Sprintf("room %s %d for %s", p.View.Room.Status, p.View.Room.Seq, p.View.Side)
	case chat.PresencePush:
		return fmt.Sprintf("presence %s %t", p.Who, p.Online)
	case chat.TypingPush:
		return fmt.Sprintf("typing %s", p.Who)
	case chat.ReadPush:
		return fmt.Sprintf("read %s %d", p.Who, p.Seq)
	case chat.QueueAdd:
		return fmt.Sprintf("add %s", p.View.Room.ID)
	case chat.QueueRemove:
		return fmt.Sprintf("remove %s", p.Room)
	case chat.Replaced:
		return "replaced by " + p.By
	}
	return fmt.Sprintf("%T", p)
}

// refused checks the code of a refusal and returns it.
func refused(t *testing.T, want chat.Code, err error) *chat.Error {
	t.Helper()
	var e *chat.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, want, e.Code, e.Message)
	require.NotEmpty(t, e.Message)
	return e
}

// outOfOrder checks that the number is refused, and the expected one.
func outOfOrder(t *testing.T, expected int, err error) {
	t.Helper()
	assert.Equal(t, expected, refused(t, chat.OutOfOrder, err).Expected)
}

// unchanged checks that do leaves a room and its history as they are, and posts nothing.
func (w *world) unchanged(c chat.Caller, room chat.RoomID, do func()) {
	w.t.Helper()
	before, past := w.room(room), w.history(c)
	w.Pusher.Forget()
	do()
	assert.Equal(w.t, before, w.room(room))
	assert.Equal(w.t, past, w.history(c))
	w.assertNoPushes()
}

// passYoungAge moves the clock on until no connection is young.
func (w *world) passYoungAge() { w.Clock.Advance(chat.YoungConnection + time.Millisecond) }
