package dynamo

import (
	"context"

	"rejoin/internal/chat"
)

// PutCanned implements chat.CannedStore.
func (s *Store) PutCanned(ctx context.Context, c chat.Canned, before int) (chat.Canned, bool, error) {
	it, ok, err := s.update(ctx, putCannedWrite(before), s.tables.Canned, cannedKey(c.Owner, c.Key), "", item{
		":title": text(c.Title), ":text": text(c.Text), ":position": number(c.Position),
		":before": number(before), ":version": number(before + 1),
	})
	if err != nil {
		return chat.Canned{}, false, err
	}
	stored, err := decodeCanned(it)
	return stored, ok && err == nil, err
}
