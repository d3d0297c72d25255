package stats

import (
	"context"
	"fmt"
	"sync"
	"time"

	"rejoin/internal/chat"
)

// Hours tells when shops were open.
type Hours interface {
	// History reads the opening hours that a shop has ever had; "" is the default shop. The function that it returns is how
	// much of the time from `from` to `to` lay within those of then: all of it as long as the shop had none.
	History(ctx context.Context, site string) (openTime func(from, to chat.Millis) chat.Millis, err error)
}

// editTime is the longest from when a change of hours applies until everybody reads it, with clocks that differ: the function
// that stores it has ended by then.
const editTime = time.Minute

// histories are the hours of shops during one run, which reads each shop once. They are safe for concurrent use.
type histories struct {
	service *Service
	mu      sync.Mutex
	shops   map[string]*history
}

// history is the hours that a shop has had, as they were read at a moment.
type history struct {
	read     sync.Once
	at       chat.Millis
	openTime func(from, to chat.Millis) chat.Millis
	err      error
}

func (s *Service) newHistories() *histories {
	return &histories{service: s, shops: map[string]*history{}}
}

// of is the hours that a shop has had. It fails as long as the run lasts, once it has failed.
func (h *histories) of(ctx context.Context, site string) (*history, error) {
	h.mu.Lock()
	shop := h.shops[site]
	if shop == nil {
		shop = &history{}
		h.shops[site] = shop
	}
	h.mu.Unlock()
	shop.read.Do(func() {
		if h.service.Hours == nil {
			shop.at, shop.openTime = endOfTime, alwaysOpen
			return
		}
		shop.at = h.service.Clock.Now()
		if shop.openTime, shop.err = h.service.Hours.History(ctx, site); shop.err != nil {
			shop.err = fmt.Errorf("read the hours of shop %q: %w", site, shop.err)
		}
	})
	return shop, shop.err
}

func alwaysOpen(from, to chat.Millis) chat.Millis { return max(to-from, 0) }

// knows tells whether no change of the hours may still turn up that applies before a moment.
func (h *history) knows(until chat.Millis) bool { return until < h.at.After(-editTime) }
