package chat

import (
	"context"
	"fmt"
	"slices"
)

// CannedPut is what an agent wants a canned message to be.
type CannedPut struct {
	Key         string
	Scope       Scope
	Title, Text string
	Position    *int64 // nil: unchanged; a new one goes to the end
	Version     int    // the version that was edited; 0 creates a new one
}

// CannedPut creates or edits a canned message and returns it as stored. A repeat gets the answer of the first.
// Errors: Conflict with the Stored one when the edited version is not the newest or a new one's key is used; NotFound
// when it has been deleted; Forbidden for a scope that the caller may not edit; TooLong or Invalid for title and
// text; Invalid beyond MaxCanned of one owner.
func (s *Service) CannedPut(ctx context.Context, c Caller, put CannedPut) (Canned, error) {
	want, err := put.clean(c)
	if err != nil {
		return Canned{}, err
	}
	if err := s.checkCurrent(ctx, c); err != nil {
		return Canned{}, err
	}
	all, err := s.canned(ctx, want.Owner)
	if err != nil {
		return Canned{}, err
	}
	i := slices.IndexFunc(all, func(stored Canned) bool { return stored.Key == want.Key })
	switch {
	case i >= 0 && all[i].Version != put.Version:
		return put.answer(want, all[i])
	case i < 0 && put.Version == 0 && len(all) >= MaxCanned:
		return Canned{}, fail(Invalid, "There are %d messages already. Delete one first.", MaxCanned)
	case put.Position != nil:
	case i >= 0:
		want.Position = all[i].Position
	case len(all) > 0:
		want.Position = min(all[len(all)-1].Position, MaxPosition-positionGap) + positionGap
	}
	stored, ok, err := s.Store.PutCanned(ctx, want, put.Version)
	if err != nil {
		return Canned{}, fmt.Errorf("put canned message: %w", err)
	}
	if !ok {
		return put.answer(want, stored)
	}
	return stored, nil
}

// clean is the message in the form that is stored, if the caller may write it.
func (put CannedPut) clean(c Caller) (want Canned, err error) {
	want = Canned{Key: put.Key}
	if want.Owner, err = c.ownerFor(put.Scope); err != nil {
		return want, err
	}
	if want.Title, err = clean("A title", put.Title, MaxTitle); err != nil {
		return want, err
	}
	if want.Title == "" {
		return want, fail(Invalid, "A title needs at least one character.")
	}
	if put.Position != nil {
		want.Position = *put.Position
	}
	want.Text, err = Clean(put.Text)
	return want, err
}

// answer answers a put whose version is not the stored one: it is a repeat, or too late.
func (put CannedPut) answer(want, stored Canned) (Canned, error) {
	same := stored.Title == want.Title && stored.Text == want.Text && (put.Position == nil || stored.Position == want.Position)
	switch {
	case stored.Key == "":
		return Canned{}, fail(NotFound, "This message has been deleted.")
	case same && stored.Version == put.Version+1:
		return stored, nil
	}
	return Canned{}, changedSince(stored)
}
