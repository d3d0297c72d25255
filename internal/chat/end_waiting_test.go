package chat_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
	"rejoin/internal/memory"
)

func (w *world) endWaiting(c chat.Caller, q chat.WaitingQuery) chat.WaitingPage {
	w.t.Helper()
	page, err := w.Service.EndWaiting(w.t.Context(), c, q)
	require.NoError(w.t, err)
	return page
}

// begin begins a chat from a network, with one text.
func (w *world) begin(network, name, topic, text string) (chat.Caller, chat.RoomID) {
	w.t.Helper()
	c := w.Customer()
	c.Network, c.Name = network, name
	page := w.join(c, chat.CustomerJoin{Start: true, Profile: chat.Profile{Topic: topic}})
	id := page.View.Room.ID
	if text != "" {
		w.send(c, id, 1, text)
	}
	return c, id
}

// TestEndWaiting: what fits ends and is told once each, what does not goes on waiting.
func TestEndWaiting(t *testing.T) {
	for _, tc := range []struct {
		name, network, pattern string
		want                   []bool // of the five rooms
	}{
		{"of one network", "9aZ_", "", []bool{true, true, false, false, false}},
		{"in the text, whatever the case and width", "", "bUY  ＮＯＷ", []bool{true, false, true, false, false}},
		{"in the name", "", "mallory", []bool{false, false, false, true, false}},
		{"in the topic", "", "pills", []bool{false, true, false, false, false}},
		{"both", "9aZ_", "buy now", []bool{true, false, false, false, false}},
		{"nothing", "none", "", []bool{false, false, false, false, false}},
		{"not across name and topic", "", "ann pills", []bool{false, false, false, false, false}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			var people []chat.Caller
			var rooms []chat.RoomID
			for _, who := range [][4]string{
				{"9aZ_", "Ann", "", "Please Buy\nnow!"}, {"9aZ_", "Ann", "Pills", "hello"}, {"Bbbb", "Joe", "", "buy now"}, {"", "Mallory", "", "hi"}, {"Cccc", "Kim", "", ""},
			} {
				c, id := w.begin(who[0], who[1], who[2], who[3])
				people, rooms = append(people, c), append(rooms, id)
			}
			admin, colleague := w.Admin(), w.onlineAgent()
			w.joinAgent(admin)
			w.Pusher.Forget()

			page := w.endWaiting(admin, chat.WaitingQuery{Act: chat.EndThem, Network: tc.network, Pattern: tc.pattern})
			var gone []chat.RoomID
			for i, id := range rooms {
				if !tc.want[i] {
					assert.Equal(t, chat.StatusWaiting, w.room(id).Status)
					assert.Empty(t, w.pushesTo(people[i]))
					continue
				}
				gone = append(gone, id)
				r := w.room(id)
				assert.Equal(t, chat.StatusEnded, r.Status)
				assert.Equal(t, chat.AgentEnded, r.Reason)
				assert.Empty(t, r.Network)
				assert.Equal(t, []string{fmt.Sprintf("message %d system ended", r.Seq), fmt.Sprintf("room ended %d for customer", r.Seq)}, w.pushesTo(people[i]))
			}
			assert.Equal(t, chat.WaitingPage{Checked: 5, Found: len(gone), Ended: len(gone)}, page)
			var told []chat.Push
			if len(gone) > 0 {
				told = []chat.Push{chat.QueueRemoveAll{Rooms: gone}}
			}
			assert.ElementsMatch(t, told, w.Pusher.Frames(colleague.Conn), "once for all")

			w.Pusher.Forget()
			assert.Equal(t, chat.WaitingPage{Checked: 5 - len(gone)}, w.endWaiting(admin, chat.WaitingQuery{Act: chat.EndThem, Network: tc.network, Pattern: tc.pattern}))
			w.assertNoPushes()
		})
	}
}

