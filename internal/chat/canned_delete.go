package chat

import (
	"context"
	"fmt"
)

// CannedDelete deletes a canned message; one that is not there is deleted already. With a version other than 0 only that
// one goes: Conflict, with the one that is Stored, when it is another by now. Forbidden for who may not edit in the scope.
func (s *Service) CannedDelete(ctx context.Context, c Caller, scope Scope, key string, version int) error {
	owner, err := c.ownerFor(scope)
	if err != nil {
		return err
	}
	if err := s.checkCurrent(ctx, c); err != nil {
		return err
	}
	stored, ok, err := s.Store.DeleteCanned(ctx, owner, key, version)
	if err != nil {
		return fmt.Errorf("delete canned message: %w", err)
	}
	if !ok && stored.Key != "" {
		return changedSince(stored)
	}
	return nil
}
