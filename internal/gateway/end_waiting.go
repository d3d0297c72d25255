package gateway

import (
	"context"
	"slices"

	"rejoin/internal/chat"
)

func (c *Controller) endWaiting(ctx context.Context, caller chat.Caller, f *frame) (any, error) {
	query := chat.WaitingQuery{
		Act: chat.WaitingAct(f.string("act", 0)), Network: f.clientID("from"), Pattern: f.oneLine("pattern", chat.MaxSearch),
		After: f.optionalRoom("cursor"),
	}
	if f.flag("left") {
		query.List = chat.ListLeft
	}
	if !slices.Contains(chat.WaitingActs(), query.Act) {
		f.refuse("The field %q has to be one of %q.", "act", chat.WaitingActs())
	}
	if err := f.failure(); err != nil {
		return nil, err
	}
	page, err := c.Service.EndWaiting(ctx, caller, query)
	if err != nil {
		return nil, err
	}
	return waitingFrame{
		f.head(typeWaiting), page.Checked, page.Found, page.Ended, page.Blocked, page.Failed,
		convertAll(page.Examples, roomOf), convertAll(page.Groups, groupOf), page.After,
	}, nil
}

func groupOf(g chat.WaitingGroup) groupObject { return groupObject{g.Network, g.Text, g.Rooms} }
