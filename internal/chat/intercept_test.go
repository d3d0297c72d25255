package chat_test

import (
	"context"

	"github.com/stretchr/testify/assert"

	"rejoin/internal/chat"
)

// interceptedStore calls `on` before each call, and again once it was applied. An error from it is returned to the
// caller: the first means that the call was not applied, the second that its answer was lost.
type interceptedStore struct {
	chat.Store
	on func(call string, applied bool) error
}

// withStore is the service over an intercepted store.
func (w *world) withStore(at func(call string, applied bool) error) *chat.Service {
	s := *w.Service
	s.Store = &interceptedStore{w.Store, at}
	return &s
}

// failing is the service where one call is never applied.
func (w *world) failing(call string) *chat.Service {
	return w.withStore(func(c string, _ bool) error {
		if c == call {
			return errDown
		}
		return nil
	})
}

// meanwhile is the service where somebody acts just before the first such call.
func (w *world) meanwhile(call string, act func()) *chat.Service {
	acted := false
	w.t.Cleanup(func() { assert.True(w.t, acted, "%s was never called", call) })
	return w.withStore(func(c string, applied bool) error {
		if c == call && !applied && !acted {
			acted = true
			act()
		}
		return nil
	})
}

func intercept[T any](s *interceptedStore, call string, do func() (T, error)) (T, error) {
	var none T
	if err := s.on(call, false); err != nil {
		return none, err
	}
	v, err := do()
	if err != nil {
		return none, err
	}
	if err := s.on(call, true); err != nil {
		return none, err
	}
	return v, nil
}

type outcome[T any] struct {
	found T
	ok    bool
}

func interceptWrite[T any](s *interceptedStore, call string, do func() (T, bool, error)) (T, bool, error) {
	o, err := intercept(s, call, func() (outcome[T], error) {
		v, ok, err := do()
		return outcome[T]{v, ok}, err
	})
	return o.found, o.ok, err
}

func (s *interceptedStore) Person(ctx context.Context, id chat.PersonID) (chat.Person, error) {
	return intercept(s, "Person", func() (chat.Person, error) { return s.Store.Person(ctx, id) })
}

func (s *interceptedStore) SeatPerson(ctx context.Context, c chat.Caller) (chat.Person, bool, error) {
	return interceptWrite(s, "SeatPerson", func() (chat.Person, bool, error) { return s.Store.SeatPerson(ctx, c) })
}

func (s *interceptedStore) UnseatPerson(ctx context.Context, who chat.PersonID, conn chat.ConnectionID) (chat.Person, bool, error) {
	return interceptWrite(s, "UnseatPerson", func() (chat.Person, bool, error) { return s.Store.UnseatPerson(ctx, who, conn) })
}

func (s *interceptedStore) SetStatus(ctx context.Context, c chat.Caller, status chat.AgentStatus) (chat.Person, bool, error) {
	return interceptWrite(s, "SetStatus", func() (chat.Person, bool, error) { return s.Store.SetStatus(ctx, c, status) })
}

func (s *interceptedStore) SetBlocked(ctx context.Context, who chat.PersonID, blocked bool, now chat.Millis) (chat.Person, bool, error) {
	return interceptWrite(s, "SetBlocked", func() (chat.Person, bool, error) { return s.Store.SetBlocked(ctx, who, blocked, now) })
}

func (s *interceptedStore) ConnectedAgents(ctx context.Context, status chat.AgentStatus) ([]chat.Person, error) {
	return intercept(s, "ConnectedAgents", func() ([]chat.Person, error) { return s.Store.ConnectedAgents(ctx, status) })
}

func (s *interceptedStore) FreeAgents(ctx context.Context, limit int) ([]chat.Person, error) {
	return intercept(s, "FreeAgents", func() ([]chat.Person, error) { return s.Store.FreeAgents(ctx, limit) })
}

func (s *interceptedStore) SetLoad(ctx context.Context, agent chat.PersonID, load int) (chat.Person, bool, error) {
	return interceptWrite(s, "SetLoad", func() (chat.Person, bool, error) { return s.Store.SetLoad(ctx, agent, load) })
}

