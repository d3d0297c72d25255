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
	// Past reads the opening hours that a shop ("" is the default shop) has had since a moment. The function that it
	// returns is how much of a time after that moment lay within those of then: all of it as long as the shop had none.
	Past(ctx context.Context, site string, since chat.Millis) (openTime func(from, to chat.Millis) chat.Millis, err error)
}

const (
	// editTime is the longest from when a change of hours applies until everybody reads it, with clocks that differ: the function
	// that stores it has ended by then.
	editTime = time.Minute
	// historyStep is how much further back than needed hours are read, so that a run reads each shop once, and a recount of a
	// year a dozen times. Older ones are left out, as a shop may have changed them often.
	historyStep = 30 * day
)

// histories are the hours of shops during one run. They are safe for concurrent use.
type histories struct {
	service *Service
	mu      sync.Mutex
	shops   map[string]*history
}

// history is the hours that a shop has had since a moment.
type history struct {
	mu sync.Mutex
	pastHours
	since chat.Millis
	err   error // fails for the rest of the run
}

// pastHours are a shop's hours as they were read at a moment.
type pastHours struct {
	openTime func(from, to chat.Millis) chat.Millis
	readAt   chat.Millis
}

func (s *Service) newHistories() *histories {
	return &histories{service: s, shops: map[string]*history{}}
}

// of is the hours of the room's shop since the room began.
func (h *histories) of(ctx context.Context, r chat.Room) (pastHours, error) {
	site := r.Customer.Who.Site()
	h.mu.Lock()
	shop := h.shops[site]
	if shop == nil {
		shop = &history{since: endOfTime}
		h.shops[site] = shop
	}
	h.mu.Unlock()
	shop.mu.Lock()
	defer shop.mu.Unlock()
	if r.Created < shop.since && shop.err == nil {
		shop.read(ctx, h.service, site, r.Created.After(-historyStep))
	}
	return shop.pastHours, shop.err
}

func (h *history) read(ctx context.Context, s *Service, site string, since chat.Millis) {
	if s.Hours == nil {
		h.since, h.readAt, h.openTime = 0, endOfTime, alwaysOpen
		return
	}
	h.since, h.readAt = since, s.Clock.Now()
	if h.openTime, h.err = s.Hours.Past(ctx, site, since); h.err != nil {
		h.err = fmt.Errorf("read the hours of shop %q: %w", site, h.err)
	}
}

func alwaysOpen(from, to chat.Millis) chat.Millis { return max(to-from, 0) }

// isFinal tells whether no change of the hours may still turn up that applies before a moment.
func (h pastHours) isFinal(until chat.Millis) bool { return until < h.readAt.After(-editTime) }
