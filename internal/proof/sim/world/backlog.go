package world

import (
	"context"
	"fmt"

	"rejoin/internal/app"
	"rejoin/internal/chat"
	"rejoin/internal/proof/sim/law"
)

// The backlog is customers who have waited since before the history began, and do nothing: the law knows only how many they
// are. They make the queue long.

// queueBacklog puts them into the queue.
func (w *World) queueBacklog() {
	ctx, ids := context.Background(), app.IDs{Entropy: entropy{w}}
	last := chat.RoomID("")
	for i := range w.scenario.backlog {
		at := chat.Millis(w.now - 3_600_000 + int64(i))
		last = ids.NewRoomID(at, last)
		who := chat.Caller{Who: chat.PersonID(fmt.Sprintf("c_backlog%03d", i)), Conn: chat.ConnectionID(last), Side: chat.Customer, At: chat.StampOf(at)}
		d := &device{w: w, owner: &person{Person: law.Person{ID: who.Who, Side: chat.Customer}}}
		d.Name, d.Person, d.Program = string(who.Who), &d.owner.Person, true
		c := &connection{device: d}
		c.ID, c.Client, c.Open, c.Active = who.Conn, &d.Client, true, w.now
		w.connections[c.ID] = c
		r := chat.Room{
			ID: last, Rev: 1, Status: chat.StatusWaiting, Seq: 1, Settled: 1, Created: at, SweepAt: chat.Millis(w.now + 2*day),
			Customer: chat.Member{Who: who.Who, Seat: chat.Seat{Conn: who.Conn, At: who.At}, Next: 1}, Agent: chat.Member{Next: 1},
		}
		opened := chat.Message{Customer: who.Who, Room: last, Seq: 1, From: chat.System, Event: chat.EventOpened, At: at}
		_, _ = w.database.OpenRoom(ctx, r, opened, chat.Start{}) // memory never fails
		w.replica.rooms[last] = r
	}
}

// dismissBacklog ends their chats.
func (w *World) dismissBacklog() {
	w.law.BacklogLeft()
	for id, before := range w.replica.rooms {
		if _, known := w.law.Rooms[id]; known {
			continue
		}
		after := before
		after.Status, after.SweepAt, after.Counted = chat.StatusEnded, 0, true
		_, _ = w.database.ChangeRoom(context.Background(), before, after, nil)
		after.Rev++
		w.replica.rooms[id] = after
	}
}
