package world

import (
	"context"

	"rejoin/internal/chat"
	"rejoin/internal/memory"
)

// store is the database for one version of the code: the store in memory, whose calls wait for the scheduler. The law
// checks every write as it is applied.
type store struct {
	w        *World
	database *memory.Store
	old      bool // the previous version
}

var _ chat.Store = (*store)(nil)

// ask makes a call that returns one value.
func ask[T any](w *World, name string, k kind, do func() (T, error)) (T, error) {
	var got T
	var err error
	failed := w.wait(name, k, func() { got, err = do() })
	if failed != nil {
		var none T
		return none, failed
	}
	return got, err
}

// write makes a conditional write to a room.
func (s *store) write(name string, id chat.RoomID, do func() (chat.Room, bool, error)) (chat.Room, bool, error) {
	var ok bool
	r, err := ask(s.w, s.w.named(name, string(id)), writing, func() (r chat.Room, err error) {
		r, ok, err = do()
		s.w.roomWritten(id)
		return s.asRead(r), err
	})
	s.w.law.Read(r, err)
	return r, ok && err == nil, err
}

// person makes a conditional write to a person.
func (s *store) person(name string, who chat.PersonID, do func() (chat.Person, bool, error)) (chat.Person, bool, error) {
	var ok bool
	p, err := ask(s.w, s.w.named(name, string(who)), writing, func() (p chat.Person, err error) {
		p, ok, err = do()
		s.w.personWritten(who)
		return p, err
	})
	return p, ok && err == nil, err
}

// roomWritten shows the law a room that may have been written, and sends what changed to the replica.
func (w *World) roomWritten(id chat.RoomID) {
	if after, changed := w.law.RoomWritten(id); changed {
		w.noteWrite(update{room: &after})
	}
}

// personWritten is the same for a person.
func (w *World) personWritten(id chat.PersonID) {
	if after, changed := w.law.PersonWritten(id); changed {
		w.noteWrite(update{person: &after})
	}
}

func (w *World) noteWrite(u update) {
	w.replica.pending = append(w.replica.pending, u)
	if w.applying != nil {
		w.applying.wrote = true
	}
}

func (s *store) PutConnection(ctx context.Context, c chat.Caller) error {
	_, err := ask(s.w, s.w.named("PutConnection", string(c.Conn)), writing, func() (struct{}, error) {
		s.w.rows[c.Conn] = s.w.now
		return struct{}{}, s.database.PutConnection(ctx, c)
	})
	return err
}

func (s *store) DeleteConnection(ctx context.Context, id chat.ConnectionID) (chat.Caller, error) {
	return ask(s.w, s.w.named("DeleteConnection", string(id)), writing, func() (chat.Caller, error) {
		delete(s.w.rows, id)
		return s.database.DeleteConnection(ctx, id)
	})
}

func (s *store) CountConnection(ctx context.Context, from string, now chat.Millis, most int) (bool, error) {
	return ask(s.w, s.w.named("CountConnection", from), writing, func() (bool, error) { return s.database.CountConnection(ctx, from, now, most) })
}

func (s *store) ExpiredConnections(ctx context.Context, now chat.Millis) ([]chat.ConnectionID, error) {
	return ask(s.w, "ExpiredConnections", reading, func() ([]chat.ConnectionID, error) { return s.database.ExpiredConnections(ctx, now) })
}

func (s *store) Person(ctx context.Context, id chat.PersonID) (chat.Person, error) {
	return ask(s.w, s.w.named("Person", string(id)), reading, func() (chat.Person, error) { return s.database.Person(ctx, id) })
}

func (s *store) SeatPerson(ctx context.Context, c chat.Caller) (chat.Person, bool, error) {
	return s.person("SeatPerson", c.Who, func() (chat.Person, bool, error) { return s.database.SeatPerson(ctx, c) })
}

func (s *store) UnseatPerson(ctx context.Context, who chat.PersonID, conn chat.ConnectionID) (chat.Person, bool, error) {
	return s.person("UnseatPerson", who, func() (chat.Person, bool, error) { return s.database.UnseatPerson(ctx, who, conn) })
}

