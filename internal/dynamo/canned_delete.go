package dynamo

import (
	"context"

	"rejoin/internal/chat"
)

// DeleteCanned implements chat.CannedStore.
func (s *Store) DeleteCanned(ctx context.Context, owner chat.PersonID, key string, version int) (chat.Canned, bool, error) {
	found, ok, err := s.delete(ctx, deleteCannedWrite(version), s.tables.Canned, cannedKey(owner, key), item{":before": number(version)})
	if err != nil || ok {
		return chat.Canned{}, ok, err
	}
	stored, err := decodeCanned(found)
	return stored, false, err
}
