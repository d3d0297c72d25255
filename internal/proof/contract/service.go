package contract

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// TestService runs the service's use cases concurrently over a store, and checks what must hold in any order: nothing
// that was acknowledged is missing, stored twice or at another place; nothing that was refused is stored; a customer
// has at most one open room, and a room one holder.
func TestService(t *testing.T, open func(t *testing.T) chat.Store) {
	store := open(t)
	for _, race := range []struct {
		name string
		run  func(*testing.T, *World)
	}{
		{"two takes", serviceTakes},
		{"two starts", serviceStarts},
		{"a disconnect and a join", serviceDisconnectJoin},
		{"a text and a replacement", serviceSendReplace},
		{"a text and its repeats", serviceRepeat},
		{"a repeat and a void marker", serviceVoid},
		{"an end and a text", serviceEndSend},
		{"a transfer and a text", serviceTransferSend},
		{"two devices with one number", serviceDevices},
		{"everybody at once", serviceStorm},
	} {
		t.Run(race.name, func(t *testing.T) {
			for range rounds {
				race.run(t, NewWorld(t, store))
			}
		})
	}
}

// sentText is a text that somebody sent, and the answer.
type sentText struct {
	by       chat.Caller
	no       int
	text     string
	ack      chat.Ack // as the sender gets it, without Repeated
	repeated bool
	err      error
}

// sendText sends a text.
func (w *World) sendText(by chat.Caller, room chat.RoomID, no int, text string) *sentText {
	s := &sentText{by: by, no: no, text: text}
	w.sendAgain(s, room)
	return s
}

// sendAgain sends it again.
func (w *World) sendAgain(s *sentText, room chat.RoomID) {
	s.ack, s.err = w.Service.Message(w.t.Context(), s.by, room, s.no, s.text)
	s.repeated, s.ack.Repeated = s.ack.Repeated, false
}

// code is the error's code; empty for none.
func code(err error) chat.Code {
	if err == nil {
		return ""
	}
	return chat.AsError(err).Code
}

// WaitingRoom is a new customer's room, just opened.
func (w *World) WaitingRoom(t *testing.T) (chat.Caller, chat.Room) {
	t.Helper()
	c := w.Customer()
	page, err := w.Service.JoinCustomer(t.Context(), c, chat.CustomerJoin{Start: true})
	require.NoError(t, err)
	require.NotNil(t, page)
	return c, page.View.Room
}

// ActiveRoom is a new customer's room that a new agent has taken.
func (w *World) ActiveRoom(t *testing.T) (customer, agent chat.Caller, r chat.Room) {
	t.Helper()
	customer, r = w.WaitingRoom(t)
	agent = w.Agent()
	_, err := w.Service.JoinAgent(t.Context(), agent, chat.AgentJoin{})
	require.NoError(t, err)
	page, err := w.Service.Take(t.Context(), agent, r.ID)
	require.NoError(t, err)
	return customer, agent, page.View.Room
}

// StoredMessages is all stored messages of a customer, newest first.
func (w *World) StoredMessages(t *testing.T, customer chat.PersonID) []chat.Message {
	t.Helper()
	var past []chat.Message
	for at := (chat.Cursor{}); ; {
		page, err := w.Store.MessagesBefore(t.Context(), customer, at, 100)
		require.NoError(t, err)
		if len(page) == 0 {
			return past
		}
		past = append(past, page...)
		last := page[len(page)-1]
		at = chat.Cursor{Room: last.Room, Seq: last.Seq}
	}
}

// checkPast checks the customer's stored messages against the answer to each text.
func (w *World) checkPast(t *testing.T, customer chat.Caller, texts ...*sentText) {
	t.Helper()
	stored := map[string]chat.Message{}
	rooms := map[chat.RoomID]bool{}
	for _, m := range w.StoredMessages(t, customer.Who) {
		rooms[m.Room] = true
		if m.Text != "" {
			require.NotContains(t, stored, m.Text, "a text is stored twice")
			stored[m.Text] = m
		}
	}
	for _, s := range texts {
		m, found := stored[s.text]
		switch code(s.err) {
		case "":
			require.True(t, found, "%q was acknowledged and is missing", s.text)
			assert.Equal(t, chat.Ack{Room: m.Room, No: m.No, Seq: m.Seq, At: m.At}, s.ack)
			assert.Equal(t, s.by.Side, m.From)
			assert.Equal(t, s.no, m.No)
			assert.Equal(t, s.by.Name, m.By)
		case chat.Ended, chat.Forbidden, chat.OutOfOrder:
			assert.False(t, found, "%q was refused for good (%s) and is stored", s.text, s.err)
		}
	}
	open := 0
	for id := range rooms {
		r, err := w.Store.Room(t.Context(), id)
		require.NoError(t, err)
		require.NotEmpty(t, r.ID)
		if r.Status != chat.StatusEnded {
			open++
			continue
		}
		places, err := w.Store.Messages(t.Context(), customer.Who, id, 1, r.Seq+10)
		require.NoError(t, err)
		if assert.Len(t, places, int(r.Seq), "every place of an ended room is settled") {
			assert.Equal(t, chat.EventEnded, places[r.Seq-1].Event, "the end is the last that happened")
		}
	}
	assert.LessOrEqual(t, open, 1, "a customer has one open room at most")
}

func seqText(who string, n int) string { return fmt.Sprintf("%s %d", who, n) }