func (s *store) SetStatus(ctx context.Context, c chat.Caller, status chat.AgentStatus) (chat.Person, bool, error) {
	return s.person("SetStatus", c.Who, func() (chat.Person, bool, error) { return s.database.SetStatus(ctx, c, status) })
}

func (s *store) SetLoad(ctx context.Context, agent chat.PersonID, load int) (chat.Person, bool, error) {
	return s.person("SetLoad", agent, func() (chat.Person, bool, error) { return s.database.SetLoad(ctx, agent, load) })
}

func (s *store) AddLoad(ctx context.Context, agent chat.PersonID, by int) (chat.Person, bool, error) {
	return s.person("AddLoad", agent, func() (chat.Person, bool, error) { return s.database.AddLoad(ctx, agent, by) })
}

func (s *store) SetBlocked(ctx context.Context, who chat.PersonID, blocked bool, now chat.Millis) (chat.Person, bool, error) {
	return s.person("SetBlocked", who, func() (chat.Person, bool, error) { return s.database.SetBlocked(ctx, who, blocked, now) })
}

func (s *store) Room(ctx context.Context, id chat.RoomID) (chat.Room, error) {
	r, err := ask(s.w, s.w.named("Room", string(id)), reading, func() (chat.Room, error) {
		r, err := s.database.Room(ctx, id)
		s.w.law.RoomRead(r)
		return s.asRead(r), err
	})
	s.w.law.Read(r, err)
	return r, err
}

func (s *store) OpenRoom(
	ctx context.Context, r chat.Room, opened chat.Message, by chat.Start,
) (bool, error) {
	return ask(s.w, s.w.named("OpenRoom", string(r.ID)), transacting, func() (bool, error) {
		ok, err := s.database.OpenRoom(ctx, r, opened, by)
		s.w.roomWritten(r.ID)
		s.w.personWritten(r.Customer.Who)
		s.w.law.MessagePut(opened, ok)
		return ok, err
	})
}

func (s *store) ChangeRoom(ctx context.Context, before, after chat.Room, m *chat.Message) (bool, error) {
	k, name := writing, "ChangeRoom"
	if m != nil {
		k, name = transacting, s.w.named("ChangeRoom with", string(m.Event))
	}
	return ask(s.w, s.w.named(name, string(before.ID)), k, func() (bool, error) {
		ok, err := s.database.ChangeRoom(ctx, before, s.asWritten(ctx, after), m)
		s.w.roomWritten(before.ID)
		if m != nil {
			s.w.law.MessagePut(*m, ok)
		}
		return ok, err
	})
}

func (s *store) Send(ctx context.Context, t chat.Send) (chat.Room, bool, error) {
	return s.write("Send", t.Room, func() (chat.Room, bool, error) {
		r, ok, err := s.database.Send(ctx, t)
		if ok {
			s.w.law.Numbered(t)
		}
		return r, ok, err
	})
}

func (s *store) SetSettled(ctx context.Context, id chat.RoomID, settled, bound int64) (chat.Room, bool, error) {
	return s.write("SetSettled", id, func() (chat.Room, bool, error) { return s.database.SetSettled(ctx, id, settled, bound) })
}

func (s *store) SeatInRoom(ctx context.Context, id chat.RoomID, c chat.Caller) (chat.Room, bool, error) {
	return s.write("SeatInRoom", id, func() (chat.Room, bool, error) { return s.database.SeatInRoom(ctx, id, c) })
}

func (s *store) UnseatInRoom(
	ctx context.Context, id chat.RoomID, side chat.Side, conn chat.ConnectionID, now chat.Millis,
) (chat.Room, bool, error) {
	return s.write("UnseatInRoom", id, func() (chat.Room, bool, error) {
		defer s.w.law.WritesSeat(id, side, conn)()
		return s.database.UnseatInRoom(ctx, id, side, conn, now)
	})
}

func (s *store) MarkLost(
	ctx context.Context, id chat.RoomID, side chat.Side, conn chat.ConnectionID, youngest chat.Stamp,
) (chat.Room, bool, error) {
	return s.write("MarkLost", id, func() (chat.Room, bool, error) {
		defer s.w.law.WritesSeat(id, side, conn)()
		return s.database.MarkLost(ctx, id, side, conn, youngest)
	})
}

