package chat_test

import (
	"context"

	"github.com/stretchr/testify/assert"

	"rejoin/internal/chat"
)

// tapped is a store with somebody in between: at is asked before each call, and again once it was applied. An error is
// what the caller gets: before, the call is not applied; after, its answer is lost.
type tapped struct {
	chat.Store
	at func(call string, applied bool) error
}

// via is the service over a tapped store.
func (w *world) via(at func(call string, applied bool) error) *chat.Service {
	s := *w.Service
	s.Store = &tapped{w.Store, at}
	return &s
}

// failing is the service where one call is never applied.
func (w *world) failing(call string) *chat.Service {
	return w.via(func(c string, _ bool) error {
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
	return w.via(func(c string, applied bool) error {
		if c == call && !applied && !acted {
			acted = true
			act()
		}
		return nil
	})
}

func tap[T any](s *tapped, call string, do func() (T, error)) (T, error) {
	var none T
	if err := s.at(call, false); err != nil {
		return none, err
	}
	v, err := do()
	if err != nil {
		return none, err
	}
	if err := s.at(call, true); err != nil {
		return none, err
	}
	return v, nil
}

type outcome[T any] struct {
	found T
	ok    bool
}

func tapIf[T any](s *tapped, call string, do func() (T, bool, error)) (T, bool, error) {
	o, err := tap(s, call, func() (outcome[T], error) {
		v, ok, err := do()
		return outcome[T]{v, ok}, err
	})
	return o.found, o.ok, err
}

func (s *tapped) Person(ctx context.Context, id chat.PersonID) (chat.Person, error) {
	return tap(s, "Person", func() (chat.Person, error) { return s.Store.Person(ctx, id) })
}

func (s *tapped) SeatPerson(ctx context.Context, c chat.Caller) (chat.Person, bool, error) {
	return tapIf(s, "SeatPerson", func() (chat.Person, bool, error) { return s.Store.SeatPerson(ctx, c) })
}

func (s *tapped) UnseatPerson(ctx context.Context, who chat.PersonID, conn chat.ConnectionID) (chat.Person, bool, error) {
	return tapIf(s, "UnseatPerson", func() (chat.Person, bool, error) { return s.Store.UnseatPerson(ctx, who, conn) })
}

func (s *tapped) SetStatus(ctx context.Context, c chat.Caller, status chat.AgentStatus) (chat.Person, bool, error) {
	return tapIf(s, "SetStatus", func() (chat.Person, bool, error) { return s.Store.SetStatus(ctx, c, status) })
}

func (s *tapped) SetBlocked(ctx context.Context, who chat.PersonID, blocked bool, now chat.Millis) (chat.Person, bool, error) {
	return tapIf(s, "SetBlocked", func() (chat.Person, bool, error) { return s.Store.SetBlocked(ctx, who, blocked, now) })
}

func (s *tapped) ConnectedAgents(ctx context.Context, status chat.AgentStatus) ([]chat.Person, error) {
	return tap(s, "ConnectedAgents", func() ([]chat.Person, error) { return s.Store.ConnectedAgents(ctx, status) })
}

func (s *tapped) PutConnection(ctx context.Context, c chat.Caller) error {
	_, err := tap(s, "PutConnection", func() (struct{}, error) { return struct{}{}, s.Store.PutConnection(ctx, c) })
	return err
}

func (s *tapped) DeleteConnection(ctx context.Context, id chat.ConnectionID) (chat.Caller, error) {
	return tap(s, "DeleteConnection", func() (chat.Caller, error) { return s.Store.DeleteConnection(ctx, id) })
}

func (s *tapped) ExpiredConnections(ctx context.Context, now chat.Millis) ([]chat.ConnectionID, error) {
	return tap(s, "ExpiredConnections", func() ([]chat.ConnectionID, error) { return s.Store.ExpiredConnections(ctx, now) })
}

func (s *tapped) Room(ctx context.Context, id chat.RoomID) (chat.Room, error) {
	return tap(s, "Room", func() (chat.Room, error) { return s.Store.Room(ctx, id) })
}

func (s *tapped) Rooms(ctx context.Context, ids []chat.RoomID) ([]chat.Room, error) {
	return tap(s, "Rooms", func() ([]chat.Room, error) { return s.Store.Rooms(ctx, ids) })
}

func (s *tapped) OpenRoom(ctx context.Context, r chat.Room, opened chat.Message, last chat.RoomID, p chat.Profile) (bool, error) {
	return tap(s, "OpenRoom", func() (bool, error) { return s.Store.OpenRoom(ctx, r, opened, last, p) })
}

func (s *tapped) ChangeRoom(ctx context.Context, before, after chat.Room, m *chat.Message) (bool, error) {
	return tap(s, "ChangeRoom", func() (bool, error) { return s.Store.ChangeRoom(ctx, before, after, m) })
}

func (s *tapped) Send(ctx context.Context, t chat.Send) (chat.Room, bool, error) {
	return tapIf(s, "Send", func() (chat.Room, bool, error) { return s.Store.Send(ctx, t) })
}

func (s *tapped) SeatInRoom(ctx context.Context, id chat.RoomID, c chat.Caller) (chat.Room, bool, error) {
	return tapIf(s, "SeatInRoom", func() (chat.Room, bool, error) { return s.Store.SeatInRoom(ctx, id, c) })
}

func (s *tapped) UnseatInRoom(ctx context.Context, id chat.RoomID, side chat.Side, conn chat.ConnectionID, now chat.Millis) (chat.Room, bool, error) {
	return tapIf(s, "UnseatInRoom", func() (chat.Room, bool, error) { return s.Store.UnseatInRoom(ctx, id, side, conn, now) })
}

func (s *tapped) MarkLost(ctx context.Context, id chat.RoomID, side chat.Side, conn chat.ConnectionID, youngest chat.Stamp) (chat.Room, bool, error) {
	return tapIf(s, "MarkLost", func() (chat.Room, bool, error) {
		return s.Store.MarkLost(ctx, id, side, conn, youngest)
	})
}

func (s *tapped) MarkPresent(ctx context.Context, id chat.RoomID, side chat.Side, conn chat.ConnectionID) (chat.Room, bool, error) {
	return tapIf(s, "MarkPresent", func() (chat.Room, bool, error) { return s.Store.MarkPresent(ctx, id, side, conn) })
}

func (s *tapped) MarkRead(ctx context.Context, id chat.RoomID, c chat.Caller, seq int64) (chat.Room, bool, error) {
	return tapIf(s, "MarkRead", func() (chat.Room, bool, error) { return s.Store.MarkRead(ctx, id, c, seq) })
}

func (s *tapped) Rate(ctx context.Context, id chat.RoomID, c chat.Caller, given chat.Rating) (chat.Room, bool, error) {
	return tapIf(s, "Rate", func() (chat.Room, bool, error) { return s.Store.Rate(ctx, id, c, given) })
}

func (s *tapped) SweepSooner(ctx context.Context, id chat.RoomID, at chat.Millis) (chat.Room, bool, error) {
	return tapIf(s, "SweepSooner", func() (chat.Room, bool, error) { return s.Store.SweepSooner(ctx, id, at) })
}

func (s *tapped) Queue(ctx context.Context) ([]chat.RoomID, error) {
	return tap(s, "Queue", func() ([]chat.RoomID, error) { return s.Store.Queue(ctx) })
}

func (s *tapped) RoomsHeldBy(ctx context.Context, agent chat.PersonID) ([]chat.RoomID, error) {
	return tap(s, "RoomsHeldBy", func() ([]chat.RoomID, error) { return s.Store.RoomsHeldBy(ctx, agent) })
}

func (s *tapped) DueRooms(ctx context.Context, shard int, now chat.Millis, limit int) ([]chat.RoomID, error) {
	return tap(s, "DueRooms", func() ([]chat.RoomID, error) { return s.Store.DueRooms(ctx, shard, now, limit) })
}

func (s *tapped) EndedRooms(ctx context.Context, span chat.Span, before chat.Ending, limit int) ([]chat.Ending, error) {
	return tap(s, "EndedRooms", func() ([]chat.Ending, error) { return s.Store.EndedRooms(ctx, span, before, limit) })
}

func (s *tapped) PutMessage(ctx context.Context, m chat.Message) (chat.Message, bool, error) {
	return tapIf(s, "PutMessage", func() (chat.Message, bool, error) { return s.Store.PutMessage(ctx, m) })
}

func (s *tapped) Messages(ctx context.Context, customer chat.PersonID, room chat.RoomID, from, to int64) ([]chat.Message, error) {
	return tap(s, "Messages", func() ([]chat.Message, error) { return s.Store.Messages(ctx, customer, room, from, to) })
}

func (s *tapped) MessagesWithoutText(ctx context.Context, customer chat.PersonID, room chat.RoomID, from, to int64) ([]chat.Message, error) {
	return tap(s, "MessagesWithoutText", func() ([]chat.Message, error) { return s.Store.MessagesWithoutText(ctx, customer, room, from, to) })
}

func (s *tapped) MessagesBefore(ctx context.Context, customer chat.PersonID, before chat.Cursor, limit int) ([]chat.Message, error) {
	return tap(s, "MessagesBefore", func() ([]chat.Message, error) { return s.Store.MessagesBefore(ctx, customer, before, limit) })
}

func (s *tapped) Canned(ctx context.Context, owner chat.PersonID) ([]chat.Canned, error) {
	return tap(s, "Canned", func() ([]chat.Canned, error) { return s.Store.Canned(ctx, owner) })
}

func (s *tapped) PutCanned(ctx context.Context, c chat.Canned, before int) (chat.Canned, bool, error) {
	return tapIf(s, "PutCanned", func() (chat.Canned, bool, error) { return s.Store.PutCanned(ctx, c, before) })
}

func (s *tapped) DeleteCanned(ctx context.Context, owner chat.PersonID, key string, version int) (chat.Canned, bool, error) {
	return tapIf(s, "DeleteCanned", func() (chat.Canned, bool, error) { return s.Store.DeleteCanned(ctx, owner, key, version) })
}
