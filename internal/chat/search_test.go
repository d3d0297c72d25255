package chat_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"rejoin/internal/chat"
)

// TestSearchNormalizes: words are found whatever system, keyboard or case they were written with, and what is stored
// stays unchanged.
func TestSearchNormalizes(t *testing.T) {
	w := newWorld(t)
	admin := w.Admin()
	for _, c := range []struct{ text, word string }{
		{"\u1112\u116a\u11ab\u1107\u116e\u11af\u1112\u1162 주세요", "환불"},    // Hangul in parts, as macOS names files
		{"환불해 주세요", "\u1112\u116a\u11ab\u1107\u116e\u11af"},               // and the other way round
		{"Cafe\u0301 au lait", "caf\u00e9"},                               // an accent of its own
		{"ＯＲＤＥＲ　１２３", "order 123"}, {"order 123", "ＯＲＤＥＲ"}, {"ｶﾞｽ", "ガス"}, // full and half width
		{"Die Straße", "STRASSE"}, {"STRASSE", "straße"}, {"GROẞ", "gross"}, // ß has no capital of its own, or has
		{"ΟΔΟΣ", "οδος"}, {"οδός", "ΟΔΌΣ"}, {"οδος", "οδοσ"}, // a last sigma
		{"İSTANBUL", "istanbul"}, {"istanbul", "İstanbul"}, {"ISPARTA", "ısparta"}, // i with and without its dot
		{"ﬁne № ①", "fine no 1"}, {"so\u00adme\u200bthing", "something"}, {"100％", "100%"}, // signs of several, and unseen ones
	} {
		customer, r := w.WaitingRoom(t)
		w.send(customer, r.ID, 1, c.text)
		w.end(customer, r.ID)
		w.passMinute()
		query := w.allChats()
		query.Text = c.word
		found, _ := w.chats(admin, query)
		assert.Contains(t, ids(found), r.ID, "%q in %q", c.word, c.text)
		kept, err := w.Store.Messages(t.Context(), customer.Who, r.ID, 2, 2)
		assert.NoError(t, err)
		assert.Equal(t, c.text, kept[0].Text)
	}
	query := w.allChats()
	query.Text = "환급"
	found, _ := w.chats(admin, query)
	assert.Empty(t, found)
}

// TestChatsWithEmails: only where wanted, as the customer last gave them.
func TestChatsWithEmails(t *testing.T) {
	w := newWorld(t)
	admin := w.Admin()
	customer := w.Customer()
	last := chat.RoomID("")
	for _, email := range []string{"ann@old.example", "ann@example.com"} {
		last = w.join(customer, chat.CustomerJoin{Room: last, Start: true, Profile: chat.Profile{Email: email}}).View.Room.ID
		w.end(customer, last)
		w.passMinute()
	}
	nameless, r := w.WaitingRoom(t)
	w.end(nameless, r.ID)
	emails := func(wanted bool) (all []string) {
		query := w.allChats()
		query.Emails = wanted
		found, _ := w.chats(admin, query)
		for _, e := range found {
			all = append(all, e.Email)
		}
		return all
	}
	assert.Equal(t, []string{"", "ann@example.com", "ann@example.com"}, emails(true))
	assert.Equal(t, []string{"", "", ""}, emails(false))
}
