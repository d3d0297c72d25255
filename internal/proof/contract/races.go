package contract

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"rejoin/internal/chat"
)

// rounds is how often each race is run. The assertions hold in any order of the runners.
const rounds = 20

// concurrently runs all at once and waits for them.
func concurrently(runners ...func()) {
	var group sync.WaitGroup
	begin := make(chan struct{})
	for _, run := range runners {
		group.Go(func() {
			<-begin
			run()
		})
	}
	close(begin)
	group.Wait()
}

func testStoreRaces(t *testing.T, w *World) {
	for _, race := range []struct {
		name string
		run  func(*testing.T, *World)
	}{
		{"two takes", raceTakes},
		{"two starts", raceStarts},
		{"a disconnect and a join", raceDisconnectJoin},
		{"a send and a replacement", raceSendReplace},
		{"a repeat and its slow first copy", raceRepeat},
		{"a repeat and a void marker", raceVoid},
		{"an end and a send", raceEndSend},
		{"two devices with one number", raceDevices},
		{"two edits of a canned message", raceEdits},
		{"two edits of a shop", raceShopEdits},
	} {
		t.Run(race.name, func(t *testing.T) {
			for range rounds {
				race.run(t, w)
			}
		})
	}
}

func raceTakes(t *testing.T, w *World) {
	ctx := t.Context()
	before := w.openRoom(t, w.Customer(), nil)
	var after [3]chat.Room
	var won [3]bool
	var takers []func()
	for i := range after {
		after[i] = clone(before)
		assign(&after[i], w.Agent())
		after[i].Seq = 2
		m := w.message(before, 2, chat.EventTaken)
		m.By = after[i].Agent.Name
		takers = append(takers, func() {
			var err error
			won[i], err = w.Store.ChangeRoom(ctx, before, after[i], &m)
			assert.NoError(t, err)
		})
	}
	concurrently(takers...)
	winner := onlyWinner(t, won[:])
	after[winner].Rev = before.Rev + 1
	w.assertStored(t, after[winner])
	got, err := w.Store.Messages(ctx, before.Customer.Who, before.ID, 2, 9)
	require.NoError(t, err)
	require.Len(t, got, 1)
	assert.Equal(t, after[winner].Agent.Name, got[0].By, "the message is the winner's")
}

// onlyWinner is the index of the one that won.
func onlyWinner(t *testing.T, won []bool) int {
	t.Helper()
	one := -1
	for i, w := range won {
		if w {
			require.Equal(t, -1, one, "two won")
			one = i
		}
	}
	require.NotEqual(t, -1, one, "nobody won")
	return one
}

func raceStarts(t *testing.T, w *World) {
	ctx := t.Context()
	c := w.Customer()
	w.seat(t, c)
	var rooms [3]chat.Room
	var won [3]bool
	var starters []func()
	for i := range rooms {
		rooms[i] = w.newRoom(c, "")
		starters = append(starters, func() {
			var err error
			won[i], err = w.Store.OpenRoom(ctx, rooms[i], w.message(rooms[i], 1, chat.EventOpened), chat.Start{})
			assert.NoError(t, err)
		})
	}
	concurrently(starters...)
	winner := onlyWinner(t, won[:])
	p, err := w.Store.Person(ctx, c.Who)
	require.NoError(t, err)
	assert.Equal(t, rooms[winner].ID, p.Room)
	past, err := w.Store.MessagesBefore(ctx, c.Who, chat.Cursor{}, 30)
	require.NoError(t, err)
	assert.Equal(t, []chat.Message{w.message(rooms[winner], 1, chat.EventOpened)}, past)
	for i, r := range rooms {
		if i != winner {
			got, err := w.Store.Room(ctx, r.ID)
			require.NoError(t, err)
			assert.Zero(t, got)
		}
	}
}

func raceDisconnectJoin(t *testing.T, w *World) {
	ctx := t.Context()
	old := w.Customer()
	w.seat(t, old)
	r := w.openRoom(t, old, nil)
	now := w.Reconnect(old)
	concurrently(
		func() {
			_, _, err := w.Store.UnseatInRoom(ctx, r.ID, chat.Customer, old.Conn, 5)
			assert.NoError(t, err)
		},
		func() {
			_, _, err := w.Store.UnseatPerson(ctx, old.Who, old.Conn)
			assert.NoError(t, err)
		},
		func() {
			_, ok, err := w.Store.SeatInRoom(ctx, r.ID, now)
			assert.NoError(t, err)
			assert.True(t, ok)
		},
		func() {
			_, ok, err := w.Store.SeatPerson(ctx, now)
			assert.NoError(t, err)
			assert.True(t, ok)
		},
	)
	got, err := w.Store.Room(ctx, r.ID)
	require.NoError(t, err)
	p, err := w.Store.Person(ctx, old.Who)
	require.NoError(t, err)
	for _, seat := range []chat.Seat{got.Customer.Seat, p.Seat} {
		seat.Prev = "" // depends on which was first
		assert.Equal(t, chat.Seat{Conn: now.Conn, At: now.At}, seat, "the newer one is seated")
	}
}

// send is a person's text under a number.
func (w *World) send(r chat.Room, c chat.Caller, no int, words string) chat.Send {
	return chat.Send{
		Room: r.ID, Side: c.Side, Who: c.Who, Conn: c.Conn, At: c.At, No: no, Digest: words, Preview: words, Now: w.Clock.Now(),
	}
}

func (w *World) sender(ctx context.Context, t *testing.T, s chat.Send, ok *bool) func() {
	return func() {
		var err error
		_, *ok, err = w.Store.Send(ctx, s)
		assert.NoError(t, err)
	}
}

