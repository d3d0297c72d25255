package main

import (
	"context"
	"fmt"

	"rejoin/localstack/people"
	"rejoin/localstack/wire"
)

// span is a time of day when a shop is open.
type span struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// schedule is when a shop of the demo is open.
type schedule struct {
	site    string
	zone    string
	weekday []span
	weekend []span
}

// The hours of the default shop come with its month of past chats (localstack/month). It is always open now, so that tests and
// visitors find it so at any hour.
var schedules = []schedule{
	{site: "tea", zone: "Asia/Seoul", weekday: []span{{"09:00", "18:00"}}, weekend: []span{}},
}

// putHours stores the shops' opening hours, as an admin's console would.
func putHours(ctx context.Context, s people.Stack) error {
	line, err := console(ctx, s, "admin")
	if err != nil {
		return err
	}
	defer line.Close()
	for _, shop := range schedules {
		week := [7][]span{shop.weekday, shop.weekday, shop.weekday, shop.weekday, shop.weekday, shop.weekend, shop.weekend}
		_, err := line.Ask(ctx, wire.Frame{
			"action": "hoursPut", "site": shop.site, "version": 0, "hours": wire.Frame{"zone": shop.zone, "week": week},
		})
		if err != nil {
			return fmt.Errorf("hours of shop %q: %w", shop.site, err)
		}
	}
	return nil
}
