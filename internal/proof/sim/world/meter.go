package world

import (
	"context"

	"rejoin/internal/chat"
	"rejoin/internal/proof/sim/law"
)

// meter is a store whose calls are priced: the law knows what each frame costs.
type meter struct {
	*store
}

var _ chat.Store = meter{}

// on names the keys of the database that the next call uses.
func (m meter) on(keys ...key) {
	if v := m.w.current; v != nil && m.w.scenario.can.units != (rate{}) {
		v.strand.keys = append([]key(nil), keys...)
	}
}

// spends prices a call that has been answered.
func (m meter) spends(err error, c law.Cost) {
	if err != nil {
		return
	}
	m.w.law.Spends(c)
	if v := m.w.current; v != nil {
		m.w.used.spend(v.strand.keys, c)
	}
}

func (m meter) reads(err error, units float64) { m.spends(err, law.Cost{Reads: units}) }

func (m meter) writes(err error, units float64) { m.spends(err, law.Cost{Writes: units}) }

// room prices a conditional write to a room, which came back.
func (m meter) room(r chat.Room, ok bool, err error) (chat.Room, bool, error) {
	m.writes(err, written(sizeOfRoom(r)))
	return r, ok, err
}

// lastingEntry is the write units of a connection's entry in the index of those whose token expires.
func lastingEntry(c chat.Caller) float64 {
	if c.Until == 0 {
		return 0
	}
	return 1
}

// onlineEntry is the write units of a change of an agent's entries in the two indexes of those who are online.
func onlineEntry(who chat.PersonID, changed bool, units float64) float64 {
	if !who.IsAgent() || !changed {
		return 0
	}
	return units
}

func (m meter) PutConnection(ctx context.Context, c chat.Caller) error {
	m.on(connectionKey(c.Conn))
	err := m.store.PutConnection(ctx, c)
	m.writes(err, 1+lastingEntry(c))
	return err
}

func (m meter) DeleteConnection(ctx context.Context, id chat.ConnectionID) (chat.Caller, error) {
	m.on(connectionKey(id))
	c, err := m.store.DeleteConnection(ctx, id)
	m.writes(err, 1+lastingEntry(c))
	return c, err
}

func (m meter) CountConnection(ctx context.Context, from string, now chat.Millis, most int) (bool, error) {
	ok, err := m.store.CountConnection(ctx, from, now, most)
	m.writes(err, 1)
	return ok, err
}

func (m meter) Person(ctx context.Context, id chat.PersonID) (chat.Person, error) {
	m.on(personKey(id))
	p, err := m.store.Person(ctx, id)
	m.reads(err, read(sizeOfPerson(p)))
	return p, err
}

func (m meter) SeatPerson(ctx context.Context, c chat.Caller) (chat.Person, bool, error) {
	m.on(personKey(c.Who))
	p, ok, err := m.store.SeatPerson(ctx, c)
	m.writes(err, written(sizeOfPerson(p))+onlineEntry(c.Who, ok, 3))
	return p, ok, err
}

func (m meter) UnseatPerson(ctx context.Context, who chat.PersonID, conn chat.ConnectionID) (chat.Person, bool, error) {
	m.on(personKey(who))
	p, ok, err := m.store.UnseatPerson(ctx, who, conn)
	m.writes(err, written(sizeOfPerson(p))+onlineEntry(who, ok, 2))
	return p, ok, err
}

func (m meter) SetStatus(ctx context.Context, c chat.Caller, status chat.AgentStatus) (chat.Person, bool, error) {
	m.on(personKey(c.Who))
	p, ok, err := m.store.SetStatus(ctx, c, status)
	m.writes(err, written(sizeOfPerson(p))+onlineEntry(c.Who, ok, 4))
	return p, ok, err
}

func (m meter) SetLoad(ctx context.Context, agent chat.PersonID, load int) (chat.Person, bool, error) {
	p, ok, err := m.store.SetLoad(ctx, agent, load)
	m.writes(err, written(sizeOfPerson(p))+onlineEntry(agent, ok, 2))
	return p, ok, err
}

func (m meter) AddLoad(ctx context.Context, agent chat.PersonID, by int) (chat.Person, bool, error) {
	p, ok, err := m.store.AddLoad(ctx, agent, by)
	m.writes(err, written(sizeOfPerson(p))+onlineEntry(agent, ok, 2))
	return p, ok, err
}

func (m meter) SetBlocked(ctx context.Context, who chat.PersonID, blocked bool, now chat.Millis) (chat.Person, bool, error) {
	m.on(personKey(who))
	p, ok, err := m.store.SetBlocked(ctx, who, blocked, now)
	m.writes(err, written(sizeOfPerson(p)))
	return p, ok, err
}

func (m meter) ConnectedAgents(ctx context.Context, status chat.AgentStatus) ([]chat.Person, error) {
	m.on(key{"online", ""})
	found, err := m.store.ConnectedAgents(ctx, status)
	m.reads(err, listed(len(found)))
	return found, err
}