func raceSendReplace(t *testing.T, w *World) {
	ctx := t.Context()
	old := w.Customer()
	r := w.openRoom(t, old, nil)
	now := w.Reconnect(old)
	var sent bool
	concurrently(
		w.sender(ctx, t, w.send(r, old, 1, "old"), &sent),
		func() {
			_, ok, err := w.Store.SeatInRoom(ctx, r.ID, now)
			assert.NoError(t, err)
			assert.True(t, ok)
		},
	)
	got, err := w.Store.Room(ctx, r.ID)
	require.NoError(t, err)
	assert.Equal(t, chat.Seat{Conn: now.Conn, At: now.At, Prev: old.Conn}, got.Customer.Seat, "the newer one is seated")
	want := r.Seq
	if sent {
		want++
	}
	assert.Equal(t, want, got.Seq)
	assert.Equal(t, int(want-r.Seq), got.Customer.No)
	assert.Equal(t, r.Rev+1+want-r.Seq, got.Rev, "one rev for each write")
}

func raceRepeat(t *testing.T, w *World) {
	ctx := t.Context()
	c := w.Customer()
	r := w.openRoom(t, c, nil)
	var numbered [3]bool
	var runners []func()
	for i := range numbered {
		runners = append(runners, w.sender(ctx, t, w.send(r, c, 1, "same"), &numbered[i]))
	}
	concurrently(runners...)
	onlyWinner(t, numbered[:])
	got, err := w.Store.Room(ctx, r.ID)
	require.NoError(t, err)
	assert.Equal(t, r.Seq+1, got.Seq)

	m := text(c.Who, r.ID, got.Seq, "same")
	racePuts(t, w, m, m, m)
}

// racePuts puts all messages at one place; each caller must learn which one is stored.
func racePuts(t *testing.T, w *World, messages ...chat.Message) {
	t.Helper()
	ctx := t.Context()
	won := make([]bool, len(messages))
	found := make([]chat.Message, len(messages))
	var runners []func()
	for i, m := range messages {
		runners = append(runners, func() {
			var err error
			found[i], won[i], err = w.Store.PutMessage(ctx, m)
			assert.NoError(t, err)
		})
	}
	concurrently(runners...)
	winner := messages[onlyWinner(t, won)]
	for i := range messages {
		assert.Equal(t, winner, found[i])
	}
	stored, err := w.Store.Messages(ctx, winner.Customer, winner.Room, winner.Seq, winner.Seq)
	require.NoError(t, err)
	assert.Equal(t, []chat.Message{winner}, stored)
}

func raceVoid(t *testing.T, w *World) {
	c := w.Customer().Who
	room := w.IDs.NewRoomID(w.Clock.Now(), "")
	racePuts(t, w, text(c, room, 2, "slow"), text(c, room, 2, "slow"), void(c, room, 2), void(c, room, 2))
}

func raceEndSend(t *testing.T, w *World) {
	ctx := t.Context()
	c := w.Customer()
	r := w.openRoom(t, c, nil)
	ended := clone(r)
	end(&ended)
	ended.Seq = 2
	m := w.message(r, 2, chat.EventEnded)
	var won [2]bool
	concurrently(
		w.sender(ctx, t, w.send(r, c, 1, "text"), &won[0]),
		func() {
			var err error
			won[1], err = w.Store.ChangeRoom(ctx, r, ended, &m)
			assert.NoError(t, err)
		},
	)
	winner := onlyWinner(t, won[:])
	got, err := w.Store.Room(ctx, r.ID)
	require.NoError(t, err)
	assert.Equal(t, int64(2), got.Seq)
	assert.Equal(t, winner == 1, got.Status == chat.StatusEnded)
	assert.Equal(t, 1-winner, got.Customer.No)
	stored, err := w.Store.Messages(ctx, c.Who, r.ID, 2, 9)
	require.NoError(t, err)
	assert.Len(t, stored, winner, "an end that lost leaves no message")
}

func raceDevices(t *testing.T, w *World) {
	ctx := t.Context()
	phone := w.Customer()
	r := w.openRoom(t, phone, nil)
	laptop := w.Reconnect(phone)
	var won [2]bool
	concurrently(
		w.sender(ctx, t, w.send(r, phone, 1, "phone"), &won[0]),
		w.sender(ctx, t, w.send(r, laptop, 1, "laptop"), &won[1]),
	)
	winner := onlyWinner(t, won[:])
	got, err := w.Store.Room(ctx, r.ID)
	require.NoError(t, err)
	assert.Equal(t, []string{"phone", "laptop"}[winner], got.Customer.Digest, fmt.Sprint(won))
	assert.Equal(t, []chat.Caller{phone, laptop}[winner].Conn, got.Customer.Seat.Conn)
	assert.Equal(t, r.Seq+1, got.Seq)
	assert.Equal(t, 2, got.Customer.Next)
}

func raceEdits(t *testing.T, w *World) {
	ctx := t.Context()
	c := w.putCanned(t, chat.Canned{Owner: w.Agent().Who, Key: "k", Title: "t", Text: "x"}, 0)
	var got [3]chat.Canned
	var won [3]bool
	var editors []func()
	for i := range got {
		edited := c
		edited.Text = seqText("editor", i)
		editors = append(editors, func() {
			var err error
			got[i], won[i], err = w.Store.PutCanned(ctx, edited, c.Version)
			assert.NoError(t, err)
		})
	}
	concurrently(editors...)
	winner := onlyWinner(t, won[:])
	assert.Equal(t, seqText("editor", winner), got[winner].Text)
	for i := range got {
		assert.Equal(t, got[winner], got[i], "the others learn what is stored")
	}
	assert.Equal(t, got[winner:winner+1], w.cannedOf(t, c.Owner))
}
