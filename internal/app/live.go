package app

import (
	"io"
	"time"

	"github.com/oklog/ulid/v2"

	"rejoin/internal/chat"
)

// clock is the machine's.
type clock struct{}

func (clock) Now() chat.Millis { return chat.Millis(time.Now().UnixMilli()) }

// IDs makes ULIDs, so that a customer's rooms, and the queue, sort by age.
type IDs struct{ Entropy io.Reader }

// NewRoomID takes the time after that of `after` where this clock is behind the one that made it.
func (i IDs) NewRoomID(now chat.Millis, after chat.RoomID) chat.RoomID {
	ms := uint64(max(now, 0))
	if last, err := ulid.ParseStrict(string(after)); err == nil {
		ms = max(ms, last.Time()+1)
	}
	return chat.RoomID(ulid.MustNew(ms, i.Entropy).String())
}
