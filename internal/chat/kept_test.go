package chat_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/memory"
)

// closed is a shop's state at night.
func closed() chat.Opening { return chat.Opening{Until: 1_767_258_000_000, Zone: "Asia/Seoul"} }

// newNight is a world where the default shop is closed and no agent is online.
func newNight(t *testing.T) (*world, *memory.Hours) {
	t.Helper()
	w, hours := newWorld(t), &memory.Hours{}
	w.Service.Hours = hours
	hours.Set("", closed())
	return w, hours
}

// keptRoom is a new customer's room that is kept since its start, with a question.
func (w *world) keptRoom() (chat.Caller, chat.Room) {
	w.t.Helper()
	customer, r := w.WaitingRoom(w.t)
	w.send(customer, r.ID, 1, "do you have this in blue?")
	r = w.room(r.ID)
	require.NotZero(w.t, r.Kept)
	return customer, r
}

// leftRoom is a kept room whose customer has gone.
func (w *world) leftRoom() (chat.Caller, chat.Room) {
	w.t.Helper()
	customer, r := w.keptRoom()
	w.disconnect(customer)
	r = w.room(r.ID)
	require.True(w.t, r.Left)
	return customer, r
}

// lists are the rooms of both lists.
func (w *world) lists() (waiting, left []chat.RoomID) {
	w.t.Helper()
	for list, ids := range map[chat.List]*[]chat.RoomID{chat.ListWaiting: &waiting, chat.ListLeft: &left} {
		var err error
		*ids, err = w.Store.Queue(w.t.Context(), list, "", "", 0)
		require.NoError(w.t, err)
	}
	return waiting, left
}

// TestHoursAtAJoin: a join tells whether anybody serves, unless an agent has the chat.
func TestHoursAtAJoin(t *testing.T) {
	for name, trial := range map[string]struct {
		opening chat.Opening
		online  bool
		want    chat.Availability
	}{
		"closed":                      {closed(), false, chat.Closed},
		"closed, an agent works late": {closed(), true, chat.Closed},
		"open, nobody online":         {chat.Opening{Open: true, Until: 5, Zone: "Europe/Paris"}, false, chat.Nobody},
		"open":                        {chat.Opening{Open: true, EmailRequired: true}, true, chat.Open},
	} {
		t.Run(name, func(t *testing.T) {
			w, hours := newNight(t)
			agent := w.onlineAgent()
			if !trial.online {
				w.disconnect(agent)
			}
			hours.Set("", trial.opening)
			want := &chat.HoursNow{State: trial.want, Opening: trial.opening}
			customer := w.Customer()
			customer.Email = "kim@shop.example"
			assert.Equal(t, want, w.join(customer, chat.CustomerJoin{}).Hours, "before the first chat")
			page := w.join(customer, chat.CustomerJoin{Start: true})
			assert.Equal(t, want, page.Hours, "a start")
			room := page.View.Room.ID
			assert.Equal(t, trial.want != chat.Open, w.room(room).Kept != 0)
			assert.Equal(t, want, w.join(customer, chat.CustomerJoin{Room: room}).Hours, "while they wait")
			agent = w.Reconnect(agent)
			w.joinAgent(agent)
			w.take(agent, room)
			assert.Nil(t, w.join(customer, chat.CustomerJoin{Room: room}).Hours, "an agent has the chat")
			w.end(agent, room)
			w.disconnect(agent)
			state := w.join(customer, chat.CustomerJoin{Room: room}).Hours.State
			assert.NotEqual(t, chat.Open, state, "after the end, when the agent has gone home")
		})
	}
}

// TestHoursOfAnotherShop: a customer's shop decides.
func TestHoursOfAnotherShop(t *testing.T) {
	w, hours := newNight(t)
	w.onlineAgent()
	hours.Set("tea", chat.Opening{Open: true})
	for who, want := range map[chat.PersonID]chat.Availability{"c_tea:kim": chat.Open, "c_kim": chat.Closed, "v_shoes:lee": chat.Open} {
		c := w.Reconnect(chat.Caller{Who: who, Side: chat.Customer})
		assert.Equal(t, want, w.join(c, chat.CustomerJoin{}).Hours.State, who)
	}
}

// TestStartWhileNobodyServes: the chat begins all the same, and is kept from the start.
func TestStartWhileNobodyServes(t *testing.T) {
	w, _ := newNight(t)
	late := w.onlineAgent()
	w.Forecasts = func(int) (chat.Millis, error) { return 90_000, nil }
	page := w.join(w.Customer(), chat.CustomerJoin{Start: true})
	r := page.View.Room
	assert.Equal(t, w.Clock.Now(), r.Kept)
	assert.False(t, r.Left, "its customer is there")
	assert.Equal(t, 1, page.View.Position)
	assert.Zero(t, page.View.Wait, "no forecast while nobody serves")
	assert.Equal(t, []string{"add " + string(r.ID)}, w.pushesTo(late), "an agent who works late hears of it")
	waiting, left := w.lists()
	assert.Equal(t, []chat.RoomID{r.ID}, waiting)
	assert.Empty(t, left)
}

