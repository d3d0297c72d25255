package linear

import (
	"context"
	"errors"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"

	"rejoin/internal/chat"
)

// errLost is the error of a call whose answer was lost.
var errLost = errors.New("no answer")

// lossy is a store that loses answers: the call was not applied, was applied, or will be applied a little later.
type lossy struct {
	chat.Store
	rate     float64 // of each of the three
	reliable atomic.Bool
	late     sync.WaitGroup
}

// beReliable makes every call answer from now on, and waits for delayed calls.
func (l *lossy) beReliable() {
	l.reliable.Store(true)
	l.late.Wait()
}

// do makes a call, or loses it. After an error, what the call returned must not be used.
func (l *lossy) do(call func()) error {
	letOthersRun()
	if l.reliable.Load() {
		call()
		return nil
	}
	switch outcome := rand.Float64(); {
	case outcome < l.rate:
	case outcome < 2*l.rate:
		call()
	case outcome < 3*l.rate:
		l.late.Go(func() {
			letOthersRun()
			call()
		})
	default:
		call()
		return nil
	}
	return errLost
}

// letOthersRun yields to other goroutines at random, so that calls to a store in memory overlap too.
func letOthersRun() {
	for range rand.IntN(8) {
		runtime.Gosched()
	}
}

// result is the result of a conditional write.
type result[T any] struct {
	found T
	ok    bool
	err   error
}

// write makes a conditional write.
func write[T any](l *lossy, call func() (T, bool, error)) (T, bool, error) {
	answer := make(chan result[T], 1)
	err := l.do(func() {
		found, ok, err := call()
		answer <- result[T]{found, ok, err}
	})
	if err != nil {
		var none T
		return none, false, err
	}
	r := <-answer
	return r.found, r.ok, r.err
}

// writeOnly is a conditional write that returns no item.
func writeOnly(l *lossy, call func() (bool, error)) (bool, error) {
	_, ok, err := write(l, func() (struct{}, bool, error) {
		ok, err := call()
		return struct{}{}, ok, err
	})
	return ok, err
}

func (l *lossy) SeatPerson(ctx context.Context, c chat.Caller) (chat.Person, bool, error) {
	return write(l, func() (chat.Person, bool, error) { return l.Store.SeatPerson(ctx, c) })
}

func (l *lossy) UnseatPerson(ctx context.Context, who chat.PersonID, conn chat.ConnectionID) (chat.Person, bool, error) {
	return write(l, func() (chat.Person, bool, error) { return l.Store.UnseatPerson(ctx, who, conn) })
}

func (l *lossy) Room(ctx context.Context, id chat.RoomID) (chat.Room, error) {
	r, _, err := write(l, func() (chat.Room, bool, error) {
		r, err := l.Store.Room(ctx, id)
		return r, true, err
	})
	return r, err
}

func (l *lossy) Messages(ctx context.Context, customer chat.PersonID, room chat.RoomID, from, to int64) ([]chat.Message, error) {
	found, _, err := write(l, func() ([]chat.Message, bool, error) {
		found, err := l.Store.Messages(ctx, customer, room, from, to)
		return found, true, err
	})
	return found, err
}

func (l *lossy) MessagesWithoutText(ctx context.Context, customer chat.PersonID, room chat.RoomID, from, to int64) ([]chat.Message, error) {
	found, _, err := write(l, func() ([]chat.Message, bool, error) {
		found, err := l.Store.MessagesWithoutText(ctx, customer, room, from, to)
		return found, true, err
	})
	return found, err
}

func (l *lossy) OpenRoom(ctx context.Context, r chat.Room, opened chat.Message, by chat.Start) (bool, error) {
	return writeOnly(l, func() (bool, error) { return l.Store.OpenRoom(ctx, r, opened, by) })
}

func (l *lossy) ChangeRoom(ctx context.Context, before, after chat.Room, m *chat.Message) (bool, error) {
	return writeOnly(l, func() (bool, error) { return l.Store.ChangeRoom(ctx, before, after, m) })
}

func (l *lossy) Send(ctx context.Context, t chat.Send) (chat.Room, bool, error) {
	return write(l, func() (chat.Room, bool, error) { return l.Store.Send(ctx, t) })
}

func (l *lossy) SetSettled(ctx context.Context, id chat.RoomID, settled, bound int64) (chat.Room, bool, error) {
	return write(l, func() (chat.Room, bool, error) { return l.Store.SetSettled(ctx, id, settled, bound) })
}

func (l *lossy) SeatInRoom(ctx context.Context, id chat.RoomID, c chat.Caller) (chat.Room, bool, error) {
	return write(l, func() (chat.Room, bool, error) { return l.Store.SeatInRoom(ctx, id, c) })
}

func (l *lossy) UnseatInRoom(ctx context.Context, id chat.RoomID, side chat.Side, conn chat.ConnectionID, now chat.Millis) (chat.Room, bool, error) {
	return write(l, func() (chat.Room, bool, error) { return l.Store.UnseatInRoom(ctx, id, side, conn, now) })
}

func (l *lossy) PutMessage(ctx context.Context, m chat.Message) (chat.Message, bool, error) {
	return write(l, func() (chat.Message, bool, error) { return l.Store.PutMessage(ctx, m) })
}