func (s *interceptedStore) AddLoad(ctx context.Context, agent chat.PersonID, by int) (chat.Person, bool, error) {
	return interceptWrite(s, "AddLoad", func() (chat.Person, bool, error) { return s.Store.AddLoad(ctx, agent, by) })
}

func (s *interceptedStore) PutConnection(ctx context.Context, c chat.Caller) error {
	_, err := intercept(s, "PutConnection", func() (struct{}, error) { return struct{}{}, s.Store.PutConnection(ctx, c) })
	return err
}

func (s *interceptedStore) CountConnection(ctx context.Context, from string, now chat.Millis, most int) (bool, error) {
	return intercept(s, "CountConnection", func() (bool, error) { return s.Store.CountConnection(ctx, from, now, most) })
}

func (s *interceptedStore) DeleteConnection(ctx context.Context, id chat.ConnectionID) (chat.Caller, error) {
	return intercept(s, "DeleteConnection", func() (chat.Caller, error) { return s.Store.DeleteConnection(ctx, id) })
}

func (s *interceptedStore) ExpiredConnections(ctx context.Context, now chat.Millis) ([]chat.ConnectionID, error) {
	return intercept(s, "ExpiredConnections", func() ([]chat.ConnectionID, error) { return s.Store.ExpiredConnections(ctx, now) })
}

func (s *interceptedStore) Room(ctx context.Context, id chat.RoomID) (chat.Room, error) {
	return intercept(s, "Room", func() (chat.Room, error) { return s.Store.Room(ctx, id) })
}

func (s *interceptedStore) Rooms(ctx context.Context, ids []chat.RoomID) ([]chat.Room, error) {
	return intercept(s, "Rooms", func() ([]chat.Room, error) { return s.Store.Rooms(ctx, ids) })
}

func (s *interceptedStore) OpenRoom(ctx context.Context, r chat.Room, opened chat.Message, by chat.Start) (bool, error) {
	return intercept(s, "OpenRoom", func() (bool, error) { return s.Store.OpenRoom(ctx, r, opened, by) })
}

func (s *interceptedStore) ChangeRoom(ctx context.Context, before, after chat.Room, m *chat.Message) (bool, error) {
	return intercept(s, "ChangeRoom", func() (bool, error) { return s.Store.ChangeRoom(ctx, before, after, m) })
}

func (s *interceptedStore) Send(ctx context.Context, t chat.Send) (chat.Room, bool, error) {
	return interceptWrite(s, "Send", func() (chat.Room, bool, error) { return s.Store.Send(ctx, t) })
}

func (s *interceptedStore) SetSettled(ctx context.Context, id chat.RoomID, settled, bound int64) (chat.Room, bool, error) {
	return interceptWrite(s, "SetSettled", func() (chat.Room, bool, error) { return s.Store.SetSettled(ctx, id, settled, bound) })
}

func (s *interceptedStore) SeatInRoom(ctx context.Context, id chat.RoomID, c chat.Caller) (chat.Room, bool, error) {
	return interceptWrite(s, "SeatInRoom", func() (chat.Room, bool, error) { return s.Store.SeatInRoom(ctx, id, c) })
}

func (s *interceptedStore) UnseatInRoom(ctx context.Context, id chat.RoomID, side chat.Side, conn chat.ConnectionID, now chat.Millis) (chat.Room, bool, error) {
	return interceptWrite(s, "UnseatInRoom", func() (chat.Room, bool, error) { return s.Store.UnseatInRoom(ctx, id, side, conn, now) })
}

func (s *interceptedStore) MarkLost(ctx context.Context, id chat.RoomID, side chat.Side, conn chat.ConnectionID, youngest chat.Stamp) (chat.Room, bool, error) {
	return interceptWrite(s, "MarkLost", func() (chat.Room, bool, error) {
		return s.Store.MarkLost(ctx, id, side, conn, youngest)
	})
}

func (s *interceptedStore) MarkPresent(ctx context.Context, id chat.RoomID, side chat.Side, conn chat.ConnectionID) (chat.Room, bool, error) {
	return interceptWrite(s, "MarkPresent", func() (chat.Room, bool, error) { return s.Store.MarkPresent(ctx, id, side, conn) })
}

func (s *interceptedStore) MarkRead(ctx context.Context, id chat.RoomID, c chat.Caller, seq int64) (chat.Room, bool, error) {
	return interceptWrite(s, "MarkRead", func() (chat.Room, bool, error) { return s.Store.MarkRead(ctx, id, c, seq) })
}

