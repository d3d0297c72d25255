package chat

import "context"

// cannedBytes is the size of a canned message in a page besides its title and text.
const cannedBytes = 200

// CannedPage is a page of canned messages; After is zero on the last page.
type CannedPage struct {
	Items []Canned
	After CannedCursor
}

// CannedList returns the shared canned messages and the agent's own after the cursor, in order, as many as fit into a
// frame.
func (s *Service) CannedList(ctx context.Context, c Caller, after CannedCursor) (CannedPage, error) {
	if err := s.checkCurrent(ctx, c); err != nil {
		return CannedPage{}, err
	}
	b := &budget{bytes: MaxPageBytes}
	var page CannedPage
	for _, owner := range []PersonID{OwnerOfShared, c.Who} {
		items, err := s.canned(ctx, owner)
		if err != nil {
			return CannedPage{}, err
		}
		for _, item := range items {
			switch {
			case after != CannedCursor{} && item.cursor().compare(after) <= 0:
			case !b.take(quoted(item.Title) + quoted(item.Text) + cannedBytes):
				page.After = page.Items[len(page.Items)-1].cursor()
				return page, nil
			default:
				page.Items = append(page.Items, item)
			}
		}
	}
	return page, nil
}