func (m meter) FreeAgents(ctx context.Context, limit int) ([]chat.Person, error) {
	m.on(key{"free", ""})
	found, err := m.store.FreeAgents(ctx, limit)
	m.reads(err, listed(len(found)))
	return found, err
}

func (m meter) Room(ctx context.Context, id chat.RoomID) (chat.Room, error) {
	m.on(roomKey(id))
	r, err := m.store.Room(ctx, id)
	m.reads(err, read(sizeOfRoom(r)))
	return r, err
}

func (m meter) Rooms(ctx context.Context, ids []chat.RoomID) ([]chat.Room, error) {
	m.on() // each is a key of its own, of which half a unit is read
	found, err := m.store.Rooms(ctx, ids)
	m.reads(err, eventually*float64(len(ids)))
	return found, err
}

func (m meter) OpenRoom(ctx context.Context, r chat.Room, opened chat.Message, by chat.Start) (bool, error) {
	m.on(roomKey(r.ID), personKey(r.Customer.Who), pastKey(r.Customer.Who), queueKey(r))
	ok, err := m.store.OpenRoom(ctx, r, opened, by)
	owner := sizeOfPerson(chat.Person{ID: r.Customer.Who, Name: r.Customer.Name, Profile: by.Profile})
	units := inTransaction * (written(sizeOfRoom(r)) + indexed(chat.Room{}, r) + 1 + written(owner))
	if !ok { // the person is read again
		m.w.law.Repairs(law.Cost{Calls: 4, Writes: units, Reads: read(owner)})
	}
	m.writes(err, units)
	return ok, err
}

func (m meter) ChangeRoom(ctx context.Context, before, after chat.Room, with *chat.Message) (bool, error) {
	if m.w.scenario.can.units != (rate{}) {
		m.on(changeKeys(before, after, with)...)
	}
	ok, err := m.store.ChangeRoom(ctx, before, after, with)
	units := written(sizeOfRoom(after)) + indexed(before, after)
	if with != nil {
		units = inTransaction * (units + 1)
	}
	if after.Status == chat.StatusEnded && before.Status != chat.StatusEnded { // listed for each who held it
		for _, agent := range after.Held {
			listing := law.Cost{Writes: inTransaction * written(len(agent))}
			units += listing.Writes
			m.w.law.Repairs(listing)
		}
	}
	if !ok { // the room is read again, and decided again
		m.w.law.Repairs(law.Cost{Calls: 3, Writes: units, Reads: 2, Texts: int(before.Seq - before.Settled)})
	}
	m.writes(err, units)
	return ok, err
}

func (m meter) Send(ctx context.Context, t chat.Send) (chat.Room, bool, error) {
	m.on(roomKey(t.Room))
	return m.room(m.store.Send(ctx, t))
}

func (m meter) SetSettled(ctx context.Context, id chat.RoomID, settled, bound int64) (chat.Room, bool, error) {
	m.on(roomKey(id))
	return m.room(m.store.SetSettled(ctx, id, settled, bound))
}

func (m meter) SeatInRoom(ctx context.Context, id chat.RoomID, c chat.Caller) (chat.Room, bool, error) {
	m.on(roomKey(id))
	m.w.law.Enters(id)
	return m.room(m.store.SeatInRoom(ctx, id, c))
}

func (m meter) UnseatInRoom(
	ctx context.Context, id chat.RoomID, side chat.Side, conn chat.ConnectionID, now chat.Millis,
) (chat.Room, bool, error) {
	m.on(roomKey(id))
	m.w.law.Enters(id)
	return m.room(m.store.UnseatInRoom(ctx, id, side, conn, now))
}

func (m meter) MarkLost(
	ctx context.Context, id chat.RoomID, side chat.Side, conn chat.ConnectionID, youngest chat.Stamp,
) (chat.Room, bool, error) {
	m.on(roomKey(id))
	m.w.law.Repairs(healing())
	return m.room(m.store.MarkLost(ctx, id, side, conn, youngest))
}

func (m meter) MarkPresent(
	ctx context.Context, id chat.RoomID, side chat.Side, conn chat.ConnectionID,
) (chat.Room, bool, error) {
	m.on(roomKey(id))
	m.w.law.Repairs(healing())
	return m.room(m.store.MarkPresent(ctx, id, side, conn))
}

// healing is what it costs that a post shows a mark to be wrong: the mark, and that the other side is told.
func healing() law.Cost { return law.Cost{Calls: 2, Writes: 1, Posts: 1} }

func (m meter) MarkRead(ctx context.Context, id chat.RoomID, c chat.Caller, seq int64) (chat.Room, bool, error) {
	m.on(roomKey(id))
	return m.room(m.store.MarkRead(ctx, id, c, seq))
}

func (m meter) Rate(ctx context.Context, id chat.RoomID, c chat.Caller, given chat.Rating) (chat.Room, bool, error) {
	m.on(roomKey(id))
	r, ok, err := m.room(m.store.Rate(ctx, id, c, given))
	if ok {
		m.writes(err, 1) // it is to be counted again
	}
	return r, ok, err
}

