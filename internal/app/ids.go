package app

import (
	"io"
	"time"

	"github.com/oklog/ulid/v2"

	"rejoin/internal/chat"
)

// clock is the machine's clock.
type clock struct{}

func (clock) Now() chat.Millis { return chat.Millis(time.Now().UnixMilli()) }

// IDs makes ULIDs, so that ids sort by age.
type IDs struct{ Entropy io.Reader }

// NewRoomID makes an id greater than `after`, even if `now` is before the time of `after`.
func (i IDs) NewRoomID(now chat.Millis, after chat.RoomID) chat.RoomID {
	ms := uint64(max(now, 0))
	if last, err := ulid.ParseStrict(string(after)); err == nil {
		ms = max(ms, last.Time()+1)
	}
	return chat.RoomID(ulid.MustNew(ms, i.Entropy).String())
}
