package chat

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
)

// Scope tells whose a canned message is, as named on the wire.
type Scope string

// The scopes.
const (
	Shared Scope = "shared" // of all agents; admins edit them
	Mine   Scope = "mine"   // the agent's own
)

// OwnerOfShared is the owner of the shared ones. No person's id looks like it.
const OwnerOfShared PersonID = "shared"

// positionGap is left between two positions, so that others fit in between.
const positionGap = 1 << 16

// Canned is a canned message: a saved reply that agents insert into a draft.
type Canned struct {
	Owner       PersonID // OwnerOfShared or an agent
	Key         string   // made by the client
	Title, Text string
	Position    int64 // the order of an owner's; equal ones are sorted by key
	Version     int   // 1, 2, 3, …: raised by every edit
}

// Scope tells whose it is.
func (c Canned) Scope() Scope {
	if c.Owner == OwnerOfShared {
		return Shared
	}
	return Mine
}

// CannedCursor is a position in the list of canned messages. The zero one is before all.
type CannedCursor struct {
	Scope    Scope
	Position int64
	Key      string
}

func (c Canned) cursor() CannedCursor { return CannedCursor{c.Scope(), c.Position, c.Key} }

// compare orders the shared ones before the agent's own.
func (p CannedCursor) compare(o CannedCursor) int {
	return cmp.Or(-strings.Compare(string(p.Scope), string(o.Scope)), cmp.Compare(p.Position, o.Position), strings.Compare(p.Key, o.Key))
}

// canned reads an owner's canned messages, in order.
func (s *Service) canned(ctx context.Context, owner PersonID) ([]Canned, error) {
	items, err := s.Store.Canned(ctx, owner)
	if err != nil {
		return nil, fmt.Errorf("read canned messages: %w", err)
	}
	slices.SortFunc(items, func(a, b Canned) int { return a.cursor().compare(b.cursor()) })
	return items, nil
}

// ownerFor is the owner whose canned messages the caller may write in a scope. Forbidden for the shared ones, unless
// an admin.
func (c Caller) ownerFor(scope Scope) (PersonID, error) {
	switch {
	case scope == Mine:
		return c.Who, nil
	case !c.Admin:
		return "", fail(Forbidden, "Shared messages are for admins to edit.")
	}
	return OwnerOfShared, nil
}

func changedSince(stored Canned) *Error {
	e := fail(Conflict, "Somebody has changed this message since.")
	e.Stored = &stored
	return e
}
