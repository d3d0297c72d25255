package chat_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// TestCursorGrantsNoAccess: a cursor comes back from the client, who may have made it up.
func TestCursorGrantsNoAccess(t *testing.T) {
	w := newWorld(t)
	admin, stranger := w.Admin(), w.onlineAgent()
	customer, holder, r := w.ActiveRoom(t)
	w.send(customer, r.ID, 1, "my secret")
	_, open := w.WaitingRoom(t)
	w.passMinute()
	r = w.end(customer, r.ID).Room
	w.passMinute()
	end := r.Ending()

	all := w.allChats()
	before, after := all, all
	before.To, after.From = end.At-1, end.At+1
	for name, trial := range map[string]struct {
		who   chat.Caller
		ask   chat.ChatsQuery
		end   chat.Ending
		found bool
	}{
		"who held it":           {holder, all, end, true},
		"an admin":              {admin, all, end, true},
		"who never held it":     {stranger, all, end, false},
		"ended after the range": {holder, before, end, false},
		"ended before it":       {holder, after, end, false},
		"ended at another time": {admin, all, chat.Ending{At: end.At - 1, Room: r.ID}, false},
		"is still open":         {admin, all, chat.Ending{Room: open.ID}, false},
		"is none":               {admin, all, chat.Ending{At: end.At, Room: "0"}, false},
	} {
		for _, text := range []string{"", "secret"} {
			query := trial.ask
			query.Text, query.After = text, chat.ChatsCursor{Ending: trial.end, Seq: 1}
			page, err := w.Service.Chats(t.Context(), trial.who, query)
			require.NoError(t, err)
			got := len(page.Rooms) == 1 && page.Rooms[0].Room.ID == r.ID
			assert.Equal(t, trial.found, got, "%s, %q", name, text)
			assert.Zero(t, page.After, name)
		}
	}
}