func (s *interceptedStore) Rate(ctx context.Context, id chat.RoomID, c chat.Caller, given chat.Rating) (chat.Room, bool, error) {
	return interceptWrite(s, "Rate", func() (chat.Room, bool, error) { return s.Store.Rate(ctx, id, c, given) })
}

func (s *interceptedStore) Relist(ctx context.Context, before chat.Room, left bool, sweepAt chat.Millis) (chat.Room, bool, error) {
	return interceptWrite(s, "Relist", func() (chat.Room, bool, error) { return s.Store.Relist(ctx, before, left, sweepAt) })
}

func (s *interceptedStore) SweepSooner(ctx context.Context, id chat.RoomID, at chat.Millis) (chat.Room, bool, error) {
	return interceptWrite(s, "SweepSooner", func() (chat.Room, bool, error) { return s.Store.SweepSooner(ctx, id, at) })
}

func (s *interceptedStore) Queue(ctx context.Context, list chat.List, after, before chat.RoomID, limit int) ([]chat.RoomID, error) {
	return intercept(s, "Queue", func() ([]chat.RoomID, error) { return s.Store.Queue(ctx, list, after, before, limit) })
}

func (s *interceptedStore) RoomsHeldBy(ctx context.Context, agent chat.PersonID) ([]chat.RoomID, error) {
	return intercept(s, "RoomsHeldBy", func() ([]chat.RoomID, error) { return s.Store.RoomsHeldBy(ctx, agent) })
}

func (s *interceptedStore) DueRooms(ctx context.Context, shard int, after chat.Due, now chat.Millis, limit int) ([]chat.Due, error) {
	return intercept(s, "DueRooms", func() ([]chat.Due, error) { return s.Store.DueRooms(ctx, shard, after, now, limit) })
}

func (s *interceptedStore) EndedRooms(ctx context.Context, span chat.Span, before chat.Ending, limit int) ([]chat.Ending, error) {
	return intercept(s, "EndedRooms", func() ([]chat.Ending, error) { return s.Store.EndedRooms(ctx, span, before, limit) })
}

func (s *interceptedStore) PutMessage(ctx context.Context, m chat.Message) (chat.Message, bool, error) {
	return interceptWrite(s, "PutMessage", func() (chat.Message, bool, error) { return s.Store.PutMessage(ctx, m) })
}

func (s *interceptedStore) Messages(ctx context.Context, customer chat.PersonID, room chat.RoomID, from, to int64) ([]chat.Message, error) {
	return intercept(s, "Messages", func() ([]chat.Message, error) { return s.Store.Messages(ctx, customer, room, from, to) })
}

func (s *interceptedStore) MessagesWithoutText(ctx context.Context, customer chat.PersonID, room chat.RoomID, from, to int64) ([]chat.Message, error) {
	return intercept(s, "MessagesWithoutText", func() ([]chat.Message, error) { return s.Store.MessagesWithoutText(ctx, customer, room, from, to) })
}

func (s *interceptedStore) MessagesBefore(ctx context.Context, customer chat.PersonID, before chat.Cursor, limit int) ([]chat.Message, error) {
	return intercept(s, "MessagesBefore", func() ([]chat.Message, error) { return s.Store.MessagesBefore(ctx, customer, before, limit) })
}

func (s *interceptedStore) Canned(ctx context.Context, owner chat.PersonID) ([]chat.Canned, error) {
	return intercept(s, "Canned", func() ([]chat.Canned, error) { return s.Store.Canned(ctx, owner) })
}

func (s *interceptedStore) PutCanned(ctx context.Context, c chat.Canned, before int) (chat.Canned, bool, error) {
	return interceptWrite(s, "PutCanned", func() (chat.Canned, bool, error) { return s.Store.PutCanned(ctx, c, before) })
}

func (s *interceptedStore) DeleteCanned(ctx context.Context, owner chat.PersonID, key string, version int) (chat.Canned, bool, error) {
	return interceptWrite(s, "DeleteCanned", func() (chat.Canned, bool, error) { return s.Store.DeleteCanned(ctx, owner, key, version) })
}
