package chat

import (
	"context"
	"fmt"
	"slices"
)

// HistoryQuery asks for a page of all messages of a customer: of the caller, or, for agents, of the customer of Room.
type HistoryQuery struct {
	Room   RoomID // agents only
	Before Cursor // zero: the newest page
	Limit  int    // 1…MaxPage
}

// maxHistoryReads is how often a page of history reads on through voids, whatever it has found.
const maxHistoryReads = 8

// History reads a page of a customer's messages across all their rooms, oldest first. Its work is bounded, so a page among
// hundreds of voids may be empty and not the last. An agent may read it for waiting rooms and for rooms that they hold or
// held, an admin for any; otherwise NotFound.
func (s *Service) History(ctx context.Context, c Caller, query HistoryQuery) (History, error) {
	if err := s.checkCurrent(ctx, c); err != nil {
		return History{}, err
	}
	var page History
	customer := c.Who
	if c.Side == Agent {
		r, err := s.Store.Room(ctx, query.Room)
		if err != nil {
			return History{}, fmt.Errorf("read room %s: %w", query.Room, err)
		}
		if r.ID == "" || !c.Admin && r.Status != StatusWaiting && !r.WasHeldBy(c.Who) {
			return History{}, notFound()
		}
		customer = r.Customer.Who
	}
	if c.Admin {
		p, err := s.Store.Person(ctx, customer)
		if err != nil {
			return History{}, fmt.Errorf("read customer of room %s: %w", query.Room, err)
		}
		page.Blocked = p.Blocked
	}
	limit := max(1, min(query.Limit, MaxPage))
	b := &budget{bytes: MaxPageBytes}
	at, read := query.Before, limit+1 // one more shows whether there are older ones
	for range maxHistoryReads {
		found, err := s.Store.MessagesBefore(ctx, customer, at, read)
		if err != nil {
			return History{}, fmt.Errorf("read history: %w", err)
		}
		for _, m := range found {
			at = Cursor{Room: m.Room, Seq: m.Seq}
			if m.Void {
				continue
			}
			if n := len(page.Messages); n == limit || !b.take(messageSize(m)) {
				last := page.Messages[n-1]
				page.Before = Cursor{Room: last.Room, Seq: last.Seq}
				slices.Reverse(page.Messages)
				return page, nil
			}
			page.Messages = append(page.Messages, m)
		}
		if len(found) < read {
			slices.Reverse(page.Messages)
			return page, nil
		}
		read = MaxPage + 1
	}
	page.Before = at // many voids in a row: the next page goes on from here
	slices.Reverse(page.Messages)
	return page, nil
}
