package contract

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

func serviceTakes(t *testing.T, w *World) {
	ctx := t.Context()
	_, r := w.WaitingRoom(t)
	var agents [3]chat.Caller
	var errs [3]error
	var won [3]bool
	var takers []func()
	for i := range agents {
		agents[i] = w.Agent()
		takers = append(takers, func() { _, errs[i] = w.Service.Take(ctx, agents[i], r.ID) })
	}
	concurrently(takers...)
	for i, err := range errs {
		won[i] = err == nil
		if err != nil {
			assert.Equal(t, chat.Taken, code(err))
		}
	}
	winner := onlyWinner(t, won[:])
	got, err := w.Store.Room(ctx, r.ID)
	require.NoError(t, err)
	assert.Equal(t, agents[winner].Who, got.Agent.Who)
	assert.Equal(t, []chat.PersonID{agents[winner].Who}, got.Held)
	assert.Equal(t, int64(2), got.Seq, "taken once")
}

func serviceStarts(t *testing.T, w *World) {
	ctx := t.Context()
	tab := w.Customer()
	other := w.Reconnect(tab)
	var parts [4]*chat.RoomPage
	var errs [4]error
	var starters []func()
	for i, c := range []chat.Caller{tab, tab, other, other} {
		starters = append(starters, func() {
			parts[i], errs[i] = w.Service.JoinCustomer(ctx, c, chat.CustomerJoin{Start: true})
		})
	}
	concurrently(starters...)
	p, err := w.Store.Person(ctx, tab.Who)
	require.NoError(t, err)
	for i := range parts {
		if i < 2 && errs[i] != nil {
			assert.Equal(t, chat.NotCurrent, code(errs[i]))
			continue
		}
		require.NoError(t, errs[i])
		assert.Equal(t, p.Room, parts[i].View.Room.ID, "all see the one room")
	}
	r, err := w.Store.Room(ctx, p.Room)
	require.NoError(t, err)
	assert.Equal(t, other.Conn, r.Customer.Seat.Conn)
	assert.Len(t, w.StoredMessages(t, tab.Who), 1, "opened once")
	w.checkPast(t, tab)
}

func serviceDisconnectJoin(t *testing.T, w *World) {
	ctx := t.Context()
	customer, agent, r := w.ActiveRoom(t)
	for _, old := range []chat.Caller{customer, agent} {
		now := w.Reconnect(old)
		leave := func() {
			_, err := w.Service.Disconnect(ctx, old)
			assert.NoError(t, err)
		}
		concurrently(leave, leave, func() {
			var err error
			if old.Side == chat.Customer {
				_, err = w.Service.JoinCustomer(ctx, now, chat.CustomerJoin{Room: r.ID, Since: r.Seq})
			} else {
				_, err = w.Service.JoinAgent(ctx, now, chat.AgentJoin{Rooms: []chat.KnownRoom{{Room: r.ID, Since: r.Seq}}})
			}
			assert.NoError(t, err)
		})
		got, err := w.Store.Room(ctx, r.ID)
		require.NoError(t, err)
		seat := got.Member(old.Side).Seat
		assert.Equal(t, now.Conn, seat.Conn, "the newer one is seated")
		assert.Zero(t, seat.Gone)
		p, err := w.Store.Person(ctx, old.Who)
		require.NoError(t, err)
		assert.Equal(t, now.Conn, p.Seat.Conn)
		assert.False(t, w.Pusher.Closed(now.Conn))
	}
}

func serviceSendReplace(t *testing.T, w *World) {
	ctx := t.Context()
	old, _, r := w.ActiveRoom(t)
	now := w.Reconnect(old)
	var first *sentText
	concurrently(
		func() { first = w.sendText(old, r.ID, 1, "from the old connection") },
		func() {
			_, err := w.Service.JoinCustomer(ctx, now, chat.CustomerJoin{Room: r.ID, Since: r.Seq})
			assert.NoError(t, err)
		},
	)
	if first.err != nil {
		assert.Equal(t, chat.NotCurrent, code(first.err))
	}
	got, err := w.Store.Room(ctx, r.ID)
	require.NoError(t, err)
	assert.Equal(t, now.Conn, got.Customer.Seat.Conn)
	again := w.sendText(now, r.ID, 1, "from the old connection") // the client repeats it on the new connection
	require.NoError(t, again.err)
	if first.err == nil {
		assert.Equal(t, first.ack, again.ack)
		w.checkPast(t, old, first, again)
	}
	w.checkPast(t, old, again)
}

