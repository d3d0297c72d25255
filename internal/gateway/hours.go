package gateway

import (
	"context"

	"rejoin/internal/chat"
	"rejoin/internal/hours"
)

func (c *Controller) hours(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	site := f.clientID("site")
	if err := f.failure(); err != nil {
		return nil, err
	}
	shop, err := c.Hours.Get(ctx, caller, site)
	if err != nil {
		return nil, err
	}
	return f.hoursOf(shop), nil
}

// hoursOf is a shop's hours as agents see them.
func (f *frame) hoursOf(s hours.Shop) hoursFrame {
	answer := hoursFrame{
		head: f.head(typeHours), Site: s.Site, Sites: append([]string{}, s.Sites...), storedHoursObject: storedHoursObject{s.Version, s.Hours},
		Now: openingObject{State: chat.Closed, Until: s.Until},
	}
	if s.Open {
		answer.Now.State = chat.Open
	}
	return answer
}
