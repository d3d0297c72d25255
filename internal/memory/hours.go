package memory

import (
	"context"
	"sync"

	"rejoin/internal/chat"
)

// Hours are opening hours as a test sets them. A shop is open until it is set otherwise. The zero value is ready.
type Hours struct {
	mu    sync.Mutex
	shops map[string]chat.Opening
	share int // what part of any time was within hours is 1/share; 0 = all of it
}

// Set sets a shop's state.
func (h *Hours) Set(site string, o chat.Opening) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.shops == nil {
		h.shops = map[string]chat.Opening{}
	}
	h.shops[site] = o
}

// SetShare makes every shop open for one nth of any time.
func (h *Hours) SetShare(n int) { h.share = n }

// Opening implements chat.Hours.
func (h *Hours) Opening(_ context.Context, site string, _ chat.Millis) (chat.Opening, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if o, set := h.shops[site]; set {
		return o, nil
	}
	return chat.Opening{Open: true}, nil
}

// OpenTimes implements chat.Hours.
func (h *Hours) OpenTimes(_ context.Context, of []chat.ShopTime) ([]chat.Millis, error) {
	open := make([]chat.Millis, len(of))
	for i, t := range of {
		open[i] = max(t.To-t.From, 0) / chat.Millis(max(h.share, 1))
	}
	return open, nil
}
