package gateway

import (
	"context"

	"rejoin/internal/chat"
)

func (c *Controller) hoursPut(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	site, edited := f.clientID("site"), int(f.integer("version", 0, maxVersion-1))
	if !f.has("hours") {
		f.refuse("The field %q is missing.", "hours")
	}
	if err := f.failure(); err != nil {
		return nil, err
	}
	shop, err := c.Hours.Put(ctx, caller, site, edited, f.values["hours"])
	if err != nil {
		return nil, err
	}
	return f.hoursOf(shop), nil
}
