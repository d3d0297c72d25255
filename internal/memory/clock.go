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

// Now is the clock's time.
func (c *Clock) Now() chat.Millis { return chat.Millis(c.now.Load()) }

// Set sets the clock to now.
func (c *Clock) Set(now chat.Millis) { c.now.Store(int64(now)) }

// Advance moves the clock on by d, in whole milliseconds.
func (c *Clock) Advance(d time.Duration) { c.now.Add(d.Milliseconds()) }

// TimeDigits is the number of characters of a room id that encode its time, as in a ULID.
const TimeDigits = 10

// IDs is a chat.IDs. Ids from one IDs grow, whatever the clock does; ids from two never collide.
type IDs struct {
	mu   sync.Mutex
	run  string
	last int64
}

// NewIDs returns a new source of ids.
func NewIDs() *IDs { return &IDs{run: rand.Text()[:16]} }

// NewRoomID returns an id above `after` and above all ids before.
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