func serviceRepeat(t *testing.T, w *World) {
	customer, agent, r := w.ActiveRoom(t)
	var texts [6]*sentText
	var senders []func()
	for i := range texts {
		c := []chat.Caller{customer, agent}[i%2]
		senders = append(senders, func() { texts[i] = w.sendText(c, r.ID, 1, seqText(string(c.Side), 1)) })
	}
	concurrently(senders...)
	stored := map[chat.Side]int{}
	for i, s := range texts {
		require.NoError(t, s.err)
		if !s.repeated {
			stored[s.by.Side]++
		}
		assert.Equal(t, texts[i%2].ack, s.ack, "each copy gets the answer of the first")
	}
	assert.Equal(t, map[chat.Side]int{chat.Customer: 1, chat.Agent: 1}, stored, "one copy of each was the first")
	w.checkPast(t, customer, texts[:]...)
}

// failsOncePut is a store whose first put of a text fails, as when its writer dies before it.
type failsOncePut struct {
	chat.Store
	once sync.Once
}

func (d *failsOncePut) PutMessage(ctx context.Context, m chat.Message) (chat.Message, bool, error) {
	var err error
	if m.Text != "" {
		d.once.Do(func() { err = errors.New("the writer died") })
	}
	if err != nil {
		return chat.Message{}, false, err
	}
	return d.Store.PutMessage(ctx, m)
}

// numberOnly sends a text whose writer dies between its number and its put.
func (w *World) numberOnly(t *testing.T, by chat.Caller, room chat.RoomID, no int, text string) {
	t.Helper()
	died := *w.Service
	died.Store = &failsOncePut{Store: w.Store}
	_, err := died.Message(t.Context(), by, room, no, text)
	require.Equal(t, chat.Unavailable, code(err))
}

func serviceVoid(t *testing.T, w *World) {
	ctx := t.Context()
	customer, agent, r := w.ActiveRoom(t)
	w.numberOnly(t, customer, r.ID, 1, "slow")
	w.Clock.Advance(chat.Grace + time.Second)
	var texts [2]*sentText
	var desk chat.Desk
	concurrently(
		func() { texts[0] = w.sendText(customer, r.ID, 1, "slow") },
		func() { texts[1] = w.sendText(customer, r.ID, 1, "slow") },
		func() {
			var err error
			desk, err = w.Service.JoinAgent(ctx, agent, chat.AgentJoin{Rooms: []chat.KnownRoom{{Room: r.ID, Since: r.Seq}}})
			assert.NoError(t, err)
		},
	)
	require.Len(t, desk.Rooms, 1)
	page := desk.Rooms[0]
	assert.Equal(t, r.Seq+1, page.Through, "a join settles an old number")
	for _, s := range texts {
		if len(page.Messages) == 1 {
			require.NoError(t, s.err)
			assert.Equal(t, page.Messages[0].Seq, s.ack.Seq)
			continue
		}
		assert.Equal(t, []int64{r.Seq + 1}, page.Void)
		require.Equal(t, chat.OutOfOrder, code(s.err))
		assert.Equal(t, 2, chat.AsError(s.err).Expected)
	}
	w.checkPast(t, customer, texts[:]...)
}

func serviceEndSend(t *testing.T, w *World) {
	ctx := t.Context()
	customer, agent, r := w.ActiveRoom(t)
	var texts [2]*sentText
	concurrently(
		func() { texts[0] = w.sendText(customer, r.ID, 1, "customer's last word") },
		func() { texts[1] = w.sendText(agent, r.ID, 1, "agent's last word") },
		func() {
			v, err := w.Service.End(ctx, customer, r.ID)
			assert.NoError(t, err)
			assert.Equal(t, chat.StatusEnded, v.Room.Status)
		},
	)
	w.checkPast(t, customer, texts[:]...)
	for _, s := range texts {
		before := *s
		w.sendAgain(s, r.ID)
		if before.err == nil {
			require.NoError(t, s.err)
			assert.Equal(t, before.ack, s.ack, "a repeat gets the same answer after the end")
			continue
		}
		assert.Contains(t, []chat.Code{chat.Ended, chat.OutOfOrder}, code(before.err))
		assert.Equal(t, chat.Ended, code(s.err))
	}
	w.checkPast(t, customer, texts[:]...)
}

