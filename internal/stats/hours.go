package stats

import (
	"context"
	"fmt"
	"sync"

	"rejoin/internal/chat"
)

// Hours tells when shops were open.
type Hours interface {
	// Past reads the opening hours that a shop ("" is the default shop) has had since a moment. The function that it
	// returns is how much of a time after that moment lay within those of then: all of it as long as the shop had none.
	Past(ctx context.Context, site string, since chat.Millis) (openTime func(from, to chat.Millis) chat.Millis, err error)
}

// historyStep is how much further back than needed hours are read, so that a run reads each shop once, and a recount of a
// year a dozen times. Older ones are left out, as a shop may have changed them often.
const historyStep = 30 * day

// histories are the hours of shops during one run. They are safe for concurrent use.
type histories struct {
	service *Service
	mu      sync.Mutex
	shops   map[string]*history
}

// history is the hours that a shop has had since a moment.
type history struct {
	mu       sync.Mutex
	openTime func(from, to chat.Millis) chat.Millis
	since    chat.Millis
	err      error // fails for the rest of the run
}

func (s *Service) newHistories() *histories {
	return &histories{service: s, shops: map[string]*history{}}
}

// of tells how much of a time since the room began lay within the hours of its shop.
func (h *histories) of(ctx context.Context, r chat.Room) (openTime func(from, to chat.Millis) chat.Millis, err error) {
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
	return shop.openTime, shop.err
}

func (h *history) read(ctx context.Context, s *Service, site string, since chat.Millis) {
	if s.Hours == nil {
		h.since, h.openTime = 0, alwaysOpen
		return
	}
	h.since = since
	if h.openTime, h.err = s.Hours.Past(ctx, site, since); h.err != nil {
		h.err = fmt.Errorf("read the hours of shop %q: %w", site, h.err)
	}
}

func alwaysOpen(from, to chat.Millis) chat.Millis { return max(to-from, 0) }
