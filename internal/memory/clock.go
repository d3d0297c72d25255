package memory

import (
	"crypto/rand"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"rejoin/internal/chat"
)

// Clock is a chat.Clock that stands still until a test moves it.
type Clock struct{ now atomic.Int64 }

// NewClock returns a clock that shows now.
func NewClock(now chat.Millis) *Clock {
	c := &Clock{}
	c.Set(now)
	return c
}

// Now is what the clock shows.
func (c *Clock) Now() chat.Millis { return chat.Millis(c.now.Load()) }

// Set makes it show now.
func (c *Clock) Set(now chat.Millis) { c.now.Store(int64(now)) }

// Advance moves it on by d, in whole milliseconds.
func (c *Clock) Advance(d time.Duration) { c.now.Add(d.Milliseconds()) }

// TimeDigits is how many characters of a room id tell its time, as in a ULID.
const TimeDigits = 10

// IDs is a chat.IDs whose ids grow, within one IDs whatever the clock does. Ids of two IDs differ.
type IDs struct {
	mu   sync.Mutex
	run  string
	last int64
}

// NewIDs returns a source of ids of its own.
func NewIDs() *IDs { return &IDs{run: rand.Text()[:16]} }

// NewRoomID returns an id above every one before and above `after`.
func (i *IDs) NewRoomID(now chat.Millis, after chat.RoomID) chat.RoomID {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.last = max(i.last+1, int64(now))
	if len(after) >= TimeDigits {
		if at, err := strconv.ParseInt(string(after[:TimeDigits]), 36, 64); err == nil {
			i.last = max(i.last, at+1)
		}
	}
	return chat.RoomID(fmt.Sprintf("%0*s%s", TimeDigits, strconv.FormatInt(i.last, 36), i.run))
}
