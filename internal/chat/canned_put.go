package chat

import (
	"context"
	"fmt"
	"slices"
)

// CannedPut is a canned message as an agent wants it.
type CannedPut struct {
	Key         string
	Scope       Scope
	Title, Text string
	Position    *int64 // nil: where it is, and a new one after all others
	Version     int    // the one that was edited; 0 makes a new one
}

// CannedPut makes or edits a canned message, and returns it as it is stored. A repeat of what is done already gets the
// answer of the first. Errors: Conflict, with the one that is Stored, when the version edited is not the newest or a new
// one's key is used; NotFound when it has been deleted; Forbidden for who may not edit in the scope; TooLong or Invalid
// for title and text; Invalid beyond MaxCanned of one owner.
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

// clean is the message as it may be stored, if it may.
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

// answer is for a put whose version is not the stored one: it was done before, or comes too late.
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
