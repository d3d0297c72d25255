package chat_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

var shoe = chat.Profile{
	Name: "Mina", Email: "mina@example.com", Topic: "Sizes",
	Page: chat.Page{URL: "https://shop.example/shoe", Title: "Shoe", Lang: "ko"},
}

// startChat opens a chat for the customer after their last one, with this profile.
func (w *world) startChat(c chat.Caller, last chat.RoomID, said chat.Profile) chat.RoomID {
	w.t.Helper()
	return w.join(c, chat.CustomerJoin{Room: last, Start: true, Profile: said}).View.Room.ID
}

// unsignedCustomer is a customer without a signed profile.
func (w *world) unsignedCustomer() chat.Caller {
	c := w.Customer()
	c.Name, c.Email = "", ""
	return c
}

func TestCard(t *testing.T) {
	w := newWorld(t)
	customer, agent := w.unsignedCustomer(), w.onlineAgent()
	first := w.startChat(customer, "", chat.Profile{})
	w.end(customer, first)
	room := w.startChat(customer, first, shoe)
	want := &chat.Card{Profile: shoe, Chats: 2}

	assert.Equal(t, want, w.take(agent, room).Card)
	assert.Equal(t, want, w.take(agent, room).Card, "taken again")

	agent = w.Reconnect(agent)
	desk := w.joinAgent(agent)
	require.Len(t, desk.Rooms, 1)
	assert.Equal(t, want, desk.Rooms[0].Card, "by who holds nothing of the room")
	desk = w.joinAgent(agent, chat.KnownRoom{Room: room, Since: 2})
	require.Len(t, desk.Rooms, 1)
	assert.Nil(t, desk.Rooms[0].Card, "by who has seen it")
}

func TestCardOfASignedCustomer(t *testing.T) {
	for name, trial := range map[string]struct{ signed, said, want chat.Profile }{
		"both, over the page's":  {chat.Profile{Name: "Ann", Email: "ann@example.com"}, shoe, chat.Profile{Name: "Ann", Email: "ann@example.com"}},
		"both, of a silent page": {chat.Profile{Name: "Ann", Email: "ann@example.com"}, chat.Profile{}, chat.Profile{Name: "Ann", Email: "ann@example.com"}},
		"a name alone":           {chat.Profile{Name: "Ann"}, shoe, chat.Profile{Name: "Ann", Email: shoe.Email}},
		"an address alone":       {chat.Profile{Email: "ann@example.com"}, shoe, chat.Profile{Name: shoe.Name, Email: "ann@example.com"}},
		"neither":                {chat.Profile{}, shoe, chat.Profile{Name: shoe.Name, Email: shoe.Email}},
		"a long name": {
			chat.Profile{Name: strings.Repeat("가", 64)}, chat.Profile{}, chat.Profile{Name: strings.Repeat("가", 64)}, // cut in the room
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			customer := w.Customer()
			customer.Name, customer.Email = trial.signed.Name, trial.signed.Email
			page := w.take(w.onlineAgent(), w.startChat(customer, "", trial.said))
			trial.want.Topic, trial.want.Page = trial.said.Topic, trial.said.Page
			assert.Equal(t, trial.want, page.Card.Profile)
			assert.Contains(t, trial.want.Name, strings.TrimSuffix(page.View.Room.Customer.Name, "…"))
		})
	}
}

func TestCardIsForTheHolder(t *testing.T) {
	w := newWorld(t)
	customer, agent, receiver := w.unsignedCustomer(), w.onlineAgent(), w.onlineAgent()
	room := w.startChat(customer, "", shoe)
	assert.Nil(t, w.join(customer, chat.CustomerJoin{}).Card)

	w.take(agent, room)
	w.transfer(agent, room, receiver)
	desk := w.joinAgent(agent, chat.KnownRoom{Room: room})
	require.Len(t, desk.Rooms, 1)
	assert.Nil(t, desk.Rooms[0].Card)
	desk = w.joinAgent(receiver)
	require.Len(t, desk.Rooms, 1)
	assert.Equal(t, &chat.Card{Profile: shoe, Chats: 1}, desk.Rooms[0].Card)
}

// TestCardsFillAFrame: cards count towards a frame's size. With long profiles fewer rooms fit, and the others are
// asked for again.
func TestCardsFillAFrame(t *testing.T) {
	w := newWorld(t)
	agent := w.onlineAgent()
	long := shoe
	long.Page.URL = "https://shop.example/" + strings.Repeat("x", 1900)
	for range 30 {
		w.take(agent, w.startChat(w.Customer(), "", long))
	}
	shown := 0
	for _, page := range w.joinAgent(w.Reconnect(agent)).Rooms {
		if page.Card == nil {
			assert.True(t, page.More)
			continue
		}
		shown++
	}
	assert.Greater(t, shown, 2)
	assert.Less(t, shown, 15)
}