func (m meter) SweepSooner(ctx context.Context, id chat.RoomID, at chat.Millis) (chat.Room, bool, error) {
	m.on(roomKey(id))
	r, ok, err := m.room(m.store.SweepSooner(ctx, id, at))
	if ok {
		m.writes(err, 2)
	}
	return r, ok, err
}

func (m meter) Relist(ctx context.Context, before chat.Room, left bool, sweepAt chat.Millis) (chat.Room, bool, error) {
	after := before
	after.Left, after.SweepAt = left, sweepAt
	if m.w.scenario.can.units != (rate{}) {
		m.on(changeKeys(before, after, nil)...)
	}
	r, ok, err := m.store.Relist(ctx, before, left, sweepAt)
	units := written(sizeOfRoom(after)) + indexed(before, after)
	if !ok { // it is decided again
		m.w.law.Repairs(law.Cost{Calls: 1, Writes: units})
	}
	m.writes(err, units)
	return r, ok, err
}

func (m meter) Queue(ctx context.Context, list chat.List, after, before chat.RoomID, limit int) ([]chat.RoomID, error) {
	keys, first := float64(queueShards), key{"queue", "0"}
	if list == chat.ListLeft {
		keys, first = 1, leftKey()
	}
	m.on(first)
	ids, err := m.store.Queue(ctx, list, after, before, limit)
	if limit == 0 { // the queue is counted anew, for all who come within some seconds
		m.w.law.Recounts(law.Cost{Calls: 5, Reads: keys*listed(len(ids)) + eventually*chat.MaxQueue, Writes: 2 * snapshotWrites})
	}
	m.reads(err, keys*listed(len(ids)))
	return ids, err
}

func (m meter) RoomsHeldBy(ctx context.Context, agent chat.PersonID) ([]chat.RoomID, error) {
	m.on(key{"held", string(agent)})
	ids, err := m.store.RoomsHeldBy(ctx, agent)
	m.reads(err, listed(len(ids)))
	return ids, err
}

func (m meter) EndedRooms(ctx context.Context, span chat.Span, before chat.Ending, limit int) ([]chat.Ending, error) {
	found, err := m.store.EndedRooms(ctx, span, before, limit)
	m.reads(err, listed(len(found)))
	return found, err
}

func (m meter) PutMessage(ctx context.Context, put chat.Message) (chat.Message, bool, error) {
	m.on(pastKey(put.Customer))
	stored, ok, err := m.store.PutMessage(ctx, put)
	if put.Void { // its writer has died, or is very late
		m.w.law.Repairs(law.Cost{Calls: 1, Writes: 1})
	}
	m.writes(err, 1)
	return stored, ok, err
}

func (m meter) Messages(
	ctx context.Context, customer chat.PersonID, room chat.RoomID, from, to int64,
) ([]chat.Message, error) {
	m.on(pastKey(customer))
	found, err := m.store.Messages(ctx, customer, room, from, to)
	m.spends(err, law.Cost{Reads: 1, Texts: len(found)})
	return found, err
}

func (m meter) MessagesWithoutText(
	ctx context.Context, customer chat.PersonID, room chat.RoomID, from, to int64,
) ([]chat.Message, error) {
	m.on(pastKey(customer))
	m.w.law.Settles() // for nothing else are outlines read
	found, err := m.store.MessagesWithoutText(ctx, customer, room, from, to)
	m.spends(err, law.Cost{Reads: 1, Texts: len(found)})
	return found, err
}

func (m meter) MessagesBefore(
	ctx context.Context, customer chat.PersonID, before chat.Cursor, limit int,
) ([]chat.Message, error) {
	m.on(pastKey(customer))
	found, err := m.store.MessagesBefore(ctx, customer, before, limit)
	m.spends(err, law.Cost{Reads: 1, Texts: len(found)})
	return found, err
}

func (m meter) Canned(ctx context.Context, owner chat.PersonID) ([]chat.Canned, error) {
	m.on(key{"canned", string(owner)})
	all, err := m.store.Canned(ctx, owner)
	m.spends(err, law.Cost{Reads: 1, Texts: len(all)})
	return all, err
}

func (m meter) PutCanned(ctx context.Context, c chat.Canned, before int) (chat.Canned, bool, error) {
	m.on(key{"canned", string(c.Owner)})
	stored, ok, err := m.store.PutCanned(ctx, c, before)
	m.writes(err, 1)
	return stored, ok, err
}

func (m meter) DeleteCanned(ctx context.Context, owner chat.PersonID, name string, version int) (chat.Canned, bool, error) {
	m.on(key{"canned", string(owner)})
	stored, ok, err := m.store.DeleteCanned(ctx, owner, name, version)
	m.writes(err, 1)
	return stored, ok, err
}

func (m meter) Stats(ctx context.Context, series, from, to string) ([]chat.StatsRow, error) {
	m.on(key{"stats", series})
	rows, err := m.store.Stats(ctx, series, from, to)
	bytes := 0
	for _, r := range rows {
		bytes += len(r.Data)
	}
	m.reads(err, read(bytes))
	return rows, err
}

// snapshotWrites is the write units of a snapshot of the queue with all its marks.
const snapshotWrites = 4