func (s *store) MarkPresent(
	ctx context.Context, id chat.RoomID, side chat.Side, conn chat.ConnectionID,
) (chat.Room, bool, error) {
	return s.write("MarkPresent", id, func() (chat.Room, bool, error) {
		defer s.w.law.WritesSeat(id, side, conn)()
		return s.database.MarkPresent(ctx, id, side, conn)
	})
}

func (s *store) MarkRead(ctx context.Context, id chat.RoomID, c chat.Caller, seq int64) (chat.Room, bool, error) {
	return s.write("MarkRead", id, func() (chat.Room, bool, error) { return s.database.MarkRead(ctx, id, c, seq) })
}

func (s *store) Rate(ctx context.Context, id chat.RoomID, c chat.Caller, given chat.Rating) (chat.Room, bool, error) {
	return s.write("Rate", id, func() (chat.Room, bool, error) { return s.database.Rate(ctx, id, c, given) })
}

func (s *store) Relist(ctx context.Context, before chat.Room, left bool, sweepAt chat.Millis) (chat.Room, bool, error) {
	return s.write("Relist", before.ID, func() (chat.Room, bool, error) { return s.database.Relist(ctx, before, left, sweepAt) })
}

func (s *store) SweepSooner(ctx context.Context, id chat.RoomID, at chat.Millis) (chat.Room, bool, error) {
	return s.write("SweepSooner", id, func() (chat.Room, bool, error) { return s.database.SweepSooner(ctx, id, at) })
}

func (s *store) PutMessage(ctx context.Context, m chat.Message) (chat.Message, bool, error) {
	var ok bool
	stored, err := ask(s.w, s.w.named("PutMessage", s.w.place(m.Room, m.Seq)), writing, func() (stored chat.Message, err error) {
		stored, ok, err = s.database.PutMessage(ctx, m)
		s.w.law.MessagePut(m, ok)
		return stored, err
	})
	return stored, ok && err == nil, err
}

func (s *store) Messages(
	ctx context.Context, customer chat.PersonID, room chat.RoomID, from, to int64,
) ([]chat.Message, error) {
	return ask(s.w, s.w.named("Messages", s.w.place(room, from)), reading, func() ([]chat.Message, error) {
		return s.database.Messages(ctx, customer, room, from, to)
	})
}

func (s *store) MessagesWithoutText(
	ctx context.Context, customer chat.PersonID, room chat.RoomID, from, to int64,
) ([]chat.Message, error) {
	return ask(s.w, s.w.named("MessagesWithoutText", s.w.place(room, from)), reading, func() ([]chat.Message, error) {
		return s.database.MessagesWithoutText(ctx, customer, room, from, to)
	})
}

func (s *store) MessagesBefore(
	ctx context.Context, customer chat.PersonID, before chat.Cursor, limit int,
) ([]chat.Message, error) {
	return ask(s.w, s.w.named("MessagesBefore", s.w.place(before.Room, before.Seq)), reading, func() ([]chat.Message, error) {
		return s.database.MessagesBefore(ctx, customer, before, limit)
	})
}

func (s *store) EndedRooms(ctx context.Context, span chat.Span, before chat.Ending, limit int) ([]chat.Ending, error) {
	return ask(s.w, "EndedRooms", reading, func() ([]chat.Ending, error) { return s.database.EndedRooms(ctx, span, before, limit) })
}

// asRead is a room as this version reads it: the previous one knows no warnings.
func (s *store) asRead(r chat.Room) chat.Room {
	if s.old {
		r.Warned, r.AskedAt = chat.Warning{}, 0
	}
	return r
}

// asWritten is a room as this version writes it: it keeps what it does not know.
func (s *store) asWritten(ctx context.Context, r chat.Room) chat.Room {
	if s.old {
		now, _ := s.database.Room(ctx, r.ID) // memory never fails
		r.Warned, r.AskedAt = now.Warned, now.AskedAt
	}
	return r
}
