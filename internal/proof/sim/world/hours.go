package world

import (
	"context"
	"time"

	"rejoin/internal/chat"
	"rejoin/internal/proof/sim/law"
)

// shopHours are the shop's: it is open or closed, as its world says.
type shopHours struct{ w *World }

var _ chat.Hours = shopHours{}

// Opening implements chat.Hours.
func (h shopHours) Opening(context.Context, string, chat.Millis) (chat.Opening, error) {
	o, err := ask(h.w, "Opening", reading, func() (chat.Opening, error) { return chat.Opening{Open: h.w.open}, nil })
	if err == nil {
		h.w.law.Spends(law.Cost{Reads: eventually})
	}
	return o, err
}

// OpenTimes implements chat.Hours. Nothing here depends on how long the shop was open.
func (h shopHours) OpenTimes(_ context.Context, of []chat.ShopTime) ([]chat.Millis, error) {
	times, err := ask(h.w, "OpenTimes", reading, func() ([]chat.Millis, error) { return make([]chat.Millis, len(of)), nil })
	if err == nil {
		h.w.law.Spends(law.Cost{Reads: eventually})
	}
	return times, err
}

// changeHours opens the shop, or closes it.
func (w *World) changeHours() {
	w.open = !w.open
	w.tracef("the shop is open: %t", w.open)
	w.did(law.HoursChanged)
	w.law.ServingMayChange()
}

// keepLeft is how long questions are kept in the seed's world: so short that the time of many passes while people act, or so long
// that it passes after everybody has left.
func (w *World) keepLeft() time.Duration {
	noise := w.seed
	return []time.Duration{20 * time.Minute, 2 * time.Hour}[mix(&noise)%2]
}