// TestEndWaitingBlocks: their customers are blocked as by Block, and others are not.
func TestEndWaitingBlocks(t *testing.T) {
	w := newWorld(t)
	bad, badRoom := w.begin("9aZ_", "", "", "spam")
	good, goodRoom := w.begin("Bbbb", "", "", "where is my order?")
	admin := w.Admin()
	w.Pusher.Forget()
	page := w.endWaiting(admin, chat.WaitingQuery{Act: chat.BlockThem, Network: "9aZ_"})
	assert.Equal(t, chat.WaitingPage{Checked: 2, Found: 1, Ended: 1, Blocked: 1}, page)
	assert.Equal(t, chat.StatusEnded, w.room(badRoom).Status)
	assert.Equal(t, chat.StatusWaiting, w.room(goodRoom).Status)
	_, err := w.Service.JoinCustomer(t.Context(), bad, chat.CustomerJoin{Start: true, Room: badRoom})
	refused(t, chat.Forbidden, err)
	assert.Equal(t, []string{"message 3 system ended", "room ended 3 for customer"}, w.pushesTo(bad))
	assert.Contains(t, w.Pusher.Sent(), memory.Sent{Conn: bad.Conn, Close: true})
	assert.NotContains(t, w.Pusher.Sent(), memory.Sent{Conn: good.Conn, Close: true})
	w.block(admin, badRoom, false)
	assert.NotNil(t, w.join(bad, chat.CustomerJoin{Start: true, Room: badRoom}), "they are let in again as ever")
}

// TestEndWaitingWithoutAdmin: only admins; of them, not one whose newer connection has joined.
func TestEndWaitingWithoutAdmin(t *testing.T) {
	w := newWorld(t)
	c, id := w.begin("9aZ_", "", "", "hello")
	agent, admin := w.onlineAgent(), w.Admin()
	w.joinAgent(admin)
	for _, act := range chat.WaitingActs() {
		w.unchanged(c, id, func() {
			_, err := w.Service.EndWaiting(t.Context(), agent, chat.WaitingQuery{Act: act, Network: "9aZ_"})
			refused(t, chat.Forbidden, err)
			older := admin
			older.At--
			_, err = w.Service.EndWaiting(t.Context(), older, chat.WaitingQuery{Act: act, Network: "9aZ_"})
			refused(t, chat.NotCurrent, err)
		})
	}
}

// TestEndWaitingAnybody: nobody ends the whole queue by leaving a field out.
func TestEndWaitingAnybody(t *testing.T) {
	w := newWorld(t)
	c, id := w.begin("9aZ_", "", "", "hello")
	admin := w.Admin()
	for _, act := range []chat.WaitingAct{chat.EndThem, chat.BlockThem} {
		for _, pattern := range []string{"", "  ", "\u200b"} {
			w.unchanged(c, id, func() {
				_, err := w.Service.EndWaiting(t.Context(), admin, chat.WaitingQuery{Act: act, Pattern: pattern})
				refused(t, chat.Invalid, err)
			})
		}
	}
}

// TestLookAtWaiting: what is common to many, and nothing changes.
func TestLookAtWaiting(t *testing.T) {
	w := newWorld(t)
	for i := range 7 {
		w.begin("9aZ_", fmt.Sprintf("Bot %d", i), "", []string{"spam", "eggs"}[i%2])
	}
	c, id := w.begin("Bbbb", "Ann", "", "spam")
	admin := w.Admin()
	w.unchanged(c, id, func() {
		page := w.endWaiting(admin, chat.WaitingQuery{Act: chat.LookOnly})
		require.Len(t, page.Examples, 5)
		assert.Equal(t, "9aZ_", page.Examples[0].Room.Network)
		assert.True(t, page.Examples[0].ShowNetwork)
		page.Examples = nil
		assert.Equal(t, chat.WaitingPage{
			Checked: 8, Found: 8, Groups: []chat.WaitingGroup{{Network: "9aZ_", Rooms: 7}, {Text: "spam", Rooms: 5}, {Text: "eggs", Rooms: 3}},
		}, page)
		page = w.endWaiting(admin, chat.WaitingQuery{Act: chat.LookOnly, Pattern: "ann"})
		assert.Equal(t, 1, page.Found)
		assert.Empty(t, page.Groups, "one is no group")
	})
}