func serviceTransferSend(t *testing.T, w *World) {
	ctx := t.Context()
	customer, agent, r := w.ActiveRoom(t)
	receiver := w.Agent()
	_, err := w.Service.JoinAgent(ctx, receiver, chat.AgentJoin{})
	require.NoError(t, err)
	var text *sentText
	concurrently(
		func() { text = w.sendText(agent, r.ID, 1, "before I go") },
		func() {
			_, err := w.Service.Transfer(ctx, agent, r.ID, receiver.Who)
			assert.NoError(t, err)
		},
	)
	before := *text
	w.sendAgain(text, r.ID)
	if before.err == nil {
		require.NoError(t, text.err)
		assert.Equal(t, before.ack, text.ack)
	} else {
		assert.Equal(t, chat.Forbidden, code(text.err))
	}
	got, err := w.Store.Room(ctx, r.ID)
	require.NoError(t, err)
	assert.Equal(t, receiver.Who, got.Agent.Who)
	next := w.sendText(receiver, r.ID, got.Agent.Next, "hello, I am new")
	require.NoError(t, next.err)
	w.checkPast(t, customer, text, next)
}

func serviceDevices(t *testing.T, w *World) {
	phone, _, r := w.ActiveRoom(t)
	laptop := w.Reconnect(phone)
	var texts [2]*sentText
	concurrently(
		func() { texts[0] = w.sendText(phone, r.ID, 1, "phone") },
		func() { texts[1] = w.sendText(laptop, r.ID, 1, "laptop") },
	)
	w.checkPast(t, phone, texts[:]...)
	onlyWinner(t, []bool{texts[0].err == nil, texts[1].err == nil})
	if texts[1].err != nil {
		require.Equal(t, chat.OutOfOrder, code(texts[1].err))
		texts[1].no = chat.AsError(texts[1].err).Expected
		w.sendAgain(texts[1], r.ID)
		require.NoError(t, texts[1].err)
	}
	w.checkPast(t, phone, texts[:]...)
}

// serviceStorm lets two devices of a customer and three agents act at random.
func serviceStorm(t *testing.T, w *World) {
	ctx := t.Context()
	phone, _, r := w.ActiveRoom(t)
	var mu sync.Mutex
	var texts []*sentText
	var actors []func()
	laptop := w.Reconnect(phone)
	for i, c := range []chat.Caller{phone, laptop, w.Agent(), w.Agent(), w.Agent()} {
		dice := rand.New(rand.NewPCG(uint64(i), uint64(w.Clock.Now())))
		actors = append(actors, func() {
			for n := range 8 {
				stored, err := w.Store.Room(ctx, r.ID)
				assert.NoError(t, err)
				switch what := dice.IntN(10); {
				case what < 5:
					s := w.sendText(c, r.ID, stored.Member(c.Side).Next, seqText(string(c.Conn), n))
					first := *s
					w.sendAgain(s, r.ID)
					mu.Lock()
					texts = append(texts, &first, s)
					mu.Unlock()
				case c.Side == chat.Customer && what == 5:
					_, _ = w.Service.Disconnect(ctx, c)
				case c.Side == chat.Customer && what == 6 && n > 5:
					_, _ = w.Service.End(ctx, c, r.ID)
				case c.Side == chat.Customer:
					_, _ = w.Service.JoinCustomer(ctx, c, chat.CustomerJoin{Room: r.ID, Start: true})
				case what == 5:
					_, _ = w.Service.Release(ctx, c, r.ID)
				case what == 6:
					_, _ = w.Service.JoinAgent(ctx, c, chat.AgentJoin{Rooms: []chat.KnownRoom{{Room: r.ID}}})
				default:
					_, _ = w.Service.Take(ctx, c, r.ID)
				}
			}
		})
	}
	concurrently(actors...)
	w.checkPast(t, phone, texts...)
	got, err := w.Store.Room(ctx, r.ID)
	require.NoError(t, err)
	assert.Equal(t, got.Status == chat.StatusWaiting, got.Agent.Who == "", "a room waits or is held")
}
