package chat

import (
	"context"
	"fmt"
)

// CannedDelete deletes a canned message; deleting a missing one succeeds. With a version other than 0 it deletes only
// that version: otherwise Conflict with the Stored one. Forbidden for a scope that the caller may not edit.
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