// TestAStartNeedsHours: without knowing whether anybody serves, no chat begins.
func TestAStartNeedsHours(t *testing.T) {
	w, _ := newNight(t)
	c := w.Customer()
	_, err := w.failing("FreeAgents").JoinCustomer(t.Context(), c, chat.CustomerJoin{Start: true})
	require.ErrorIs(t, err, errDown)
	assert.Empty(t, w.join(c, chat.CustomerJoin{}).View.Room.ID)
}

// TestAddressOfALeftQuestion: where a shop demands an address, nobody leaves a question without one. An invalid one is
// refused in any case, and nothing else of the join is undone.
func TestAddressOfALeftQuestion(t *testing.T) {
	const address = "kim@shop.example"
	for name, trial := range map[string]struct {
		required              bool
		typed, signed, stored string
		refused               bool
	}{
		"none":                                     {false, "", "", "", false},
		"none, required":                           {true, "", "", "", true},
		"typed":                                    {true, address, "", "", false},
		"from the token":                           {true, "", address, "", false},
		"known from an earlier chat":               {true, "", "", address, false},
		"typed wrongly":                            {false, "kim@", "", "", true},
		"typed wrongly, known from an earlier":     {true, "kim@", "", address, true},
		"typed wrongly, from the token":            {true, "kim@", address, "", false},
		"wrong in the token, required":             {true, "", "kim", "", true},
		"wrong in the token, typed":                {true, address, "kim", "", false},
		"wrong in the token, not required":         {false, "", "kim", "", false},
		"two addresses":                            {false, "kim@shop.example, lee@shop.example", "", "", true},
		"a name around it":                         {false, "Kim <kim@shop.example>", "", "", true},
		"known from an earlier chat, is not one":   {true, "", "", "kim", true},
		"typed, with one known that is not usable": {true, address, "", "kim", false},
	} {
		t.Run(name, func(t *testing.T) {
			w, hours := newNight(t)
			c := w.Customer()
			last := chat.RoomID("")
			if trial.stored != "" { // in a chat of the day
				hours.Set("", chat.Opening{Open: true})
				agent := w.onlineAgent()
				last = w.join(c, chat.CustomerJoin{Start: true, Profile: chat.Profile{Email: trial.stored}}).View.Room.ID
				w.end(c, last)
				w.disconnect(agent)
			}
			hours.Set("", chat.Opening{EmailRequired: trial.required})
			c = w.Reconnect(c)
			c.Email = trial.signed
			page, err := w.Service.JoinCustomer(t.Context(), c, chat.CustomerJoin{Start: true, Room: last, Profile: chat.Profile{Email: trial.typed}})
			p, failed := w.Store.Person(t.Context(), c.Who)
			require.NoError(t, failed)
			assert.Equal(t, c.Conn, p.Seat.Conn, "the join has counted")
			if trial.refused {
				assert.False(t, refused(t, chat.Invalid, err).Retry())
				assert.Equal(t, last, p.Room)
				return
			}
			require.NoError(t, err)
			assert.NotZero(t, page.View.Room.Kept)
			if trial.required {
				assert.Equal(t, address, p.Profile.Email)
			}
		})
	}
}

// TestAddressWhileSomebodyServes: then it is as it always was.
func TestAddressWhileSomebodyServes(t *testing.T) {
	w, hours := newNight(t)
	hours.Set("", chat.Opening{Open: true, EmailRequired: true})
	w.onlineAgent()
	for _, typed := range []string{"", "kim@"} {
		page := w.join(w.Customer(), chat.CustomerJoin{Start: true, Profile: chat.Profile{Email: typed}})
		assert.Zero(t, page.View.Room.Kept)
	}
}

// TestTooManyLeft: beyond so many questions none can be left, until one is dealt with. Who serves counts as ever.
func TestTooManyLeft(t *testing.T) {
	w, hours := newNight(t)
	w.Service.Rules.LeftAtMost = 2
	_, first := w.leftRoom()
	here, _ := w.keptRoom()
	w.leftRoom()
	c := w.Customer()
	start := func() error {
		_, err := w.Service.JoinCustomer(t.Context(), c, chat.CustomerJoin{Start: true})
		return err
	}
	assert.False(t, refused(t, chat.Full, start()).Retry())
	assert.Empty(t, w.join(c, chat.CustomerJoin{}).View.Room.ID)
	assert.True(t, w.disconnect(here), "who is there may leave")
	_, left := w.lists()
	assert.Len(t, left, 3)

	w.Clock.Advance(time.Hour)
	admin := w.Admin()
	w.joinAgent(admin)
	hours.Set("", chat.Opening{Open: true})
	require.NoError(t, start(), "somebody serves")
	hours.Set("", closed())
	w.end(admin, first.ID)
	c = w.Customer()
	refused(t, chat.Full, start())
	w.end(admin, left[1])
	assert.NoError(t, start())
}