// TestEndWaitingGoesOn: each page ends 50 at most, and the cursor leads through all, also past those that stay.
func TestEndWaitingGoesOn(t *testing.T) {
	w := newWorld(t)
	const all = 2*chat.MaxQueue + 20
	for i := range all {
		w.begin([]string{"9aZ_", "Bbbb"}[i%2], "", "", "")
	}
	admin := w.Admin()
	q := chat.WaitingQuery{Act: chat.EndThem, Network: "9aZ_"}
	ended, pages := 0, 0
	for {
		page := w.endWaiting(admin, q)
		assert.LessOrEqual(t, page.Ended, chat.MaxEndedTogether)
		assert.LessOrEqual(t, page.Checked, chat.MaxQueue)
		ended += page.Ended
		pages++
		if q.After = page.After; q.After == "" {
			break
		}
	}
	assert.Equal(t, all/2, ended)
	assert.LessOrEqual(t, pages, 5)
	left, err := w.Store.Queue(t.Context(), chat.ListWaiting, "", "", 0)
	require.NoError(t, err)
	assert.Len(t, left, all/2)
	for _, id := range left {
		assert.Equal(t, "Bbbb", w.room(id).Network)
	}
}

// TestEndWaitingLeavesTakenRooms: of a room that an agent takes after it was read, nothing changes.
func TestEndWaitingLeavesTakenRooms(t *testing.T) {
	w := newWorld(t)
	c, id := w.begin("9aZ_", "", "", "spam")
	_, other := w.begin("9aZ_", "", "", "spam")
	admin, agent := w.Admin(), w.onlineAgent()
	takenAfterwards := w.withStore(func(call string, applied bool) error {
		if call == "Rooms" && applied {
			w.take(agent, id)
		}
		return nil
	})
	page, err := takenAfterwards.EndWaiting(t.Context(), admin, chat.WaitingQuery{Act: chat.BlockThem, Pattern: "spam"})
	require.NoError(t, err)
	assert.Equal(t, chat.WaitingPage{Checked: 2, Found: 2, Ended: 1, Blocked: 1}, page)
	assert.Equal(t, chat.StatusActive, w.room(id).Status)
	assert.Equal(t, chat.StatusEnded, w.room(other).Status)
	w.send(c, id, 2, "I am not blocked")
}

// TestEndWaitingFails: one that fails is counted and stops no other; if all fail, the frame may be repeated.
func TestEndWaitingFails(t *testing.T) {
	w := newWorld(t)
	for range 3 {
		w.begin("9aZ_", "", "", "")
	}
	admin := w.Admin()
	q := chat.WaitingQuery{Act: chat.BlockThem, Network: "9aZ_"}
	for _, method := range []string{"Queue", "Rooms", "ChangeRoom"} {
		_, err := w.failing(method).EndWaiting(t.Context(), admin, q)
		require.ErrorIs(t, err, errDown, method)
	}
	_, err := w.failing("SetBlocked").EndWaiting(t.Context(), admin, q)
	require.ErrorIs(t, err, errDown)
	assert.Equal(t, chat.WaitingPage{}, w.endWaiting(admin, q), "they have ended all the same")
}

// TestNetworkOfARoom: admins see it while nobody has taken the room, and others never.
func TestNetworkOfARoom(t *testing.T) {
	w := newWorld(t)
	_, id := w.begin("9aZ_", "", "", "")
	admin, agent := w.Admin(), w.Agent()
	for _, desk := range []chat.Desk{w.joinAgent(admin), w.joinAgent(agent)} {
		require.Len(t, desk.Queue, 1)
		assert.Equal(t, desk.Agent.ID == admin.Who, desk.Queue[0].ShowNetwork)
	}
	for _, c := range []chat.Caller{admin, agent} {
		list, err := w.Service.Queue(t.Context(), c)
		require.NoError(t, err)
		assert.Equal(t, c.Admin, list.Rooms[0].ShowNetwork)
	}
	assert.Equal(t, "9aZ_", w.room(id).Network)
	w.take(agent, id)
	assert.Empty(t, w.room(id).Network)
}
