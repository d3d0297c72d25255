package world

import (
	"context"
	"fmt"

	"rejoin/internal/chat"
	"rejoin/internal/proof/sim/law"
)

// crowd is agents who are online and do nothing: they are told of every room that begins or goes. They have no client, since
// nothing depends on what they do.
func (w *World) seatCrowd() {
	for i := range w.scenario.crowd {
		name := fmt.Sprintf("a_crowd%02d", i)
		p := &person{Person: law.Person{ID: chat.PersonID(name), Side: chat.Agent, Name: name}}
		d := &device{w: w, owner: p}
		d.Name, d.Person, d.Program = name, &p.Person, true
		c := &connection{device: d}
		c.ID, c.Client, c.Open, c.Up, c.Active = chat.ConnectionID(name), &d.Client, true, true, w.now
		w.connections[c.ID] = c
		// memory never fails
		_, _, _ = w.database.SeatPerson(context.Background(), chat.Caller{
			Conn: c.ID, Who: p.ID, Side: chat.Agent, At: chat.StampOf(chat.Millis(w.now)), Name: name,
		})
		w.personWritten(p.ID)
	}
	w.replica.catchUp()
}

// dismissCrowd lets the crowd leave.
func (w *World) dismissCrowd() {
	for i := range w.scenario.crowd {
		id := fmt.Sprintf("a_crowd%02d", i)
		w.connections[chat.ConnectionID(id)].Open = false
		_, _, _ = w.database.UnseatPerson(context.Background(), chat.PersonID(id), chat.ConnectionID(id))
		w.personWritten(chat.PersonID(id))
	}
}
